package feeds;

import org.apache.hc.client5.http.impl.DefaultRedirectStrategy;
import org.apache.hc.client5.http.impl.DefaultSchemePortResolver;
import org.apache.hc.client5.http.routing.RoutingSupport;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.protocol.HttpContext;

/**
 * Follows a redirect to another origin (scheme, host and port) without the headers of the feed,
 * which may be secrets. A later redirect does not restore them. The client itself would not follow
 * such a redirect with credentials at all.
 */
final class FeedRedirects extends DefaultRedirectStrategy {
  @Override
  public boolean isRedirectAllowed(
      HttpHost current, HttpHost target, HttpRequest redirect, HttpContext context) {
    // The client adds its own headers later.
    if (!RoutingSupport.normalize(target, DefaultSchemePortResolver.INSTANCE).equals(current)) {
      redirect.setHeaders();
    }
    return true;
  }
}
