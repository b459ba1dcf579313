package feeds;

import covid.FeedLayout;
import java.net.URI;

/**
 * Where a feed is, and what its columns mean.
 *
 * @param name short, for reports and logs
 * @param url {@code http} or {@code https}
 * @param layout the columns
 * @param headers what a request for it carries
 */
public record FeedSource(String name, URI url, FeedLayout layout, FeedHeaders headers) {

  /** A feed that anybody may read. */
  public FeedSource(String name, URI url, FeedLayout layout) {
    this(name, url, layout, FeedHeaders.NONE);
  }

  /** The address as it may be shown: without user name, password and query, which hold secrets. */
  public String shownUrl() {
    return shown(url);
  }

  /** Any address as it may be shown: without user name, password and query. */
  public static String shown(URI url) {
    String port = url.getPort() < 0 ? "" : ":" + url.getPort();
    return url.getScheme() + "://" + url.getHost() + port + url.getRawPath();
  }
}
