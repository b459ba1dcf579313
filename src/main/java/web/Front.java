package web;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;

/** Handles every request before the routes. */
final class Front {
  private static final String POLICY = "Content-Security-Policy";
  private static final String FRAMES = "X-Frame-Options";
  private static final String NO_FRAMES = "frame-ancestors 'none'";

  /**
   * The page may load only from this server, without inline scripts or styles; pages of any other
   * site, and files, may read the answers. Every answer says so, so that one cached for one site is
   * valid for another. In a frame of another site is only the page that is made for it.
   */
  static final Map<String, String> EVERYWHERE =
      Map.of(
          "Vary",
          "Accept, Accept-Encoding",
          "Access-Control-Allow-Origin",
          "*",
          "Access-Control-Expose-Headers",
          "ETag, Retry-After, Warning, Age",
          POLICY,
          "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
              + " connect-src 'self'; base-uri 'none'; form-action 'none'; "
              + NO_FRAMES,
          "X-Content-Type-Options",
          "nosniff",
          FRAMES,
          "DENY",
          "Referrer-Policy",
          "no-referrer");

  /** Packing does not make shorter answers smaller. */
  private static final int LEAST_BYTES_TO_PACK = 1_000;

  private static final String HEAD = "head";

  private Front() {}

  /** Installs it before the routes of a router. */
  static void before(Router router) {
    router.route().handler(Front::headers);
    router.route().handler(Front::otherSites);
    router.route().handler(Front::decode);
    router.route().handler(Front::oneNameForEach);
    router.route().handler(MediaTypes::offer);
    router.route().handler(Front::getForHead);
    for (int status : new int[] {400, 404, 405, 406, 413, 500}) {
      router.errorHandler(status, context -> Refusals.refuse(context, router));
    }
  }

  private static void headers(RoutingContext context) {
    MultiMap headers = context.response().headers();
    EVERYWHERE.forEach(headers::set);
    if (isEmbedded(context.request())) {
      headers.set(POLICY, headers.get(POLICY).replace(NO_FRAMES, "frame-ancestors *"));
      headers.remove(FRAMES);
    }
    context.addHeadersEndHandler(done -> packing(context));
    context.next();
  }

  /** Whether it asks for the page as a part of another one: {@code /?embed}. */
  private static boolean isEmbedded(HttpServerRequest request) {
    String query = request.query();
    return "/".equals(request.path())
        && query != null
        && ("&" + query + "&").matches(".*&embed[=&].*");
  }

  /** The server packs every answer that does not exclude it. */
  private static void packing(RoutingContext context) {
    HttpServerResponse response = context.response();
    MultiMap headers = response.headers();
    if (headers.contains(HttpHeaders.CONTENT_ENCODING)) {
      return;
    }
    boolean isWorthPacking = isWorthPacking(headers);
    if (context.get(HEAD) != null) {
      // The length of the packed text is unknown without packing it.
      if (isWorthPacking && context.request().headers().contains(HttpHeaders.ACCEPT_ENCODING)) {
        headers.remove(HttpHeaders.CONTENT_LENGTH);
      }
    } else if (!isWorthPacking && !isEmpty(response.getStatusCode())) {
      headers.set(HttpHeaders.CONTENT_ENCODING, HttpHeaders.IDENTITY);
    }
  }

  private static boolean isEmpty(int status) {
    return status == 204 || status == 304;
  }

  private static boolean isWorthPacking(MultiMap headers) {
    String length = headers.get(HttpHeaders.CONTENT_LENGTH);
    return isText(headers.get(HttpHeaders.CONTENT_TYPE))
        && (length == null || Integer.parseInt(length) >= LEAST_BYTES_TO_PACK);
  }

  private static boolean isText(String type) {
    return type != null
        && (type.startsWith("text/")
            || type.contains("json")
            || type.contains("javascript")
            || type.contains("xml"));
  }

  /** Answers CORS preflights: pages of other sites may only read. */
  private static void otherSites(RoutingContext context) {
    HttpServerRequest request = context.request();
    if (request.method().equals(HttpMethod.OPTIONS)
        && request.headers().contains(HttpHeaders.ORIGIN)
        && request.headers().contains(HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD)) {
      context
          .response()
          .putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, "GET, HEAD")
          .putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, "Accept, If-None-Match")
          .setStatusCode(204)
          .end();
    } else {
      context.next();
    }
  }

  /**
   * Rejects a path that cannot be decoded here, since the router could not answer with a problem.
   */
  private static void decode(RoutingContext context) {
    try {
      context.normalizedPath();
    } catch (IllegalArgumentException e) {
      Refusals.write(400, context.response());
      return;
    }
    context.next();
  }

  /** The router would accept a trailing slash too, with which relative links would be wrong. */
  private static void oneNameForEach(RoutingContext context) {
    String path = context.normalizedPath();
    if (path.length() > 1 && path.endsWith("/")) {
      context.fail(404);
    } else {
      context.next();
    }
  }

  /** The server omits the body of answers to HEAD. */
  private static void getForHead(RoutingContext context) {
    if (context.request().method().equals(HttpMethod.HEAD)) {
      context.put(HEAD, true);
      HttpServerRequest request = context.request();
      String query = request.query() == null ? "" : "?" + request.query();
      context.reroute(HttpMethod.GET, request.path() + query);
    } else {
      context.next();
    }
  }
}
