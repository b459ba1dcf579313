package feeds;

import covid.FeedLayout;
import java.net.URI;

/**
 * The address of a feed, and the meaning of its columns.
 *
 * @param name short, for reports and logs
 * @param url {@code http} or {@code https}
 * @param layout the columns
 * @param headers the headers of its requests
 */
public record FeedSource(String name, URI url, FeedLayout layout, FeedHeaders headers) {

  /** A feed that needs no headers. */
  public FeedSource(String name, URI url, FeedLayout layout) {
    this(name, url, layout, FeedHeaders.NONE);
  }

  /** The address for display: without user name, password and query, which may be secrets. */
  public String shownUrl() {
    return shown(url);
  }

  /** Any address for display: without user name, password and query. */
  public static String shown(URI url) {
    String port = url.getPort() < 0 ? "" : ":" + url.getPort();
    return url.getScheme() + "://" + url.getHost() + port + url.getRawPath();
  }
}
