package routes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static local.Faults.DENIED;
import static local.Faults.always;
import static local.Faults.toS3;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import covid.RunReport;
import covid.RunStatus;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import local.Call;
import local.Fault;
import local.LocalCloud;
import org.apache.camel.CamelExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/** The dashboard as plain files in the bucket. */
class SiteTest extends ApiTestBase {
  private static final String JAVASCRIPT = "text/javascript; charset=utf-8";

  private static final Map<String, String> TYPES =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("site/totals.json", "application/json"),
              Map.entry("site/days.json", "application/json"),
              Map.entry("site/runs.json", "application/json"),
              Map.entry("site/chart.png", "image/png"),
              Map.entry("site/chart.svg", "image/svg+xml"),
              Map.entry("site/CovidData.csv", "text/csv; charset=utf-8"),
              Map.entry("site/index.html", "text/html; charset=utf-8"),
              Map.entry("site/assets/style.css", "text/css; charset=utf-8"),
              Map.entry("site/assets/favicon.svg", "image/svg+xml"),
              Map.entry("site/assets/app.js", JAVASCRIPT),
              Map.entry("site/assets/chart.js", JAVASCRIPT),
              Map.entry("site/assets/figures.js", JAVASCRIPT),
              Map.entry("site/assets/parts.js", JAVASCRIPT),
              Map.entry("site/assets/past.js", JAVASCRIPT),
              Map.entry("site/assets/plot.js", JAVASCRIPT),
              Map.entry("site/assets/revisions.js", JAVASCRIPT),
              Map.entry("site/assets/source.js", JAVASCRIPT),
              Map.entry("site/assets/versions.js", JAVASCRIPT),
              Map.entry("site/assets/vue.js", JAVASCRIPT),
              Map.entry("site/assets/words.js", JAVASCRIPT)));

  SiteTest(LocalCloud cloud) {
    super(cloud, "http.refresh", "1ms", "site.publish", "true");
  }

  private void publish() {
    api.application().context().createProducerTemplate().sendBody("direct:publish-site", null);
  }

  private String file(String path) {
    return cloud.object("site/" + path).orElseThrow();
  }

  /** S3Proxy leaves out the space in some of them. */
  private String type(String key) {
    return head(key).contentType().replaceFirst("; *", "; ");
  }

  private HeadObjectResponse head(String key) {
    return cloud.s3Client().headObject(head -> head.bucket(cloud.bucket()).key(key));
  }

  private static boolean isPut(Call call, String key) {
    return call.operation().equals("PUT covid-data/" + key);
  }

  @Test
  void aRunPublishesThePageAndWhatItReads() throws Exception {
    RunReport report = api.application().run();

    assertThat(report.status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(report.warnings()).isEmpty();
    Map<String, String> types = new TreeMap<>();
    cloud.keys("site/").forEach(key -> types.put(key, type(key)));
    assertThat(types).isEqualTo(TYPES);
    assertThat(cloud.keys("site/"))
        .allSatisfy(key -> assertThat(head(key).cacheControl()).isEqualTo("no-cache"));
  }

  @Test
  void itsDataAreTheAnswersOfTheServer() throws Exception {
    api.application().run();

    assertThat(file("totals.json")).isEqualTo(api.get("/totals").body());
    assertThat(file("days.json")).isEqualTo(api.get("/days").body());
    assertThat(file("chart.svg")).isEqualTo(api.get("/chart.svg").body());
    assertThat(file("CovidData.csv")).isEqualTo(SET);
    assertThat(
            cloud
                .s3Client()
                .getObjectAsBytes(get -> get.bucket(cloud.bucket()).key("site/chart.png"))
                .asByteArray())
        .isEqualTo(api.bytes("/chart.png").body());
  }

  @Test
  void itsRunsAreThoseOfTheServerAndTheOneThatPublishes() throws Exception {
    putReport(RUN.replace("2026", "2020"));
    RunReport report = api.application().run();
    ObjectMapper json = new ObjectMapper();

    JsonNode published = json.readTree(file("runs.json"));
    JsonNode answered = json.readTree(api.get("/runs?limit=10").body());

    assertThat(published.at("/runs/0/id").asText()).isEqualTo(report.id());
    assertThat(published.at("/runs/0/finishedAt").asText()).isNotEmpty();
    assertThat(published).isEqualTo(answered);
    assertThat(published.get("runs")).hasSize(2);
  }

  @Test
  void publishingAgainGivesTheVeryRunsOfTheServer() throws Exception {
    for (int i = 0; i < 12; i++) {
      putReport("2026-11-%02dT21-00-00Z-7f3a".formatted(i + 1));
    }
    put("CovidData.csv", SET);

    publish();

    JsonNode answered = new ObjectMapper().readTree(api.get("/runs?limit=10").body());
    assertThat(new ObjectMapper().readTree(file("runs.json")).get("runs"))
        .hasSize(10)
        .isEqualTo(answered.get("runs"));
  }

  @Test
  void thePageReadsFilesAndIsElseTheSame() throws Exception {
    put("CovidData.csv", SET);

    publish();

    assertThat(file("index.html"))
        .contains("<meta name=\"data\" content=\"files\">")
        .isEqualTo(
            api.get("/")
                .body()
                .replace("name=\"data\" content=\"api\"", "name=\"data\" content=\"files\""));
    assertThat(file("assets/app.js")).isEqualTo(api.get("/assets/app.js").body());
    assertThat(file("assets/vue.js")).isEqualTo(api.get("/assets/vue.js").body());
  }

  @Test
  void thePageComesLast() throws Exception {
    put("CovidData.csv", SET);

    publish();

    List<String> puts =
        asked().stream().filter(request -> request.startsWith("S3 PUT covid-data/site/")).toList();
    assertThat(puts).hasSize(TYPES.size()).endsWith("S3 PUT covid-data/site/index.html");
  }

  @Test
  void nothingIsPublishedBeforeThereIsASet() {
    assertThatExceptionOfType(CamelExecutionException.class)
        .isThrownBy(this::publish)
        .havingCause()
        .withMessage("Nothing has been archived yet: wait for the first run to finish.");
    assertThat(cloud.keys("site/")).isEmpty();
  }

  @Test
  void aFirstRunThatFailsSaysThatItCouldNotPublish() throws Exception {
    feeds.answer(feeds.nyt().getPath(), exchange -> exchange.sendResponseHeaders(404, -1));

    RunReport report = api.application().run();

    assertThat(report.status()).isEqualTo(RunStatus.FAILED);
    assertThat(report.reason()).contains("404");
    assertThat(report.warnings())
        .containsExactly(
            "The step publish-site failed:"
                + " Nothing has been archived yet: wait for the first run to finish.");
    assertThat(cloud.keys("site/")).isEmpty();
  }

  @Test
  void anOldCopyOfTheSetIsNotPublished() throws Exception {
    api.application().run();
    String before = file("totals.json");
    AtomicBoolean archived = new AtomicBoolean();
    cloud.intercept(
        call -> {
          if (isPut(call, "CovidData.csv")) {
            archived.set(true);
          }
          return archived.get() && call.operation().equals("GET covid-data/CovidData.csv")
              ? Fault.dropBefore()
              : Fault.none();
        });

    RunReport report = api.application().run();

    assertThat(report.status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(report.warnings())
        .containsExactly(
            "The step publish-site failed: The published set could not be read again.");
    assertThat(file("totals.json")).isEqualTo(before);
  }

  @Test
  void aRunThatFailsLaterPublishesThatItFailed() throws Exception {
    api.application().run();
    feeds.answer(feeds.nyt().getPath(), exchange -> exchange.sendResponseHeaders(404, -1));

    RunReport report = api.application().run();

    assertThat(report.warnings()).isEmpty();
    JsonNode runs = new ObjectMapper().readTree(file("runs.json"));
    assertThat(runs.at("/runs/0/status").asText()).isEqualTo("failed");
    assertThat(runs.at("/runs/0/reason").asText()).isEqualTo(report.reason());
    assertThat(runs.at("/runs/1/status").asText()).isEqualTo("succeeded");
    assertThat(file("CovidData.csv")).isEqualTo(SET);
  }

  @ParameterizedTest
  @CsvSource({
    "site/totals.json, 0",
    "site/assets/style.css, 8",
    "site/index.html, 19",
  })
  void aFileThatTheBucketRefusesIsAWarningAndThePageWaits(String key, int before) throws Exception {
    cloud.intercept(always(toS3("PUT", key), DENIED));

    RunReport report = api.application().run();

    assertThat(report.status()).isEqualTo(RunStatus.SUCCEEDED);
    String warning =
        "The step publish-site failed: The AWS credentials do not allow PutObject on %s in bucket"
            + " covid-data: grant them s3:PutObject (AccessDenied: No).";
    assertThat(report.warnings()).containsExactly(warning.formatted(key));
    assertThat(cloud.object("runs/" + report.id() + ".json").orElseThrow())
        .contains(warning.formatted(key));
    assertThat(cloud.messages().get(0).text()).contains(warning.formatted(key));
    assertThat(cloud.object("CovidData.csv")).contains(SET);
    assertThat(cloud.keys("site/")).hasSize(before).doesNotContain("site/index.html");
    assertThat(s3("PUT covid-data/" + key)).isEqualTo(1);
  }

  @Test
  void aFileIsPutAgainWhenTheBucketWasBusy() throws Exception {
    put("CovidData.csv", SET);
    cloud.intercept(
        call ->
            isPut(call, "site/days.json") && s3("PUT covid-data/site/days.json") == 1
                ? Fault.answer(503, Map.of(), "")
                : Fault.none());

    publish();

    assertThat(cloud.keys("site/")).hasSize(TYPES.size());
    assertThat(s3("PUT covid-data/site/days.json")).isEqualTo(2);
  }

  @Test
  void aReportThatCannotBeReadDoesNotKeepTheSiteFromBeingPublished() throws Exception {
    put("runs/2099-11-22T21-00-00Z-7f3a.json", "nonsense");
    put("CovidData.csv", SET);

    publish();

    assertThat(file("runs.json")).contains("runs/2099-11-22T21-00-00Z-7f3a.json is not one");
    assertThat(cloud.keys("site/")).hasSize(TYPES.size());
  }

  @Test
  void nothingIsPublishedUnlessTheSettingSaysSo() throws Exception {
    try (Api other = another()) {
      RunReport report = other.application().run();

      assertThat(report.warnings()).isEmpty();
      assertThat(cloud.object("CovidData.csv")).contains(SET);
      assertThat(cloud.keys("site/")).isEmpty();
    }
  }

  @Test
  void whatIsPublishedIsWrittenInUtf8() throws Exception {
    put("CovidData.csv", SET.replace("US", "Côte d'Ivoire"));

    publish();

    assertThat(file("totals.json").getBytes(UTF_8))
        .isEqualTo(api.get("/totals").body().getBytes(UTF_8))
        .asString(UTF_8)
        .contains("Côte d'Ivoire");
  }
}
