package app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import check.Finding;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import local.FeedServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What check says of ports on which a process listens already; of others in its own test. */
class PortCheckTest {
  private static final String READY = "/observe/health/ready";

  private final FeedServer management = TestApplication.feeds();
  private final FeedServer readers = TestApplication.feeds();

  @AfterEach
  void stop() {
    management.close();
    readers.close();
  }

  private static void answer(FeedServer server, String path, int status, String text) {
    byte[] body = text.getBytes(UTF_8);
    server.answer(
        path,
        exchange -> {
          exchange.sendResponseHeaders(status, body.length);
          exchange.getResponseBody().write(body);
        });
  }

  private String managementPort() {
    return Integer.toString(management.uri().getPort());
  }

  private List<Finding> findings(int port) {
    return findings("127.0.0.1", port);
  }

  private List<Finding> findings(String host, int port) {
    return new PortCheck(
            new Settings.Http(
                host,
                port,
                Duration.ofSeconds(1),
                "",
                host,
                management.uri().getPort(),
                Optional.empty()))
        .find()
        .toList();
  }

  @Test
  void doesNotKnowWhetherAProcessThatIsNotReadyWillBe() {
    answer(management, READY, 503, "{}");
    answer(readers, "/openapi.json", 200, "{\"info\":{\"title\":\"Event-Driven Camel\"}}");

    assertThat(findings(readers.uri().getPort()))
        .containsExactly(
            Finding.unknown(
                "ports",
                "a process that serves listens at 127.0.0.1:%s and is not ready (503), of which its log has more"
                    .formatted(managementPort())));
  }

  @Test
  void asksAtAnAddressOfTheMachineWhereTheServersListenOnAll() {
    answer(management, READY, 200, "{}");
    answer(readers, "/openapi.json", 200, "{\"info\":{\"title\":\"Event-Driven Camel\"}}");

    assertThat(findings("0.0.0.0", readers.uri().getPort()))
        .containsExactly(
            Finding.ok("ports", "a process that serves is ready at 127.0.0.1:" + managementPort()));
  }

  @Test
  void looksAtThePortForReadersBesideAProcessThatDoesNotServe() {
    answer(management, READY, 200, "{}");
    Finding ready = Finding.ok("ports", "a process is ready at 127.0.0.1:" + managementPort());
    int free = Integer.parseInt(TestApplication.freePort());

    assertThat(findings(free))
        .containsExactly(
            ready,
            Finding.ok(
                "ports",
                "%d is free: that process does not serve, and serve needs another management.port"
                    .formatted(free)));
    int taken = readers.uri().getPort();
    assertThat(findings(taken))
        .containsExactly(
            ready,
            Finding.wrong(
                "ports",
                "http.port is %d, which is not available on 127.0.0.1 (Address already in use): choose another"
                    .formatted(taken)));
  }

  @Test
  void takesWhatIsNoHealthForAnotherProgram() {
    int free = Integer.parseInt(TestApplication.freePort());

    assertThat(findings(free))
        .containsExactly(
            Finding.wrong(
                "ports",
                "management.port is %s, which is not available on 127.0.0.1 (Address already in use): choose another"
                    .formatted(managementPort())));
  }
}
