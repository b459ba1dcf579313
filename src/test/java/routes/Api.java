package routes;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import app.TestApplication;
import java.io.Closeable;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import local.FeedServer;
import local.LocalCloud;

/** An application and what it answers over HTTP. Runs begin only when a test wants one. */
final class Api implements Closeable {
  static final String TOKEN = "a token for tests";
  static final String PROBLEM = "application/problem+json";

  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /** After so long a copy is due in an application whose http.refresh is 1ms. */
  private static final long REFRESH_NANOS = 2_000_000;

  private final TestApplication application;
  private final int port;
  private volatile long answered = System.nanoTime();

  private Api(TestApplication application, int port) {
    this.application = application;
    this.port = port;
  }

  /**
   * Starts an application.
   *
   * @param settings name, value, name, value ...
   */
  static Api open(LocalCloud cloud, FeedServer feeds, String... settings) throws IOException {
    return open(Optional.empty(), cloud, feeds, settings);
  }

  /** Starts an application with a dataset. */
  static Api open(Optional<String> dataset, LocalCloud cloud, FeedServer feeds, String... settings)
      throws IOException {
    String port = TestApplication.freePort();
    Stream<String> common =
        Stream.of(
            "http.port",
            port,
            "management.port",
            TestApplication.freePort(),
            "camel.management.enabled",
            "false",
            // Nothing starts a run by itself.
            "camel.main.java-routes-exclude-pattern",
            "**/TriggerRoutes");
    return new Api(
        TestApplication.serve(
            dataset,
            cloud,
            feeds,
            Stream.concat(common, Arrays.stream(settings)).toArray(String[]::new)),
        Integer.parseInt(port));
  }

  TestApplication application() {
    return application;
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + port);
  }

  /**
   * What is answered to GET.
   *
   * @param headers name, value, name, value ...
   */
  HttpResponse<String> get(String path, String... headers)
      throws IOException, InterruptedException {
    return send("GET", path, headers);
  }

  /** The bytes of what is answered to GET. */
  HttpResponse<byte[]> bytes(String path, String... headers)
      throws IOException, InterruptedException {
    return send("GET", path, "", BodyHandlers.ofByteArray(), headers);
  }

  /** What is answered to a request without a body. */
  HttpResponse<String> send(String method, String path, String... headers)
      throws IOException, InterruptedException {
    return send(method, path, "", BodyHandlers.ofString(), headers);
  }

  /** What is answered to POST. */
  HttpResponse<String> post(String path, String body, String... headers)
      throws IOException, InterruptedException {
    return send("POST", path, body, BodyHandlers.ofString(), headers);
  }

  private <T> HttpResponse<T> send(
      String method, String path, String body, BodyHandler<T> handler, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri().resolve("/").resolve(path))
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    awaitRefresh();
    HttpResponse<T> answer = HTTP.send(request.build(), handler);
    answered = System.nanoTime();
    return answer;
  }

  /** The next request shall find nothing that the one before it has just looked at. */
  private void awaitRefresh() throws InterruptedException {
    TimeUnit.NANOSECONDS.sleep(answered + REFRESH_NANOS - System.nanoTime());
  }

  /**
   * All that comes for exactly these bytes until the server closes the connection, one character a
   * byte. A client would make a proper request of them first.
   */
  String raw(String request) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      socket.getOutputStream().write(request.getBytes(ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    }
  }

  /** All that comes for GET of exactly this target. */
  String rawGet(String target) throws IOException {
    return raw("GET " + target + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
  }

  static String header(HttpResponse<?> answer, String name) {
    return String.join(" | ", answer.headers().allValues(name));
  }

  @Override
  public void close() {
    application.close();
  }
}
