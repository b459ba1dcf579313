package aws;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** A server that refuses an object before it has read it, and closes the connection. */
class EarlyRefusalTest {
  @ParameterizedTest
  @CsvSource({
    "412, PreconditionFailed, 300",
    "412, PreconditionFailed, 65536",
    "412, PreconditionFailed, 1048576",
    "403, AccessDenied, 300",
    "403, AccessDenied, 1048576"
  })
  void whyAnObjectIsRefusedIsKnownAtTheRetryAtTheLatest(int status, String code, int length)
      throws IOException {
    try (ServerSocket refusing = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        SdkHttpClient http = AwsClients.http(1, Duration.ofSeconds(15));
        S3Client client = client(http, refusing.getLocalPort())) {
      new Thread(() -> refuse(refusing, status, code)).start();

      assertThatExceptionOfType(S3Exception.class)
          .isThrownBy(() -> putWithOneRetry(client, length))
          .returns(status, S3Exception::statusCode)
          .returns(code, refusal -> refusal.awsErrorDetails().errorCode());
    }
  }

  /** As errors.camel.yaml has it. */
  private static void putWithOneRetry(S3Client client, int length) {
    try {
      putNew(client, length);
    } catch (SdkClientException broken) {
      assertThat(AwsErrors.isTransient(broken)).isTrue();
      putNew(client, length);
    }
  }

  private static void putNew(S3Client client, int length) {
    client.putObject(
        put -> put.bucket("bucket").key("new").ifNoneMatch("*"),
        RequestBody.fromBytes(new byte[length]));
  }

  /** Reads the head of each request, refuses it, and closes the connection, until it is closed. */
  private static void refuse(ServerSocket server, int status, String code) {
    while (!server.isClosed()) {
      try (Socket connection = server.accept()) {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
          head.append((char) connection.getInputStream().read());
        }
        String body = "<Error><Code>%s</Code></Error>".formatted(code);
        connection
            .getOutputStream()
            .write(
                "HTTP/1.1 %d No\r\nConnection: close\r\nContent-Length: %d\r\n\r\n%s"
                    .formatted(status, body.length(), body)
                    .getBytes(US_ASCII));
      } catch (IOException e) {
        // The client, or the test, has ended it.
      }
    }
  }

  private static S3Client client(SdkHttpClient http, int port) {
    return AwsClients.s3(http, Set.of())
        .endpointOverride(URI.create("http://127.0.0.1:" + port))
        .region(Region.US_EAST_1)
        .credentialsProvider(AnonymousCredentialsProvider.create())
        .forcePathStyle(true)
        .build();
  }
}
