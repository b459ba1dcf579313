package web;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.Arrays;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Prepares the header Accept for content negotiation, which the router does. */
final class MediaTypes {
  /** A media range that the caller refuses. */
  private static final Pattern REFUSED = Pattern.compile("(?i);\\s*q\\s*=\\s*0(\\.0*)?\\s*(;|$)");

  /** The paths with a parameter for it. */
  private static final Set<String> WITH_FORMAT = Set.of("/days", "/diff");

  private MediaTypes() {}

  /**
   * Removes media ranges with {@code q=0}, which the router would choose too. If a parameter names
   * the format, the header does not count.
   */
  static void offer(RoutingContext context) {
    HttpServerRequest request = context.request();
    String accept = request.getHeader(HttpHeaders.ACCEPT);
    if (accept == null) {
      context.next();
    } else if (WITH_FORMAT.contains(context.normalizedPath())
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

  /** Vert.x has parsed the header; the routes need only the negotiated type. */
  static void agree(RoutingContext context) {
    if (context.getAcceptableContentType() != null) {
      context.request().headers().set(HttpHeaders.ACCEPT, context.getAcceptableContentType());
    }
    context.next();
  }
}
