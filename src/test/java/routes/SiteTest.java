package routes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static local.Faults.DENIED;
import static local.Faults.always;
import static local.Faults.refusal;
import static local.Faults.to;
import static local.Faults.toS3;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import covid.RunReport;
import covid.RunStatus;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import local.Call;
import local.Fault;
import local.LocalCloud;
import local.Service;
import org.apache.camel.CamelExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/** The dashboard as plain files in the bucket. */
class SiteTest extends ApiTestBase {
  private static final Map<String, String> TYPES =
      new TreeMap<>(
          Map.of(
              "site/totals.json", "application/json",
              "site/days.json", "application/json",
              "site/runs.json", "application/json",
              "site/chart.png", "image/png",
              "site/chart.svg", "image/svg+xml",
              "site/CovidData.csv", "text/csv; charset=utf-8",
              "site/index.html", "text/html; charset=utf-8",
              "site/embed.html", "text/html; charset=utf-8",
              "site/assets/style.css", "text/css; charset=utf-8",
              "site/assets/favicon.svg", "image/svg+xml"));

  static {
    TYPES.put("site/places.json", "application/json");
    String scripts =
        "about app beginning charts choice controls downloads drawing figures files first headline known "
            + "marks parts past picture plot range reading remarks report revisions "
            + "runs sharing sheet source svg theme ticks versions words zoom vue chart";
    for (String script : scripts.split(" ")) {
      TYPES.put("site/assets/" + script + ".js", "text/javascript; charset=utf-8");
    }
  }

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
    Map<String, String> expected = new TreeMap<>(TYPES);
    expected.put("site/versions/index.json", "application/json");
    expected.put(version(report), "application/json");
    expected.put("site/runs/" + report.id() + ".json", "application/json");
    assertThat(types).isEqualTo(expected);
    assertThat(cloud.keys("site/"))
        .allSatisfy(
            key ->
                assertThat(head(key).cacheControl())
                    .isEqualTo(
                        key.equals(version(report)) || key.startsWith("site/runs/")
                            ? "public, max-age=31536000, immutable"
                            : "no-cache"));
  }

  private static String version(RunReport report) {
    return "site/versions/" + report.archive().version() + ".json";
  }

  @Test
  void aVersionHasTheAnswersOfTheServerAsOfIt() throws Exception {
    RunReport report = api.application().run();
    String id = report.archive().version();
    ObjectMapper json = new ObjectMapper();

    JsonNode version = json.readTree(file("versions/" + id + ".json"));
    JsonNode list = json.readTree(file("versions/index.json"));

    assertThat(version.get("totals"))
        .isEqualTo(json.readTree(api.get("/totals?asOf=" + id).body()));
    assertThat(version.get("days")).isEqualTo(json.readTree(api.get("/days?asOf=" + id).body()));
    assertThat(list.get("versions")).hasSize(1);
    assertThat(list.at("/versions/0/id").asText()).isEqualTo(id);
    assertThat(list.at("/versions/0/href").asText()).isEqualTo("versions/" + id + ".json");
    assertThat(list.at("/since").asText()).isEqualTo(list.at("/versions/0/day").asText());
  }

  @Test
  void aRunThatFindsNothingNewPutsOnlyWhatHasTheTimeOfTheRun() throws Exception {
    api.application().run();
    cloud.forgetRequests();

    RunReport report = api.application().run();

    assertThat(asked())
        .filteredOn(request -> request.contains("covid-data/site/"))
        .contains("S3 PUT covid-data/site/runs.json")
        // Their time is that of the published set, in seconds.
        .isSubsetOf(
            "S3 PUT covid-data/site/totals.json",
            "S3 PUT covid-data/site/places.json",
            "S3 PUT covid-data/site/embed.html",
            "S3 PUT covid-data/site/index.html",
            "S3 PUT covid-data/site/runs.json",
            "S3 PUT covid-data/site/runs/" + report.id() + ".json");
  }

  @Test
  void aFileThatIsNoLongerAsItWasPutIsPutAgain() throws Exception {
    api.application().run();
    put("site/assets/style.css", "nonsense");

    publish();

    assertThat(file("assets/style.css")).isEqualTo(api.get("/assets/style.css").body());
  }

  @Test
  void aVersionThatTheSiteKeepsNoLongerIsRemoved() throws Exception {
    String old = "site/versions/2019-01-01T00-00-00Z-00000000.json";
    put(old, "{}");
    put("site/other.json", "{}");

    api.application().run();

    assertThat(cloud.object(old)).isEmpty();
    assertThat(cloud.object("site/other.json")).isPresent();
    assertThat(cloud.keys("site/versions/")).hasSize(2);
  }

  @Test
  void aRoleThatMayNotListTheSitePublishesItWithoutVersions() throws Exception {
    cloud.intercept(call -> isListOfTheSite(call) ? DENIED : Fault.none());

    RunReport report = api.application().run();

    assertThat(report.status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(report.warnings())
        .containsExactly(
            "The program may not list site/ of the bucket, so every file of the site is put again,"
                + " and the site has no earlier versions: give its role the rights of"
                + " aws/stack.yaml.");
    assertThat(cloud.keys("site/")).containsExactlyInAnyOrderElementsOf(TYPES.keySet());
  }

  private static boolean isListOfTheSite(Call call) {
    return call.operation().startsWith("GET covid-data")
        && call.operation().contains("prefix=site/");
  }

  @Test
  void aListOfTheSiteIsAskedForAgainWhenTheBucketWasBusy() throws Exception {
    AtomicBoolean busy = new AtomicBoolean(true);
    cloud.intercept(
        call ->
            isListOfTheSite(call) && busy.getAndSet(false)
                ? Fault.answer(503, Map.of(), "")
                : Fault.none());

    RunReport report = api.application().run();

    assertThat(report.warnings()).isEmpty();
    assertThat(cloud.keys("site/versions/")).hasSize(2);
  }

  @Test
  void itsDataAreTheAnswersOfTheServer() throws Exception {
    api.application().run();

    assertThat(file("totals.json")).isEqualTo(api.get("/totals").body());
    assertThat(file("days.json")).isEqualTo(api.get("/days").body());
    assertThat(file("places.json"))
        .contains("\"known\":[{\"date\":\"2020-04-14\"")
        .isEqualTo(
            api.get("/places").body().replace("\"days\":\"days\"", "\"days\":\"days.json\""));
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
  void theReportOfARunIsPutOnceAndStays() throws Exception {
    put("CovidData.csv", SET);
    putReport(RUN);
    put("runs/2026-11-21T21-00-00Z-7f3a.json", "nonsense");
    publish();
    assertThat(file("runs/" + RUN + ".json"))
        .isEqualTo(cloud.object("runs/" + RUN + ".json").orElseThrow());
    assertThat(cloud.keys("site/runs/")).hasSize(1);
    cloud.forgetRequests();

    RunReport report = api.application().run();

    assertThat(s3("PUT covid-data/site/runs/" + RUN + ".json")).isZero();
    assertThat(new ObjectMapper().readTree(file("runs/" + report.id() + ".json")).at("/status"))
        .hasToString("\"succeeded\"");
  }

  @Test
  void aMessageThatFailedIsSaidInTheReportOfItsRun() throws Exception {
    cloud.intercept(always(to(Service.SNS), refusal(Service.SNS, 404, "NotFound")));

    RunReport report = api.application().run();

    assertThat(report.warnings())
        .singleElement(STRING)
        .startsWith("The message could not be sent: ");
    assertThat(file("runs/" + report.id() + ".json"))
        .contains("The message could not be sent: ")
        .isEqualTo(cloud.object("runs/" + report.id() + ".json").orElseThrow());
    assertThat(s3("PUT covid-data/site/runs/" + report.id() + ".json")).isEqualTo(1);
  }

  @Test
  void aReportThatCouldNotBePutComesWithTheNextRun() throws Exception {
    AtomicReference<String> put = new AtomicReference<>();
    cloud.intercept(
        call -> {
          boolean isReport = call.operation().startsWith("PUT covid-data/site/runs/");
          return isReport && put.compareAndSet(null, call.operation()) ? DENIED : Fault.none();
        });
    RunReport first = api.application().run();
    assertThat(cloud.keys("site/runs/")).isEmpty();

    RunReport second = api.application().run();

    assertThat(cloud.keys("site/runs/"))
        .containsExactlyInAnyOrder(
            "site/runs/" + first.id() + ".json", "site/runs/" + second.id() + ".json");
  }

  @Test
  void thePictureAloneHasAPathOfItsOwnAndNoTable() throws Exception {
    put("CovidData.csv", SET);

    publish();

    assertThat(file("embed.html"))
        .contains("COVID-19 · US", "class=\"panel cases\"", "content=\"files\"")
        .doesNotContain("last-days");
    assertThat(file("index.html")).contains("last-days");
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
    "site/assets/style.css, 42",
    "site/index.html, 45",
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

    assertThat(file("runs.json"))
        .contains("runs/2099-11-22T21-00-00Z-7f3a.json is not as this program wrote it");
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
