package web;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What the header Accept has a say in. The choice itself is the router's. */
final class MediaTypes {
  /** A media range that the caller does not take. */
  private static final Pattern REFUSED = Pattern.compile("(?i);\\s*q\\s*=\\s*0(\\.0*)?\\s*(;|$)");

  private MediaTypes() {}

  /**
   * Has the router choose among what the caller takes: it would choose what is refused by {@code
   * q=0} too. Where a parameter names the format, the header does not count.
   */
  static void offer(RoutingContext context) {
    HttpServerRequest request = context.request();
    String accept = request.getHeader(HttpHeaders.ACCEPT);
    if (accept == null) {
      context.next();
    } else if (context.normalizedPath().equals("/days")
        && context.queryParams().contains("format")) {
      request.headers().remove(HttpHeaders.ACCEPT);
      context.next();
    } else {
      String taken =
          Arrays.stream(accept.split(","))
              .filter(range -> !REFUSED.matcher(range).find())
              .collect(Collectors.joining(","));
      if (taken.isBlank() && !accept.isBlank()) {
        context.fail(406);
      } else {
        request.headers().set(HttpHeaders.ACCEPT, taken);
        context.next();
      }
    }
  }

  /** Vert.x has read what the caller can take; the routes need only know what was agreed on. */
  static void agree(RoutingContext context) {
    if (context.getAcceptableContentType() != null) {
      context.request().headers().set(HttpHeaders.ACCEPT, context.getAcceptableContentType());
    }
    context.next();
  }
}
