package local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import app.TestApplication;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Local mode as a process of its own. */
@Tag("slow")
class LocalApplicationTest {
  private static final List<String> PORTS =
      List.of(
          "local.dynamodb.port",
          "local.s3.port",
          "local.sns.port",
          "local.feeds.port",
          "http.port",
          "management.port");

  private static final Pattern QUEUED = Pattern.compile("send-chunks +Sending 2 chunks");

  @TempDir private static Path folder;
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static Map<String, String> options;
  private static Process process;

  /** Returns as soon as it says that it serves. */
  @BeforeAll
  static void start() throws Exception {
    options = freePorts();
    Files.createDirectory(folder.resolve("other"));
    options.put("local.data", folder.resolve("other/../data").toString());
    options.put("feeds.dir", folder.resolve("other").toString());
    Files.writeString(folder.resolve("other/us.csv"), TestApplication.NYT);
    Files.writeString(
        folder.resolve("other/time-series-19-covid-combined.csv"), TestApplication.JHU);
    process = start(options);
    readUntilItServes(process);
  }

  private static List<String> readUntilItServes(Process process) throws IOException {
    BufferedReader said =
        new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
    List<String> lines = new ArrayList<>();
    String line = said.readLine();
    while (line != null && !line.startsWith("Serving")) {
      lines.add(line);
      line = said.readLine();
    }
    assertThat(line).as(String.join("\n", lines)).isEqualTo("Serving; Ctrl-C stops it.");
    return lines;
  }

  @AfterAll
  static void stop() {
    process.destroyForcibly();
  }

  @Test
  void servesWhenItSaysSo() throws Exception {
    assertThat(get("http.port", "/").statusCode()).isEqualTo(200);
    assertThat(get("http.port", "/totals").statusCode()).isEqualTo(200);
  }

  @Test
  void theMetricsKnowTheRunThatWasJustSeen() throws Exception {
    assertThat(get("management.port", "/observe/metrics").body())
        .contains(
            "covid_runs_total{status=\"succeeded\"} 1.0",
            "covid_days_total{outcome=\"added\"} 3.0");
  }

  @Test
  void printsTheEnvironmentOfAnApplicationElsewhere() throws Exception {
    Map<String, String> others = freePorts();
    others.put("local.data", folder.resolve("samples").toString());
    others.put("local.application", "false");
    Process samples = start(others);
    try {
      BufferedReader said =
          new BufferedReader(new InputStreamReader(samples.getInputStream(), UTF_8));
      List<String> lines = new ArrayList<>();
      String line = said.readLine();
      while (line != null && !line.startsWith("Ready")) {
        lines.add(line);
        line = said.readLine();
      }
      assertThat(line).as(String.join("\n", lines)).isEqualTo("Ready; Ctrl-C stops it.");
      assertThat(lines)
          .allMatch(export -> export.startsWith("export "))
          .contains(
              "export ARCHIVE_BUCKET=covid-data",
              "export FEED_SYNTHETIC=true",
              "export FEED_NYT_URL=http://127.0.0.1:%s/us.csv"
                  .formatted(others.get("local.feeds.port")))
          .as("a dataset of one place has no queue")
          .noneMatch(export -> export.contains("SQS"));
    } finally {
      samples.destroyForcibly();
    }
  }

  @Test
  @Tag("slow")
  @Timeout(120)
  void hasAWorkerStoreTheDaysOfTheFirstRunAndEndWithIt() throws Exception {
    Map<String, String> others = freePorts();
    others.put("local.sqs.port", TestApplication.freePort());
    others.put("local.data", folder.resolve("places").toString());
    others.put("feeds.dir", folder.resolve("other").toString());
    others.put("dataset", "world");
    others.put("workers", "1");
    Process application = start(others);
    List<ProcessHandle> workers = List.of();
    try {
      List<String> said = readUntilItServes(application);
      workers = application.toHandle().descendants().toList();

      assertThat(said).contains("4 row(s) have been added").anyMatch(QUEUED.asPredicate());
      assertThat(workers).hasSize(1);
      application.destroy();
      for (ProcessHandle worker : workers) {
        worker.onExit().get(1, TimeUnit.MINUTES);
      }
    } finally {
      application.destroyForcibly();
      workers.forEach(ProcessHandle::destroyForcibly);
    }
  }

  @Test
  void asksForAnotherFolderWhereTheDataAreInUse() throws Exception {
    Map<String, String> others = freePorts();
    others.put("local.data", options.get("local.data"));

    Process second = start(others);

    assertThat(new String(second.getInputStream().readAllBytes(), UTF_8))
        .isEqualTo(
            "Another process uses the data in %s: stop it, or choose another folder with"
                    .formatted(folder.resolve("data"))
                + " -Dlocal.data=DIR.\n");
    assertThat(second.waitFor()).isEqualTo(64);
  }

  @Test
  void namesATypoBesideAPortThatIsTaken() throws Exception {
    Map<String, String> others = freePorts();
    others.put("local.s3.port", options.get("local.s3.port"));
    others.put("http.tokn", "x");
    others.put("worker", "1");

    Process second = start(others);

    assertThat(new String(second.getInputStream().readAllBytes(), UTF_8))
        .isEqualTo(
            "-Dworker is not an option; did you mean -Dworkers?\n"
                + "The system property http.tokn is not a setting; did you mean http.token?\n"
                + "Taken: port %s for S3 (-Dlocal.s3.port). Stop what listens there, or choose others with these options.\n"
                    .formatted(options.get("local.s3.port")));
    assertThat(second.waitFor()).isEqualTo(64);
  }

  @Test
  void namesEveryPortThatIsTaken() {
    assertThat(LocalPort.problems(LocalOptions.read(options::get, new Problems()).ports()))
        .containsExactly(
            ("Taken: port %s for DynamoDB (-Dlocal.dynamodb.port), port %s for S3 (-Dlocal.s3.port),"
                    + " port %s for SNS (-Dlocal.sns.port), port %s for the feeds"
                    + " (-Dlocal.feeds.port), port %s for the dashboard (-Dhttp.port), port %s for"
                    + " management (-Dmanagement.port). Stop what listens there, or choose others"
                    + " with these options.")
                .formatted(PORTS.stream().map(options::get).toArray()));
  }

  private static HttpResponse<String> get(String port, String path) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + options.get(port) + path);
    return HTTP.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
  }

  private static Map<String, String> freePorts() {
    Map<String, String> ports = new LinkedHashMap<>();
    PORTS.forEach(name -> ports.put(name, TestApplication.freePort()));
    return ports;
  }

  /** What it says goes to one stream, as on a terminal. */
  private static Process start(Map<String, String> properties) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED"));
    properties.forEach((name, value) -> command.add("-D%s=%s".formatted(name, value)));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(LocalApplication.class.getName());
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }
}
