package bench;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.TreeMap;

/**
 * For the benchmarks: as little as Vert.x can do for an answer. It asks for an address once and
 * then gives the same bytes and headers to everybody.
 */
public final class RawServer {
  private RawServer() {}

  /**
   * Listens on 127.0.0.1 until it is stopped.
   *
   * @param args the port, and the address whose answer is given
   */
  public static void main(String... args) throws IOException, InterruptedException {
    HttpResponse<byte[]> model =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create(args[1])).build(),
                HttpResponse.BodyHandlers.ofByteArray());
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    model.headers().map().forEach((name, values) -> headers.put(name, String.join(",", values)));
    headers.put(HttpHeaders.CONTENT_LENGTH.toString(), Integer.toString(model.body().length));
    Buffer body = Buffer.buffer(model.body());
    Vertx.vertx()
        .createHttpServer()
        .requestHandler(
            request -> {
              headers.forEach(request.response()::putHeader);
              request.response().end(body);
            })
        .listen(Integer.parseInt(args[0]), "127.0.0.1")
        .toCompletionStage()
        .toCompletableFuture()
        .join();
  }
}
