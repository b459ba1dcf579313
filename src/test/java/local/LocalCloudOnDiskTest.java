package local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.sns.SnsClient;

class LocalCloudOnDiskTest {
  private static final Map<String, AttributeValue> DAY =
      Map.of("Date", AttributeValue.fromS("2020-01-22"), "Cases", AttributeValue.fromN("1"));

  @TempDir Path dir;

  @Test
  void findsAgainWhatWasStoredBeforeItWasClosed() {
    try (var cloud = LocalCloud.at(dir, Ports.ANY)) {
      store(cloud);
    }
    assertEverythingIsThere();
  }

  @Test
  @Tag("slow")
  void findsAgainWhatWasStoredBeforeItsProcessWasKilled() throws Exception {
    var process =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Doomed.class.getName(),
                dir.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (var lines = process.inputReader()) {
      assertThat(lines.lines()).contains("stored");
    } finally {
      process.destroyForcibly().waitFor();
    }
    assertEverythingIsThere();
  }

  @ParameterizedTest
  @EnumSource(Service.class)
  void saysWhichPortIsTakenAndHowToChooseAnother(Service service) throws IOException {
    try (var taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      int port = taken.getLocalPort();
      var ports =
          new Ports(
              service == Service.DYNAMODB ? port : 0,
              service == Service.S3 ? port : 0,
              service == Service.SNS ? port : 0,
              service == Service.SQS ? port : 0);
      assertThatIllegalStateException()
          .isThrownBy(() -> LocalCloud.at(dir, ports).close())
          .withMessage(
              "Port %d, for the local %s, is taken: choose another with -D%s=PORT.",
              port, service.title(), service.portProperty());
    }
  }

  @Test
  void listensOnThePortsItIsGiven() throws IOException {
    int port;
    try (var free = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      port = free.getLocalPort();
    }
    try (var cloud = LocalCloud.at(dir, new Ports(0, port, 0, 0))) {
      assertThat(cloud.s3()).hasPort(port).hasHost("127.0.0.1");
    }
  }

  private void assertEverythingIsThere() {
    try (var cloud = LocalCloud.at(dir, Ports.ANY)) {
      assertThat(cloud.items()).isEqualTo(List.of(DAY));
      assertThat(cloud.object("runs/x.json")).contains("{}");
      var head = cloud.s3Client().headObject(h -> h.bucket(cloud.bucket()).key("runs/x.json"));
      assertThat(head.contentType()).isEqualTo("application/json");
      assertThat(head.metadata()).isEqualTo(Map.of("days", "816"));
      assertThat(cloud.messages())
          .isEqualTo(List.of(new Message("S", "two\nlines", Map.of(), cloud.topicArn())));
    }
  }

  private static void store(LocalCloud cloud) {
    cloud.dynamoDbClient().putItem(put -> put.tableName(cloud.table()).item(DAY));
    cloud
        .s3Client()
        .putObject(
            put ->
                put.bucket(cloud.bucket())
                    .key("runs/x.json")
                    .contentType("application/json")
                    .metadata(Map.of("days", "816")),
            RequestBody.fromString("{}"));
    try (var sns =
        SnsClient.builder()
            .endpointOverride(cloud.sns())
            .region(Region.US_EAST_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
            .build()) {
      sns.publish(p -> p.topicArn(cloud.topicArn()).subject("S").message("two\nlines"));
    }
  }

  /** A process that stores and then dies without a chance to tidy up. */
  static final class Doomed {
    private Doomed() {}

    public static void main(String[] args) {
      store(LocalCloud.at(Path.of(args[0]), Ports.ANY));
      System.out.println("stored");
      Runtime.getRuntime().halt(1);
    }
  }
}
