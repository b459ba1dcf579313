package feeds;

import static java.nio.charset.StandardCharsets.UTF_8;

import covid.FeedLayout;
import covid.Metric;
import covid.Place;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The address of a feed, and the meaning of its columns.
 *
 * @param name short, for reports and logs
 * @param url {@code http} or {@code https}; {@code file} if the feed is of an earlier time
 * @param layout the columns
 * @param place the place of all its figures, if it has no column for it
 * @param encoding of its text, a superset of ASCII
 * @param credit the source, as it is to be named wherever its figures are shown; empty if none
 * @param headers the headers of its requests
 */
public record FeedSource(
    String name,
    URI url,
    FeedLayout layout,
    Optional<Place> place,
    Charset encoding,
    String credit,
    FeedHeaders headers) {

  /** A feed in UTF-8 that needs no headers. */
  public FeedSource(String name, URI url, FeedLayout layout) {
    this(name, url, layout, Optional.empty(), UTF_8, "", FeedHeaders.NONE);
  }

  /** This feed as one of a single place, for which it has no column. */
  public FeedSource ofPlace(Place single) {
    return new FeedSource(name, url, layout, Optional.of(single), encoding, credit, headers);
  }

  /** This feed without a metric, which another feed gives. */
  public FeedSource without(Metric metric) {
    return new FeedSource(
        name, url, layout.without(List.of(metric)), place, encoding, credit, headers);
  }

  /** This feed in a file. */
  public FeedSource in(Path file) {
    return new FeedSource(name, file.toUri(), layout, place, encoding, credit, headers);
  }

  /** Whether it is in a file. */
  public boolean isFile() {
    return "file".equals(url.getScheme());
  }

  /** The address for display: without user name, password and query, which may be secrets. */
  public String shownUrl() {
    return shown(url);
  }

  /** Any address for display: without user name, password and query. */
  public static String shown(URI url) {
    if (url.getHost() == null) {
      return url.getScheme() + "://" + url.getRawPath();
    }
    String port = url.getPort() < 0 ? "" : ":" + url.getPort();
    return url.getScheme() + "://" + url.getHost() + port + url.getRawPath();
  }
}
