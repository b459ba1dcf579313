package local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FeedServerTest {
  private final HttpClient http = HttpClient.newHttpClient();

  @TempDir Path dir;

  @Test
  void servesTheInventedFeeds() throws Exception {
    try (var server = FeedServer.synthetic(0, 1)) {
      var nyt = new ByteArrayOutputStream();
      new SampleFeeds().writeNyt(nyt);
      assertThat(get(server.nyt()).body()).isEqualTo(nyt.toByteArray());
      var jhu = new ByteArrayOutputStream();
      new SampleFeeds().writeJhu(jhu);
      assertThat(get(server.jhu()).body()).isEqualTo(jhu.toByteArray());
      assertThat(server.nyt()).hasPath("/us.csv").hasHost("127.0.0.1");
      assertThat(server.jhu()).hasPath("/time-series-19-covid-combined.csv");
    }
  }

  @Test
  void saysWhatItSendsAndInWhichVersion() throws Exception {
    Files.writeString(dir.resolve("us.csv"), "a");
    try (var server = FeedServer.folder(0, dir)) {
      var first = get(server.nyt());
      assertThat(first.headers().firstValue("Content-Type")).contains("text/csv");
      var etag = first.headers().firstValue("ETag").orElseThrow();
      assertThat(etag).matches("\"[^\"]+\"");
      assertThat(get(server.nyt()).headers().firstValue("ETag")).contains(etag);
      Files.writeString(dir.resolve("us.csv"), "longer");
      assertThat(get(server.nyt()).headers().firstValue("ETag"))
          .isPresent()
          .get()
          .isNotEqualTo(etag);
    }
  }

  @Test
  void sendsAPackedFileAsItIsToAClientThatTakesGzip() throws Exception {
    pack("us.csv.gz", "date,cases,deaths");
    try (var server = FeedServer.folder(0, dir)) {
      var response =
          http.send(
              HttpRequest.newBuilder(server.nyt()).header("Accept-Encoding", "br, gzip").build(),
              BodyHandlers.ofByteArray());
      assertThat(response.headers().firstValue("Content-Encoding")).contains("gzip");
      assertThat(response.body()).isEqualTo(Files.readAllBytes(dir.resolve("us.csv.gz")));
      assertThat(new GZIPInputStream(new ByteArrayInputStream(response.body())))
          .hasContent("date,cases,deaths");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"identity", "gzip;q=0", "br, gzip; q=0.0, deflate"})
  void unpacksAPackedFileForAClientThatDoesNot(String accepted) throws Exception {
    pack("us.csv.gz", "date,cases,deaths");
    try (var server = FeedServer.folder(0, dir)) {
      var response =
          http.send(
              HttpRequest.newBuilder(server.nyt()).header("Accept-Encoding", accepted).build(),
              BodyHandlers.ofString());
      assertThat(response.headers().firstValue("Content-Encoding")).isEmpty();
      assertThat(response.body()).isEqualTo("date,cases,deaths");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/../secret",
        "/%2e%2e/secret",
        "/%2e%2e%2fsecret",
        "/sub/file",
        "//etc/passwd",
        "/",
        "/%00",
        "/absent"
      })
  void servesNothingButTheFilesOfTheFolder(String path) throws Exception {
    var feeds = Files.createDirectories(dir.resolve("feeds/sub")).getParent();
    Files.writeString(dir.resolve("secret"), "secret");
    Files.writeString(feeds.resolve("sub/file"), "secret");
    try (var server = FeedServer.folder(0, feeds);
        var socket = new Socket("127.0.0.1", server.uri().getPort())) {
      var request = "GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(UTF_8));
      var answer = new String(socket.getInputStream().readAllBytes(), UTF_8);
      assertThat(answer).startsWith("HTTP/1.1 404").doesNotContain("secret");
    }
  }

  @Test
  void answersHeadAndRefusesToBeWrittenTo() throws Exception {
    try (var server = FeedServer.synthetic(0, 1)) {
      var head =
          HttpRequest.newBuilder(server.nyt()).method("HEAD", BodyPublishers.noBody()).build();
      assertThat(http.send(head, BodyHandlers.ofByteArray()).statusCode()).isEqualTo(200);
      var post = HttpRequest.newBuilder(server.nyt()).POST(BodyPublishers.ofString("x")).build();
      var refused = http.send(post, BodyHandlers.ofByteArray());
      assertThat(refused.statusCode()).isEqualTo(405);
      assertThat(refused.headers().firstValue("Allow")).contains("GET, HEAD");
    }
  }

  @Test
  void answersAsATestSaysAndCounts() throws Exception {
    try (var server = FeedServer.synthetic(0, 1)) {
      assertThat(get(server.nyt()).statusCode()).isEqualTo(200);
      server.answer("/us.csv", exchange -> exchange.sendResponseHeaders(503, -1));
      assertThat(get(server.nyt()).statusCode()).isEqualTo(503);
      assertThat(server.requests("/us.csv")).isEqualTo(2);
      assertThat(server.requests("/time-series-19-covid-combined.csv")).isZero();
    }
  }

  @Test
  void cutsTheConnectionWhenATestSendsNothing() {
    try (var server = FeedServer.synthetic(0, 1)) {
      server.answer("/us.csv", exchange -> {});
      assertThatIOException().isThrownBy(() -> get(server.nyt()));
    }
  }

  @Test
  void saysWhichPortIsTaken() {
    try (var server = FeedServer.synthetic(0, 1)) {
      int port = server.uri().getPort();
      assertThatIllegalStateException()
          .isThrownBy(() -> FeedServer.synthetic(port, 1).close())
          .withMessage("Port " + port + " of 127.0.0.1, for the feeds, is taken.");
    }
  }

  private HttpResponse<byte[]> get(URI uri) throws IOException, InterruptedException {
    return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofByteArray());
  }

  private void pack(String name, String text) throws IOException {
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(dir.resolve(name)))) {
      out.write(text.getBytes(UTF_8));
    }
  }
}
