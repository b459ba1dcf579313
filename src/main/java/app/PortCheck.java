package app;

import static java.nio.charset.StandardCharsets.UTF_8;

import check.Finding;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/**
 * Whether {@code serve} can listen on its ports, or a process does already.
 *
 * @param http the settings of the ports
 */
record PortCheck(Settings.Http http) {
  private static final String SUBJECT = "ports";

  /** In the first lines of the contract, which needs no bucket. */
  private static final String TITLE = "\"Event-Driven Camel\"";

  private static final int FIRST_BYTES = 1000;

  /** Asks each port what listens there, and binds those on which this program does not. */
  Stream<Finding> find() {
    int status = ReadinessProbe.status(management()).orElse(0);
    return switch (status) {
      case HttpURLConnection.HTTP_OK -> process(Finding::ok, "is ready at %s:%d");
      case HttpURLConnection.HTTP_UNAVAILABLE ->
          process(
              Finding::unknown,
              "listens at %s:%d and is not ready (503), of which its log has more");
      default -> withoutProcess();
    };
  }

  private Stream<Finding> process(BiFunction<String, String, Finding> finding, String sentence) {
    boolean serves = serves();
    InetSocketAddress management = management();
    String text =
        (serves ? "a process that serves " : "a process ")
            + sentence.formatted(management.getHostString(), management.getPort());
    Stream<Finding> found = Stream.of(finding.apply(SUBJECT, text));
    return serves ? found : Stream.concat(found, besideIt());
  }

  private InetSocketAddress management() {
    return Listening.reached(http.managementHost(), http.managementPort());
  }

  /** Whether a process of this program answers readers. */
  private boolean serves() {
    String host = Listening.reached(http.host(), http.port()).getHostString();
    try {
      HttpURLConnection asked =
          ReadinessProbe.ask(new URI("http", null, host, http.port(), "/openapi.json", null, null));
      try (InputStream contract = asked.getInputStream()) {
        return new String(contract.readNBytes(FIRST_BYTES), UTF_8).contains(TITLE);
      }
    } catch (IOException | URISyntaxException e) {
      return false;
    }
  }

  private Stream<Finding> besideIt() {
    List<String> problems = Listening.httpProblems(http);
    return problems.isEmpty()
        ? Stream.of(
            Finding.ok(
                SUBJECT,
                "%d is free: that process does not serve, and serve needs another management.port"
                    .formatted(http.port())))
        : wrong(problems);
  }

  private Stream<Finding> withoutProcess() {
    List<String> problems = Listening.problems(http);
    return problems.isEmpty()
        ? Stream.of(
            Finding.ok(
                SUBJECT,
                "%d and %d are free, for serve".formatted(http.port(), http.managementPort())))
        : wrong(problems);
  }

  private static Stream<Finding> wrong(List<String> problems) {
    return problems.stream().map(problem -> Finding.wrong(SUBJECT, problem));
  }
}
