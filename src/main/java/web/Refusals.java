package web;

import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Answers requests without a route with {@link Problem}s like all others. */
final class Refusals {
  private Refusals() {}

  /** Installs the answers for requests without a route. */
  static void refuse(RoutingContext context, Router router) {
    HttpServerResponse response = context.response();
    if (!response.ended() && !response.headWritten()) {
      write(
          context.statusCode() == 405
              ? notAllowed(methods(context.normalizedPath(), router))
              : of(context.statusCode()),
          response);
    }
  }

  private static Problem notAllowed(Set<String> methods) {
    String allowed = String.join(", ", methods);
    return Problem.of(405, "This path knows %s.".formatted(allowed)).header("Allow", allowed);
  }

  /** A problem that its status describes fully. */
  private static Problem of(int status) {
    return switch (status) {
      case 404 -> Problem.of(404, "There is nothing at this path.");
      case 406 ->
          Problem.of(
              406,
              "This path has none of the media types of the header Accept; /openapi.json names"
                  + " them.");
      case 413 -> Problem.of(413, most(WebServer.MOST_BODY_BYTES, "body"));
      case 414 -> Problem.of(414, most(WebServer.MOST_URI_BYTES, "address"));
      case 431 -> Problem.of(431, most(WebServer.MOST_HEADER_BYTES, "headers"));
      case 500 -> Problem.fault();
      default -> Problem.of(status, "The request cannot be understood.");
    };
  }

  private static String most(int bytes, String what) {
    return String.format(Locale.ROOT, "%,d bytes of %s are the most.", bytes, what);
  }

  /** Answers invalid requests, and those with an address or header that is too long. */
  static void refuseInvalid(HttpServerRequest request) {
    Throwable cause = request.decoderResult().cause();
    int status =
        cause instanceof TooLongHttpLineException
            ? 414
            : cause instanceof TooLongHttpHeaderException ? 431 : 400;
    request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
    write(of(status), request.response());
    request.connection().close();
  }

  /** Answers with a problem that its status describes fully. */
  static void write(int status, HttpServerResponse response) {
    write(of(status), response);
  }

  private static void write(Problem problem, HttpServerResponse response) {
    // The router refuses some requests before it calls any handler.
    Front.EVERYWHERE.forEach(response::putHeader);
    problem.headers().forEach(response::putHeader);
    response
        .setStatusCode(problem.status())
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
        .putHeader(HttpHeaders.CONTENT_TYPE, Problem.TYPE)
        .end(Buffer.buffer(problem.json()));
  }

  private static Set<String> methods(String path, Router router) {
    Set<String> methods =
        router.getRoutes().stream()
            .filter(route -> route.getPath() != null && route.methods() != null)
            .filter(route -> isOf(path, route.getPath()))
            .flatMap(route -> route.methods().stream())
            .map(HttpMethod::name)
            .collect(Collectors.toCollection(TreeSet::new));
    if (methods.contains("GET")) {
      methods.add("HEAD");
    }
    return methods;
  }

  /** Whether a path matches that of a route: {@code :id} matches any segment. */
  private static boolean isOf(String path, String pattern) {
    String[] segments = path.split("/", -1);
    String[] patterns = pattern.split("/", -1);
    return segments.length == patterns.length
        && IntStream.range(0, segments.length)
            .allMatch(i -> patterns[i].startsWith(":") || patterns[i].equals(segments[i]));
  }
}
