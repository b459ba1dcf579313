package web;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What the server says when no route takes a request, as {@link Problem}s like all others. */
final class Refusals {
  private Refusals() {}

  /** Answers what no route takes. */
  static void refuse(RoutingContext context, Router router) {
    HttpServerResponse response = context.response();
    if (!response.ended() && !response.headWritten()) {
      write(problem(context, router), response);
    }
  }

  private static Problem problem(RoutingContext context, Router router) {
    switch (context.statusCode()) {
      case 404:
        return Problem.of(404, "Not found", "There is nothing at this path.");
      case 405:
        String allowed = String.join(", ", methods(context.normalizedPath(), router));
        return Problem.of(405, "Method not allowed", "This path knows %s.".formatted(allowed))
            .header("Allow", allowed);
      case 406:
        return Problem.of(
            406,
            "Not acceptable",
            "This path has none of the media types of the header Accept; /openapi.json names them.");
      case 413:
        return Problem.of(
            413, "Body too long", "%,d bytes are the most.".formatted(WebServer.MOST_BODY_BYTES));
      default:
        return of(context.statusCode());
    }
  }

  private static Problem of(int status) {
    String detail =
        switch (status) {
          case 414 -> "%,d bytes of address are the most.".formatted(WebServer.MOST_URI_BYTES);
          case 431 -> "%,d bytes of headers are the most.".formatted(WebServer.MOST_HEADER_BYTES);
          case 500 -> "Something went wrong here; the log has more.";
          default -> "The request cannot be understood.";
        };
    return Problem.of(status, HttpResponseStatus.valueOf(status).reasonPhrase(), detail);
  }

  /** Answers what is not even a request, or has too long an address or header. */
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

  /** Answers with a problem that its status says all about. */
  static void write(int status, HttpServerResponse response) {
    write(of(status), response);
  }

  private static void write(Problem problem, HttpServerResponse response) {
    // The router refuses some requests before it asks any handler.
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

  /** Whether a path is one of those that a route has: {@code :id} stands for any segment. */
  private static boolean isOf(String path, String pattern) {
    String[] segments = path.split("/", -1);
    String[] patterns = pattern.split("/", -1);
    return segments.length == patterns.length
        && IntStream.range(0, segments.length)
            .allMatch(i -> patterns[i].startsWith(":") || patterns[i].equals(segments[i]));
  }
}
