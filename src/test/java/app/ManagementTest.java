package app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.stream.Stream;
import local.FeedServer;
import local.LocalCloud;
import local.LocalCloudExtension;
import local.LogLines;
import local.Polling;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;

/**
 * The management port: metrics, health, Jolokia and Hawtio. Those who only look share one
 * application, in which nothing has run; the others start one that is theirs.
 */
@ExtendWith(LocalCloudExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ManagementTest {
  private final LocalCloud cloud;
  private final HttpClient http = HttpClient.newHttpClient();
  private final FeedServer feeds = TestApplication.feeds();
  private Served shared;
  private Served own;

  ManagementTest(LocalCloud cloud) {
    this.cloud = cloud;
  }

  /** An application and its management port. */
  private record Served(TestApplication application, String port) {}

  @BeforeAll
  void share() {
    // The MBeans are for Jolokia.
    shared = start("camel.main.jmx-enabled", "true");
  }

  @BeforeEach
  void serveTheUsualFeeds() {
    TestApplication.usual(feeds);
  }

  @AfterEach
  void stopOwn() {
    if (own != null) {
      own.application().close();
      own = null;
    }
  }

  @AfterAll
  void stop() {
    shared.application().close();
    feeds.close();
  }

  /** From now on the test asks an application of its own, in place of the one before. */
  private TestApplication serve(String... settings) {
    stopOwn();
    own = start(settings);
    return own.application();
  }

  private Served start(String... settings) {
    String port = TestApplication.freePort();
    String[] ports = {
      "http.port",
      TestApplication.freePort(),
      "management.port",
      port,
      "camel.main.route-filter-exclude-pattern",
      "ingest-missed"
    };
    return new Served(
        TestApplication.serve(
            cloud, feeds, Stream.of(ports, settings).flatMap(Stream::of).toArray(String[]::new)),
        port);
  }

  @Test
  void countsRunsDaysAndRowsAndTimesEachStage() throws Exception {
    TestApplication application = serve("gate.max-bad-rows", "50%");
    TestApplication.jhu(feeds, TestApplication.JHU + "2020-01-25,US,,9,many,9\n");
    application.run();
    application.run();

    assertThat(metrics())
        .contains(
            "covid_runs_total{status=\"succeeded\"} 2.0",
            "covid_runs_total{status=\"failed\"} 0.0",
            "covid_days_total{outcome=\"added\"} 3.0",
            "covid_days_total{outcome=\"present\"} 3.0",
            "covid_days_total{outcome=\"dead-lettered\"} 0.0",
            "covid_rows_quarantined_total 2.0",
            "covid_stage_seconds_count{stage=\"open-run\"} 2",
            "covid_stage_seconds_count{stage=\"replay-dead-letters\"} 2",
            "covid_stage_seconds_count{stage=\"collect-days\"} 2",
            "covid_stage_seconds_count{stage=\"check-days\"} 2",
            "covid_stage_seconds_count{stage=\"store-days\"} 2",
            "covid_stage_seconds_count{stage=\"archive-days\"} 2",
            "covid_stage_seconds_count{stage=\"announce-run\"} 2",
            "covid_dead_letters 0.0",
            "covid_feed_stalled{feed=\"nyt\"} 0.0",
            // 2020-01-24
            "covid_feed_newest_day_seconds{feed=\"nyt\"} 1.579824E9")
        .containsPattern("covid_last_success_seconds 1\\.\\d+E9")
        .containsPattern("covid_last_run_seconds\\{status=\"succeeded\"} 1\\.\\d+E9")
        .contains("covid_last_run_seconds{status=\"failed\"} NaN")
        .containsPattern("covid_stage_seconds_sum\\{stage=\"store-days\"} \\d*\\.\\d*[1-9]")
        .containsPattern(
            "camel_route_policy_seconds_bucket\\{.*routeId=\"collect-days\",le=\"2.0\"} 2")
        .containsPattern("camel_route_policy_seconds_count\\{.*routeId=\"store-days\".*} 2")
        .contains("jvm_memory_used_bytes");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/plain",
        "text/plain;version=0.0.4;q=0.5,*/*;q=0.1",
        "application/openmetrics-text;version=1.0.0",
        "*/*"
      })
  void givesTheMetricsWhateverIsAccepted(String accepted) throws Exception {
    HttpResponse<String> metrics =
        http.send(
            HttpRequest.newBuilder(uri("/observe/metrics")).header("Accept", accepted).build(),
            BodyHandlers.ofString());

    assertThat(metrics.statusCode()).isEqualTo(200);
    assertThat(metrics.headers().firstValue("Content-Type"))
        .hasValue("text/plain; version=0.0.4; charset=utf-8");
    assertThat(metrics.body()).contains("covid_runs_total{status=\"succeeded\"} 0.0");
  }

  @Test
  void knowsOfRunsBeforeTheProcessBegan() throws Exception {
    serve().run();
    String before =
        metrics()
            .lines()
            .filter(line -> line.startsWith("covid_last_success"))
            .findFirst()
            .orElseThrow();

    serve();

    awaitMetric(before);
    assertThat(metrics())
        .contains(
            "covid_runs_total{status=\"succeeded\"} 0.0",
            "covid_feed_newest_day_seconds{feed=\"jhu\"} 1.579824E9");
  }

  @Test
  void knowsOfThemThoughTheNewestReportIsDamaged() throws Exception {
    serve().run();
    String before =
        metrics()
            .lines()
            .filter(line -> line.startsWith("covid_last_success"))
            .findFirst()
            .orElseThrow();
    String damaged = "runs/2999-11-22T21-00-00Z-7f3a.json";
    cloud
        .s3Client()
        .putObject(
            put -> put.bucket(cloud.bucket()).key(damaged),
            RequestBody.fromString(
                """
                {"id": "2999-11-22T21-00-00Z-7f3a", "trigger": "schedule", "status": "failed",
                 "startedAt": "2999-11-22T21:00:00Z", "feeds": []}
                """));
    try (LogLines log = new LogLines()) {
      serve();

      awaitMetric(before);
      assertThat(log.texts())
          .contains(
              "The object %s in the bucket covid-data is a damaged report, of which 'finishedAt' is missing or not whole: remove it."
                  .formatted(damaged));
    }
  }

  @Test
  void staysReadyAfterARefusedRunAndSaysSo() throws Exception {
    TestApplication.nyt(feeds, "nothing\n");
    serve().run();

    HttpResponse<String> health = get("/observe/health");
    assertThat(health.statusCode()).isEqualTo(200);
    assertThat(health.body())
        .contains("\"name\":\"last-run\",\"status\":\"UP\",\"message\":\"refused at ")
        .contains("Feed nyt has no column");
    assertThat(get("/observe/health/ready").statusCode()).isEqualTo(200);
    assertThat(get("/observe/health/live").statusCode()).isEqualTo(200);
    assertThat(metrics()).contains("covid_runs_total{status=\"refused\"} 1.0");
  }

  @Test
  void namesAFeedThatHasStalled() throws Exception {
    serve("feed.stalled-after", "7d").run();

    assertThat(get("/observe/health").body())
        .contains("\"name\":\"last-run\",\"status\":\"UP\",\"message\":\"succeeded at ")
        .contains("; feed jhu has stalled at 2020-01-24; feed nyt has stalled at 2020-01-24");
    assertThat(metrics()).contains("covid_feed_stalled{feed=\"jhu\"} 1.0");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "read/java.lang:type=Runtime/SystemProperties",
        "read/java.lang:type=Memory",
        "exec/org.apache.camel:context=covid,type=routes,name=%22ingest%22/stop()",
        "exec/org.apache.camel:context=covid,type=context,name=%22covid%22/stop()",
        "write/org.apache.camel:context=covid,type=context,name=%22covid%22/Tracing/true",
        "exec/com.sun.management:type=HotSpotDiagnostic/dumpHeap/x/true",
        "exec/java.lang:type=Memory/gc",
      })
  void refusesOverJolokiaWhateverIsNotReadingCamel(String request) throws Exception {
    assertThat(get("/jolokia/" + request).body()).contains("\"status\":403");
    assertThat(
            shared
                .application()
                .context()
                .getRouteController()
                .getRouteStatus("do-run")
                .isStarted())
        .isTrue();
  }

  @Test
  void refusesTheSameInAPost() throws Exception {
    String stop =
        "{\"type\":\"exec\",\"mbean\":\"org.apache.camel:context=covid,type=routes,name=\\\"ingest\\\"\","
            + "\"operation\":\"stop()\"}";
    HttpRequest post =
        HttpRequest.newBuilder(uri("/jolokia")).POST(BodyPublishers.ofString(stop)).build();

    assertThat(http.send(post, BodyHandlers.ofString()).body()).contains("\"status\":403");
  }

  @Test
  void letsCamelBeReadOverJolokia() throws Exception {
    assertThat(get("/jolokia/read/org.apache.camel:type=context,*/CamelVersion").body())
        .contains("\"CamelVersion\":\"4.");
    assertThat(
            get("/jolokia/exec/org.apache.camel:context=covid,type=context,name=%22covid%22/"
                    + "dumpRoutesAsXml()")
                .body())
        .contains("\"status\":200")
        .contains("store-day");
  }

  @Test
  void listsOverJolokiaOnlyWhatCanBeRead() throws Exception {
    assertThat(get("/jolokia/list?maxDepth=1").body())
        .contains("\"value\":{\"org.apache.camel\":\"1\"}");
  }

  @Test
  void asksForUserAndPasswordWhereTheyAreConfiguredButNotTheProbes() throws Exception {
    serve("management.user", "operator", "management.password", "of the day");

    for (String path :
        new String[] {
          "/jolokia", "/jolokia/version", "/jolokia/list", "/hawtio", "/hawtio/camel"
        }) {
      assertThat(get(path).statusCode()).as(path).isEqualTo(401);
      assertThat(get(path, "operator:of yesterday").statusCode()).as(path).isEqualTo(401);
      assertThat(get(path, "operator:of the day").statusCode()).as(path).isEqualTo(200);
    }
    for (String path :
        new String[] {"/observe/health/live", "/observe/health/ready", "/observe/metrics"}) {
      assertThat(get(path).statusCode()).as(path).isEqualTo(200);
    }
  }

  @Test
  void givesTheFilesOfTheConsoleAndNoOthers() throws Exception {
    assertThat(get("/hawtio/").body()).contains("<title>Hawtio</title>");
    assertThat(get("/hawtio/hawtconfig.json").headers().firstValue("Content-Type"))
        .hasValue("application/json");
    for (String path :
        new String[] {
          "/hawtio/../application.properties",
          "/hawtio/%2e%2e/application.properties",
          "/hawtio/..%2fapplication.properties"
        }) {
      assertThat(get(path).body()).as(path).doesNotContain("archive.bucket");
    }
  }

  private String metrics() throws Exception {
    return get("/observe/metrics").body();
  }

  /** The reports are read beside the start of the server. */
  private void awaitMetric(String line) throws Exception {
    Polling.until(() -> metrics().contains(line));
  }

  private HttpResponse<String> get(String path) throws Exception {
    return http.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> get(String path, String user)
      throws IOException, InterruptedException {
    String basic = Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8));
    return http.send(
        HttpRequest.newBuilder(uri(path)).header("Authorization", "Basic " + basic).build(),
        BodyHandlers.ofString());
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + (own == null ? shared : own).port() + path);
  }
}
