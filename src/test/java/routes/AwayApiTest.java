package routes;

import static local.Faults.SLOW_DOWN;
import static local.Faults.always;
import static local.Faults.refusal;
import static local.Faults.to;
import static org.assertj.core.api.Assertions.assertThat;

import feeds.ArchiveRecords;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.stream.Stream;
import local.Fault;
import local.LocalCloud;
import local.LogLines;
import local.Service;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What readers get while the bucket is away, or holds something else than a set. */
class AwayApiTest extends ApiTestBase {
  private static final String AWAY = "The archive does not answer; try again in a little while.";

  AwayApiTest(LocalCloud cloud) {
    super(cloud);
  }

  private static void assertUnavailable(HttpResponse<String> answer, String why) {
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(Api.header(answer, "Content-Type")).isEqualTo(Api.PROBLEM);
    assertThat(Api.header(answer, "Retry-After")).isEqualTo("5");
    assertThat(answer.body())
        .isEqualTo(
            ("{\"type\":\"urn:problem-type:bucket-away\",\"title\":\"The archive cannot be read\","
                    + "\"status\":503,\"detail\":\"%s\"}")
                .formatted(why));
  }

  /** Has the application forget the copy that an earlier test left: there is nothing any more. */
  private void forgetTheCopy() throws Exception {
    assertThat(api.get("/totals").body()).contains("no-set-yet");
  }

  static Stream<Fault> faults() {
    return Stream.of(
        Fault.dropBefore(),
        Fault.answer(500, Map.of(), ""),
        SLOW_DOWN,
        refusal(Service.S3, 403, "AccessDenied", "User arn:aws:iam::1:user/u is not authorized"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/totals", "/days", "/chart.svg", "/chart.png", "/CovidData.csv"})
  void theCopyIsGivenWithAWarningThatItMayBeOld(String path) throws Exception {
    put("CovidData.csv", SET);
    byte[] before = api.bytes(path).body();
    cloud.intercept(s3Away());

    HttpResponse<byte[]> answer = api.bytes(path);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo(before);
    assertThat(Api.header(answer, "Warning")).isEqualTo("110 - \"Response is Stale\"");
    assertThat(Api.header(answer, "Age")).matches("\\d+");
  }

  @Test
  void whoHasTheCopyIsWarnedToo() throws Exception {
    put("CovidData.csv", SET);
    String etag = Api.header(api.get("/totals"), "ETag");
    cloud.intercept(s3Away());

    HttpResponse<String> answer = api.get("/totals", "If-None-Match", etag);

    assertThat(answer.statusCode()).isEqualTo(304);
    assertThat(Api.header(answer, "Warning")).isEqualTo("110 - \"Response is Stale\"");
  }

  @Test
  void thereIsNoWarningWhenTheBucketIsThere() throws Exception {
    put("CovidData.csv", SET);

    HttpResponse<String> answer = api.get("/totals");

    assertThat(Api.header(answer, "Warning")).isEmpty();
    assertThat(Api.header(answer, "Age")).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("faults")
  void withoutACopyTheReaderMayComeBackLater(Fault fault) throws Exception {
    forgetTheCopy();
    put("CovidData.csv", SET);
    cloud.intercept(always(to(Service.S3), fault));

    assertUnavailable(api.get("/totals"), AWAY);
    assertUnavailable(api.get("/days"), AWAY);
    assertUnavailable(api.get("/CovidData.csv"), AWAY);
    assertUnavailable(api.get("/chart.png"), AWAY);
  }

  @Test
  void allIsWellWhenTheBucketIsBack() throws Exception {
    forgetTheCopy();
    put("CovidData.csv", SET);
    cloud.intercept(s3Away());
    assertUnavailable(api.get("/CovidData.csv"), AWAY);
    cloud.intercept(call -> Fault.none());

    HttpResponse<String> answer = api.get("/CovidData.csv");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo(SET);
    assertThat(Api.header(answer, "Warning")).isEmpty();
  }

  @Test
  void thePageAndTheContractNeedNoBucket() throws Exception {
    cloud.intercept(s3Away());

    assertThat(api.get("/").statusCode()).isEqualTo(200);
    assertThat(api.get("/openapi.json").statusCode()).isEqualTo(200);
  }

  // --- Something else under archive.key

  @ParameterizedTest
  @MethodSource("others")
  void whatIsNoSetIsNamed(String text) throws Exception {
    forgetTheCopy();
    put("CovidData.csv", text);
    String why =
        "The object CovidData.csv is not as this program wrote it; the log says what its operator has to do.";

    assertUnavailable(api.get("/totals"), why);
    assertUnavailable(api.get("/CovidData.csv"), why);
  }

  @Test
  void theLogNamesBucketAndBeginningOfWhatIsNoSetAndWhatToDo() throws Exception {
    forgetTheCopy();
    put("CovidData.csv", "<html>\u001b[2J</html>");
    try (LogLines log = new LogLines()) {
      api.get("/totals");

      assertThat(log.texts())
          .containsExactly(
              "The published set cannot be read: The object CovidData.csv in the bucket covid-data"
                  + " is not a set of this program (it begins with \"<html> [2J</html>\"): "
                  + ArchiveRecords.REMEDY
                  + ".");
    }
  }

  static Stream<String> others() {
    return Stream.of(
        "",
        "Date,Cases,Deaths,Country,Recovered\n",
        "Date,Cases,Deaths,Recovered\n2020-01-22,1,0,0\n",
        SET + "2020-01-25,x,1,US,1\n",
        SET + "yesterday,1,1,US,1\n",
        SET + "2020-01-25,1\n",
        "<html></html>",
        SET + "\"2020-01-25,1",
        " ".repeat(16_000_001));
  }

  @Test
  void theCopyServesWhenTheSetIsReplacedByWhatIsNone() throws Exception {
    put("CovidData.csv", SET);
    api.get("/CovidData.csv");
    put("CovidData.csv", "something else");

    HttpResponse<String> answer = api.get("/CovidData.csv");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo(SET);
    assertThat(Api.header(answer, "Warning")).isEqualTo("110 - \"Response is Stale\"");
  }

  @Test
  void theCopyServesWhenTheSetIsCutAtTheEndOfALine() throws Exception {
    Map<String, String> metadata = Map.of("rows", "3", "newest-day", "2020-01-24");
    put("CovidData.csv", SET, metadata);
    api.get("/CovidData.csv");
    put("CovidData.csv", SET.substring(0, SET.indexOf("2020-01-24")), metadata);

    try (LogLines log = new LogLines()) {
      HttpResponse<String> answer = api.get("/CovidData.csv");

      assertThat(answer.body()).isEqualTo(SET);
      assertThat(Api.header(answer, "Warning")).isEqualTo("110 - \"Response is Stale\"");
      assertThat(log.texts())
          .contains(
              "The published set cannot be read: The object CovidData.csv in the bucket covid-data"
                  + " is damaged (it has 2 rows to 2020-01-23; its metadata say 3 rows to"
                  + " 2020-01-24): "
                  + ArchiveRecords.REMEDY
                  + ".");
    }
  }

  @Test
  void aSetThatIsRemovedIsNoLongerGiven() throws Exception {
    put("CovidData.csv", SET);
    assertThat(api.get("/totals").statusCode()).isEqualTo(200);
    cloud.s3Client().deleteObject(delete -> delete.bucket(cloud.bucket()).key("CovidData.csv"));

    assertThat(api.get("/totals").body()).contains("no-set-yet");
  }

  // --- Runs

  @Test
  void theListOfRunsIsGivenWithAWarning() throws Exception {
    putReport(RUN);
    String before = api.get("/runs").body();
    cloud.intercept(s3Away());

    HttpResponse<String> answer = api.get("/runs");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo(before).contains(RUN);
    assertThat(Api.header(answer, "Warning")).isEqualTo("110 - \"Response is Stale\"");
    assertThat(Api.header(answer, "Age")).matches("\\d+");
  }

  @Test
  void runsAreNotSaidToHaveFailedBecauseTheBucketDoesNotGiveTheirReports() throws Exception {
    String fresh = "2026-11-22T21-00-00Z-0a3a";
    putReport(RUN);
    putReport(fresh);
    cloud.intercept(
        call ->
            call.operation().equals("GET covid-data/runs/" + fresh + ".json")
                ? Fault.dropBefore()
                : Fault.none());

    assertUnavailable(api.get("/runs"), AWAY);
    assertThat(api.get("/runs?before=" + fresh).statusCode()).isEqualTo(200);
    cloud.intercept(call -> Fault.none());
    assertThat(api.get("/runs").body()).contains(fresh, RUN);
  }

  @Test
  void aReportCannotBeHadWithoutTheBucket() throws Exception {
    putReport(RUN);
    cloud.intercept(s3Away());

    assertUnavailable(api.get("/runs/" + RUN), AWAY);
  }

  @Test
  void aReportThatIsFarTooLongIsNotRead() throws Exception {
    put("runs/" + RUN + ".json", " ".repeat(16_000_001));

    assertUnavailable(
        api.get("/runs/" + RUN),
        "The object runs/%s.json is not as this program wrote it; the log says what its operator has to do."
            .formatted(RUN));
  }

  @Test
  void whoAsksFirstWhileTheBucketIsAwayLearnsIt() throws Exception {
    putReport(RUN);
    put("CovidData.csv", SET);
    cloud.intercept(s3Away());
    try (Api fresh = another("http.refresh", "1ms")) {
      assertUnavailable(fresh.get("/runs"), AWAY);
      assertUnavailable(fresh.get("/totals"), AWAY);
      cloud.intercept(call -> Fault.none());

      assertThat(fresh.get("/runs").body()).contains(RUN);
      assertThat(fresh.get("/totals").statusCode()).isEqualTo(200);
    }
  }
}
