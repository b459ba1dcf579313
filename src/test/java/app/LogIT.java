package app;

import static app.TestApplication.freePort;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import local.Fault;
import local.LocalCloud;
import local.Polling;
import local.Service;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The log of the packaged program: what each line tells, as text and as JSON. */
@Tag("slow")
class LogIT extends JarTestBase {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  LogIT(LocalCloud cloud) {
    super(cloud);
  }

  private Jar json() {
    return jar().with("LOG_FORMAT", "json");
  }

  @Test
  void isOneObjectALineThatNamesItsRouteAndRun() throws Exception {
    Jar.Ended run = json().run("run");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).as("the summary is for people").startsWith("3 row(s) have been added\n");
    String id = cloud.keys("runs/").get(0).replaceAll("runs/|\\.json", "");
    List<JsonNode> lines = lines(run);
    assertThat(lines).allSatisfy(line -> assertThat(line.path("run").asText()).isEqualTo(id));
    assertThat(lines)
        .extracting(line -> line.path("route").asText())
        .containsExactlyInAnyOrder(
            "do-run",
            "fetch-nyt",
            "fetch-jhu",
            "collect-days",
            "store-days",
            "archive-days",
            "do-run");
    JsonNode last = lines.get(lines.size() - 1);
    assertThat(last.path("log.level").asText()).isEqualTo("INFO");
    assertThat(last.path("message").asText())
        .isEqualTo("Run %s ends: succeeded, 3 added".formatted(id));
    assertThat(last.path("@timestamp").asText())
        .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
  }

  /** Retries, a day in the dead letter, and a step that fails beside the run. */
  @Test
  void namesRouteAndRunWhateverGoesWrong() throws Exception {
    AtomicBoolean first = new AtomicBoolean(true);
    cloud.intercept(
        call ->
            call.operation().startsWith("PUT covid-data/runs/")
                    || call.is(Service.DYNAMODB, "PutItem") && call.body().contains("2020-01-23")
                    || call.is(Service.DYNAMODB, "Scan") && first.getAndSet(false)
                ? Fault.dropBefore()
                : Fault.none());

    Jar.Ended run = json().run("run");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(lines(run))
        .allSatisfy(LogIT::assertOfARun)
        .extracting(line -> line.path("route").asText(), line -> line.path("log.level").asText())
        .contains(
            tuple("read-table-page", "WARN"),
            tuple("store-day", "WARN"),
            tuple("dead-letter-day", "WARN"),
            tuple("save-report", "WARN"),
            tuple("save-report", "ERROR"));
  }

  @Test
  void namesRouteAndRunWhenARunFailsOrIsRefused() throws Exception {
    TestApplication.nyt(feeds, "<html>");
    assertThat(lines(json().run("run")))
        .allSatisfy(LogIT::assertOfARun)
        .anySatisfy(line -> assertThat(line.path("message").asText()).contains(" is refused: "));

    feeds.answer(feeds.jhu().getPath(), exchange -> exchange.sendResponseHeaders(500, -1));
    assertThat(lines(json().with("FEED_RETRIES", "1").run("run")))
        .allSatisfy(LogIT::assertOfARun)
        .anySatisfy(line -> assertThat(line.path("message").asText()).contains("try 2 after: "))
        .anySatisfy(line -> assertThat(line.path("message").asText()).contains(" fails: "));
  }

  @Test
  void tellsOneRunOfAProcessFromTheNextAndBothFromReaders() throws Exception {
    CountDownLatch runs = new CountDownLatch(2);
    AtomicBoolean away = new AtomicBoolean();
    cloud.intercept(
        call -> {
          if (call.operation().startsWith("DELETE covid-data/open-runs/")) {
            runs.countDown();
          }
          return away.get() ? Fault.dropBefore() : Fault.none();
        });
    String port = freePort();
    Jar jar =
        json()
            .with("HTTP_PORT", port)
            .with("MANAGEMENT_PORT", freePort())
            .with("HTTP_REFRESH", "1ms")
            .with("SCHEDULE_CRON", "* * * * * ?");
    Process process = jar.start("serve");
    runs.await();
    away.set(true);
    for (int i = 0; i < 5; i++) {
      get("http://127.0.0.1:" + port + "/runs/2020-01-01T00-00-00Z-0000");
    }
    process.destroy();
    List<JsonNode> lines = lines(jar.end(process));

    List<JsonNode> begins = lines.stream().filter(line -> isBegin(line)).toList();
    assertThat(begins).hasSizeGreaterThanOrEqualTo(2);
    assertThat(begins).extracting(line -> line.path("run").asText()).doesNotHaveDuplicates();
    assertThat(begins)
        .allSatisfy(
            line ->
                assertThat(line.path("message").asText())
                    .startsWith("Run %s begins".formatted(line.path("run").asText())));
    assertThat(lines)
        .filteredOn(line -> line.path("route").asText().equals("show-run"))
        .as("of readers")
        .hasSize(5)
        .allSatisfy(line -> assertThat(line.has("run")).isFalse());
    assertThat(lines)
        .filteredOn(line -> line.path("log.logger").asText().equals("stop"))
        .isNotEmpty()
        .allSatisfy(line -> assertThat(line.has("route")).isFalse());
  }

  @Test
  void hasStackTracesOnRequestAndStillOneObjectALine() throws Exception {
    cloud.intercept(call -> Fault.dropBefore());

    JsonNode without = answerWhileTheBucketIsAway(json());
    assertThat(without.path("log.level").asText()).isEqualTo("WARN");
    assertThat(without.has("error.stack_trace")).isFalse();
    JsonNode with = answerWhileTheBucketIsAway(json().jvm("-Dlog.stacktrace=full"));
    assertThat(with.path("error.type").asText()).endsWith("Exception");
    assertThat(with.path("error.stack_trace").asText()).contains("\n\tat ");
  }

  @Test
  void hasTheStackTraceOfWhatMadeARunFailOnRequest() throws Exception {
    TestApplication.nyt(feeds, "<html>");

    List<JsonNode> lines = lines(json().jvm("-Dlog.stacktrace=full").run("run"));

    assertThat(lines)
        .filteredOn(line -> line.path("message").asText().contains(" is refused: "))
        .singleElement()
        .satisfies(
            line -> assertThat(line.path("error.stack_trace").asText()).contains("\n\tat routes."));
  }

  private JsonNode answerWhileTheBucketIsAway(Jar jar) throws Exception {
    String port = freePort();
    String management = freePort();
    Process process = jar.with("HTTP_PORT", port).with("MANAGEMENT_PORT", management).start();
    get("http://127.0.0.1:" + port + "/runs/2020-01-01T00-00-00Z-0000");
    process.destroy();
    return lines(jar.end(process)).stream()
        .filter(line -> line.path("log.logger").asText().equals("published-reports"))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void saysInTheLogAsJsonWhatIsWrongWithASetting() throws Exception {
    Jar.Ended run = json().with("FEED_TIMEOUT", "soon").run("run");

    assertThat(run.exitCode()).isEqualTo(64);
    assertThat(lines(run))
        .extracting(line -> line.path("message").asText())
        .containsExactly("feed.timeout is 'soon', which is not a duration such as 10s or 5m");
    assertThat(lines(json().run("frob")))
        .extracting(line -> line.path("message").asText())
        .containsExactly("Unmatched argument at index 0: 'frob'; see --help");
  }

  @Test
  void isJsonWhenTheFileSaysSoAndTheEnvironmentSaysNothing() throws Exception {
    Path config = Files.createDirectory(folder.resolve("config"));
    Files.writeString(config.resolve("application.properties"), "log.format = json\n", UTF_8);
    Jar jar = jar();

    assertThat(lines(jar.run("run"))).isNotEmpty();
    assertThat(jar.with("LOG_FORMAT", "text").run("run").err()).contains(" INFO ");
  }

  @Test
  void isTextWithTheEndOfTheRunsIdAndTheRouteUnlessJsonIsAskedFor() throws Exception {
    Jar.Ended run = jar().run("run");

    String id = cloud.keys("runs/").get(0).replaceAll("runs/|\\.json", "");
    String end = id.substring(id.length() - 4);
    assertThat(run.err().lines().toList())
        .allSatisfy(line -> assertThat(line).containsPattern("Z (INFO |WARN ) " + end + " \\S+ +"))
        .anySatisfy(
            line ->
                assertThat(line).endsWith("INFO  " + end + " collect-days         Joined 3 days"));
  }

  @Test
  void isNothingElse() throws Exception {
    assertThat(jar().with("LOG_FORMAT", "xml").run("run"))
        .isEqualTo(new Jar.Ended(64, "", "log.format is 'xml', which is not text or json\n"));
  }

  private static boolean isBegin(JsonNode line) {
    return line.path("message").asText().contains(" begins, by ");
  }

  private static void assertOfARun(JsonNode line) {
    assertThat(line.path("route").asText()).as(line.toString()).isNotEmpty();
    assertThat(line.path("run").asText()).as(line.toString()).isNotEmpty();
  }

  /** Fails on a line that is not one JSON object. */
  private static List<JsonNode> lines(Jar.Ended ended) {
    return ended.err().lines().map(LogIT::object).toList();
  }

  private static JsonNode object(String line) {
    try {
      JsonNode node = JSON.readTree(line);
      assertThat(node.isObject()).as(line).isTrue();
      return node;
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("Not JSON: " + line, e);
    }
  }

  /** Asks as soon as somebody listens there. */
  private static void get(String url) throws InterruptedException {
    HttpClient http = HttpClient.newHttpClient();
    HttpRequest request = HttpRequest.newBuilder(URI.create(url)).build();
    Polling.until(
        () -> {
          try {
            http.send(request, BodyHandlers.discarding());
            return true;
          } catch (IOException e) {
            // Nothing listens there yet.
            return false;
          }
        });
  }
}
