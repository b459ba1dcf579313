package aws;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

class SentAtOnceTest {
  /** What each request expected before it was to send its body, by its path. */
  private final Map<String, Optional<String>> expected = new ConcurrentHashMap<>();

  private final SdkHttpClient http = AwsClients.http(1, Duration.ofSeconds(15));
  private HttpServer server;
  private S3Client s3;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    server.createContext("/", this::answer);
    server.start();
    s3 =
        AwsClients.s3(http, Set.of())
            .endpointOverride(URI.create("http://127.0.0.1:" + server.getAddress().getPort()))
            .region(Region.US_EAST_1)
            .credentialsProvider(AnonymousCredentialsProvider.create())
            .forcePathStyle(true)
            .build();
  }

  @AfterEach
  void stop() {
    s3.close();
    http.close();
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      expected.put(
          exchange.getRequestURI().getPath(),
          Optional.ofNullable(exchange.getRequestHeaders().getFirst("Expect")));
      exchange.getRequestBody().readAllBytes();
      exchange.sendResponseHeaders(200, -1);
    }
  }

  @Test
  void onlyALargeObjectIsAnnouncedBeforeItIsSent() {
    put("small", SentAtOnce.SMALL / 2);
    put("large", SentAtOnce.SMALL + 1);

    assertThat(expected)
        .containsEntry("/bucket/small", Optional.empty())
        .containsEntry("/bucket/large", Optional.of("100-continue"));
  }

  private void put(String key, int length) {
    s3.putObject(put -> put.bucket("bucket").key(key), RequestBody.fromBytes(new byte[length]));
  }
}
