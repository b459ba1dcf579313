package routes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import covid.RunReport;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import local.Fault;
import local.LocalCloud;
import local.LogLines;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The list of runs, and one run. */
class RunsApiTest extends ApiTestBase {
  private static final String LINE =
      "{\"id\":\"%1$s\",\"trigger\":\"schedule\","
          + "\"startedAt\":\"2026-11-22T21:00:00.500Z\",\"finishedAt\":\"2026-11-22T21:00:07Z\","
          + "\"status\":\"succeeded\",\"added\":3,\"feeds\":["
          + "{\"name\":\"jhu\",\"newestDay\":\"2020-01-24\",\"stalled\":false,\"onlyHere\":0},"
          + "{\"name\":\"nyt\",\"stalled\":false,\"onlyHere\":0}],"
          + "\"href\":\"runs/%1$s\"}";

  private static final String UNREADABLE =
      "{\"id\":\"%1$s\",\"trigger\":\"unknown\",\"startedAt\":\"2026-11-22T21:00:00Z\","
          + "\"status\":\"failed\",\"reason\":\"The object runs/%1$s.json is not as"
          + " this program wrote it; the log says what its operator has to do.\",\"href\":\"runs/%1$s\"}";

  private static final String GONE =
      "{\"id\":\"%1$s\",\"trigger\":\"unknown\",\"startedAt\":\"2026-11-22T21:00:00Z\","
          + "\"status\":\"failed\",\"reason\":\"Its report is no longer there.\","
          + "\"href\":\"runs/%1$s\"}";

  private static final String OLD_REPORT = "GET covid-data/runs/" + RUN + ".json";

  private final ObjectMapper json = new ObjectMapper();

  RunsApiTest(LocalCloud cloud) {
    super(cloud);
  }

  private List<String> ids(JsonNode page) {
    return StreamSupport.stream(page.get("runs").spliterator(), false)
        .map(run -> run.get("id").asText())
        .toList();
  }

  private static String id(int number) {
    return "2026-11-%02dT21-00-00Z-%04x".formatted(number / 100 + 1, number % 100);
  }

  // --- /runs

  @Test
  void thereAreNoRunsAtFirst() throws Exception {
    HttpResponse<String> runs = api.get("/runs");

    assertThat(runs.statusCode()).isEqualTo(200);
    assertThat(runs.body()).isEqualTo("{\"runs\":[]}");
  }

  @Test
  void aRunThatHasEndedIsALineOfTheList() throws Exception {
    putReport(RUN);

    assertThat(api.get("/runs").body()).isEqualTo("{\"runs\":[" + LINE.formatted(RUN) + "]}");
  }

  @Test
  void aReportOfVersion01IsALineOfTheListAndIsServedAsItIs() throws Exception {
    String id = "2026-11-28T21-54-41Z-53dc";
    put("runs/" + id + ".json", Version01Test.file("report.json"));

    assertThat(api.get("/runs").body())
        .isEqualTo(
            ("{\"runs\":[{\"id\":\"%1$s\",\"trigger\":\"command\","
                    + "\"startedAt\":\"2026-11-28T21:54:41.242Z\","
                    + "\"finishedAt\":\"2026-11-28T21:54:57.104Z\","
                    + "\"status\":\"partial\",\"added\":1,\"feeds\":["
                    + "{\"name\":\"jhu\",\"newestDay\":\"2020-01-25\",\"stalled\":true,\"onlyHere\":0},"
                    + "{\"name\":\"nyt\",\"newestDay\":\"2020-01-25\",\"stalled\":true,\"onlyHere\":1}],"
                    + "\"href\":\"runs/%1$s\"}]}")
                .formatted(id));
    assertThat(api.get("/runs/" + id).body()).isEqualTo(Version01Test.file("report.json"));
  }

  @Test
  void aRunOfThisProcessIsInTheListWhenItHasEnded() throws Exception {
    RunReport report = api.application().run();

    JsonNode line = json.readTree(api.get("/runs").body()).at("/runs/0");

    assertThat(line.toString())
        .isEqualTo(
            ("{\"id\":\"%s\",\"trigger\":\"command\",\"startedAt\":\"%s\",\"finishedAt\":\"%s\","
                    + "\"status\":\"succeeded\",\"added\":3,\"feeds\":["
                    + "{\"name\":\"jhu\",\"newestDay\":\"2020-01-24\",\"stalled\":false,\"onlyHere\":0},"
                    + "{\"name\":\"nyt\",\"newestDay\":\"2020-01-24\",\"stalled\":false,\"onlyHere\":1}],\"href\":\"runs/%s\"}")
                .formatted(
                    report.id(), report.startedAt(), line.get("finishedAt").asText(), report.id()));
  }

  @Test
  void theReasonOfARefusalIsInItsLine() throws Exception {
    put("CovidData.csv", SET.replace("2020-01-22", "2019-12-31"));
    RunReport report = api.application().run();

    JsonNode line = json.readTree(api.get("/runs").body()).at("/runs/0");

    assertThat(line.get("status").asText()).isEqualTo("refused");
    assertThat(line.get("reason").asText()).isEqualTo(report.reason()).isNotEmpty();
  }

  @Test
  void pagesLeadFromTheNewestRunToTheOldest() throws Exception {
    IntStream.range(0, 7).forEach(number -> putReport(id(number)));

    List<String> seen = new ArrayList<>();
    List<String> pages = new ArrayList<>();
    for (String page = "runs?limit=2"; page != null; ) {
      pages.add(page);
      JsonNode answer = json.readTree(api.get("/" + page).body());
      seen.addAll(ids(answer));
      page = answer.hasNonNull("next") ? answer.get("next").asText() : null;
    }

    assertThat(seen).containsExactly(id(6), id(5), id(4), id(3), id(2), id(1), id(0));
    assertThat(pages)
        .containsExactly(
            "runs?limit=2",
            "runs?limit=2&before=" + id(5),
            "runs?limit=2&before=" + id(3),
            "runs?limit=2&before=" + id(1));
  }

  @Test
  void aPageThatIsJustFullHasNoNextOne() throws Exception {
    putReport(id(1));
    putReport(id(2));

    JsonNode page = json.readTree(api.get("/runs?limit=2").body());

    assertThat(ids(page)).containsExactly(id(2), id(1));
    assertThat(page.has("next")).isFalse();
  }

  @Test
  void aPageHasTwentyRunsUnlessAskedOtherwise() throws Exception {
    IntStream.range(0, 23).forEach(number -> putReport(id(number)));

    assertThat(ids(json.readTree(api.get("/runs").body()))).hasSize(20).startsWith(id(22));
    assertThat(ids(json.readTree(api.get("/runs?limit=1").body()))).containsExactly(id(22));
    assertThat(ids(json.readTree(api.get("/runs?limit=100").body()))).hasSize(23);
  }

  @Test
  void listsMoreReportsThanTheBucketTellsAtOnce() throws Exception {
    IntStream.range(0, 1_003).parallel().forEach(number -> put("runs/" + id(number) + ".json", ""));
    String oldest = "/runs?limit=3&before=" + id(2);

    assertThat(ids(json.readTree(api.get("/runs?limit=1").body()))).containsExactly(id(1_002));
    assertThat(ids(json.readTree(api.get(oldest).body()))).containsExactly(id(1), id(0));
  }

  @Test
  void beforeNeedNotBeARunThatThereIs() throws Exception {
    putReport(id(1));
    putReport(id(3));

    assertThat(ids(json.readTree(api.get("/runs?before=" + id(2)).body()))).containsExactly(id(1));
  }

  @Test
  void readsEachReportOnce() throws Exception {
    putReport(id(1));
    putReport(id(2));
    api.get("/runs");
    cloud.forgetRequests();

    api.get("/runs");

    assertThat(asked()).allMatch(request -> request.startsWith("S3 GET covid-data?"));
  }

  @Test
  void readsAReportAgainThatWasWrittenAgain() throws Exception {
    putReport(RUN);
    api.get("/runs");
    put("runs/" + RUN + ".json", REPORT.formatted(RUN).replace("\"added\": 3", "\"added\": 4"));

    assertThat(api.get("/runs").body()).contains("\"added\":4");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{\"id\": nonsense",
        "null",
        "[]",
        "{}",
        "{\"id\": \"%s\"}",
        "{\"id\": \"%s\", \"trigger\": \"schedule\", \"startedAt\": \"2026-11-22T21:00:00Z\","
            + " \"status\": \"succeeded\"}",
        "{\"id\": \"%s\", \"trigger\": \"schedule\", \"status\": \"succeeded\", \"feeds\": []}",
        "{\"id\": \"%s\", \"startedAt\": \"2026-11-22T21:00:00Z\", \"status\": \"failed\","
            + " \"feeds\": []}",
        "{\"id\": \"%s\", \"trigger\": \"schedule\", \"startedAt\": \"2026-11-22T21:00:00Z\","
            + " \"status\": \"succeeded\", \"feeds\": [{}]}",
        "{\"id\": \"%s\", \"trigger\": \"schedule\", \"startedAt\": \"2026-11-22T21:00:00Z\","
            + " \"status\": \"unheard of\", \"feeds\": []}",
        "{\"id\": \"2026-11-22T22-00-00Z-7f3a\", \"trigger\": \"schedule\","
            + " \"startedAt\": \"2026-11-22T21:00:00Z\", \"status\": \"failed\", \"feeds\": []}",
      })
  void aReportThatCannotBeReadIsALineThatSaysSo(String report) throws Exception {
    String older = "2026-11-21T21-00-00Z-0001";
    putReport(older);
    put("runs/" + RUN + ".json", report.formatted(RUN));

    HttpResponse<String> runs = api.get("/runs");

    assertThat(runs.statusCode()).isEqualTo(200);
    assertThat(runs.body())
        .isEqualTo("{\"runs\":[" + UNREADABLE.formatted(RUN) + "," + LINE.formatted(older) + "]}");
  }

  @Test
  void aReportThatIsFarTooLongIsALineThatSaysSo() throws Exception {
    put("runs/" + RUN + ".json", " ".repeat(16_000_001));

    assertThat(api.get("/runs").body()).isEqualTo("{\"runs\":[" + UNREADABLE.formatted(RUN) + "]}");
  }

  @Test
  void aReportThatIsGoneSinceItWasListedIsALineThatSaysSo() throws Exception {
    String gone = "2026-11-22T21-00-00Z-dead";
    putReport(gone);
    String key = "runs/" + gone + ".json";
    cloud.intercept(
        call -> {
          if (call.operation().equals("GET covid-data/" + key)) {
            cloud.s3Client().deleteObject(delete -> delete.bucket(cloud.bucket()).key(key));
          }
          return Fault.none();
        });

    assertThat(api.get("/runs").body()).isEqualTo("{\"runs\":[" + GONE.formatted(gone) + "]}");
  }

  @Test
  void foreignObjectsAmongTheReportsAreNamedInTheLogOnce() throws Exception {
    put("runs/", "");
    put("runs/notes.txt", "{}");
    put("runs/" + RUN + ".json", "nonsense");
    try (LogLines log = new LogLines()) {
      api.get("/runs");
      api.get("/runs");

      assertThat(log.texts())
          .containsExactlyInAnyOrder(
              "The object runs/notes.txt in the bucket covid-data is not the report of a run:"
                  + " remove it.",
              "The object runs/%s.json in the bucket covid-data is not the report of a run: remove it."
                  .formatted(RUN));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "runs/notes.txt",
        "runs/2026-13-45T99-99-99Z-7f3a.json",
        "runs/2026-11-22T21-00-00Z-XXXX.json",
        "runs/old/2026-11-22T21-00-00Z-7f3b.json"
      })
  void whatElseLiesAmongTheReportsIsNoRun(String key) throws Exception {
    putReport(RUN);
    put(key, "{}");

    assertThat(api.get("/runs").body()).isEqualTo("{\"runs\":[" + LINE.formatted(RUN) + "]}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "limit=0                      | limit  | 0   | a whole number from 1 to 100",
        "limit=101                    | limit  | 101 | a whole number from 1 to 100",
        "limit=-1                     | limit  | -1  | a whole number from 1 to 100",
        "limit=1.5                    | limit  | 1.5 | a whole number from 1 to 100",
        "limit=007                    | limit  | 007 | a whole number from 1 to 100",
        "limit=                       | limit  | ''  | a whole number from 1 to 100",
        "limit=1&limit=2              | limit  | 1, 2 | given once at the most",
        "before=yesterday             | before | yesterday"
            + " | the id of a run, as 2026-11-22T21-00-00Z-7f3a",
        "before=                      | before | ''"
            + " | the id of a run, as 2026-11-22T21-00-00Z-7f3a",
        "before=../CovidData          | before | ../CovidData"
            + " | the id of a run, as 2026-11-22T21-00-00Z-7f3a",
      })
  void saysWhichParameterIsWrong(String query, String parameter, String value, String allowed)
      throws Exception {
    HttpResponse<String> answer = api.get("/runs?" + query);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body())
        .isEqualTo(
            ("{\"type\":\"about:blank\",\"title\":\"Bad Request\",\"status\":400,"
                    + "\"detail\":\"Parameter '%s' is '%s'; it must be %s.\","
                    + "\"allowed\":\"%s\",\"parameter\":\"%s\"}")
                .formatted(parameter, value, allowed, allowed, parameter));
  }

  @Test
  void knowsNoOtherParameters() throws Exception {
    assertThat(api.get("/runs?page=2").body())
        .isEqualTo(
            "{\"type\":\"about:blank\",\"title\":\"Bad Request\",\"status\":400,"
                + "\"detail\":\"There is no parameter 'page'; there are before, limit.\","
                + "\"allowed\":\"before, limit\",\"parameter\":\"page\"}");
  }

  // --- /runs/{id}

  @Test
  void aReportIsGivenAsItIsInTheBucket() throws Exception {
    RunReport report = api.application().run();

    HttpResponse<String> answer = api.get("/runs/" + report.id());

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(Api.header(answer, "Content-Type")).isEqualTo("application/json");
    assertThat(cloud.object("runs/" + report.id() + ".json")).contains(answer.body());
    assertThat(answer.body()).contains("\"status\" : \"succeeded\"");
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-22T21-00-00Z-7f3b, 2026-11-22T21-00-00Z-7f3b",
    "2026-11-22T21-00-00Z-7F3A, 2026-11-22T21-00-00Z-7F3A",
    "2026-11-22T21-00-00Z-7f3a.json, 2026-11-22T21-00-00Z-7f3a.json",
    "latest, latest",
    "a%20b, a b",
    "a+b, a+b",
    "CovidData.csv, CovidData.csv",
    "2026-13-45T99-99-99Z-7f3a, 2026-13-45T99-99-99Z-7f3a",
    "..%2fCovidData.csv, ../CovidData.csv",
    "%2e%2e%2fCovidData.csv, ../CovidData.csv",
    "..%5cCovidData.csv, ..\\\\CovidData.csv",
    "%252e%252e%252fCovidData.csv, %2e%2e%2fCovidData.csv",
    "x%2f2026-11-22T21-00-00Z-7f3a, x/2026-11-22T21-00-00Z-7f3a",
    "..%2fruns%2f2026-11-22T21-00-00Z-7f3a, ../runs/2026-11-22T21-00-00Z-7f3a",
    "%00, \\u0000",
    "%3Cscript%3E, <script>",
  })
  void thereIsNoOtherRun(String path, String name) throws Exception {
    putReport(RUN);
    put("CovidData.csv", SET);
    put("2026-11-22T21-00-00Z-7f3b.json", "not a report");

    String answer = api.rawGet("/runs/" + path);

    assertThat(answer)
        .startsWith("HTTP/1.1 404 Not Found\r\n")
        .endsWith(
            ("\r\n\r\n{\"type\":\"about:blank\",\"title\":\"Not Found\",\"status\":404,"
                    + "\"detail\":\"There is no run '%s'; /runs lists them.\"}")
                .formatted(name));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/runs/../open-runs/2026-11-22T21-00-00Z-7f3b",
        "/runs/%2e%2e/open-runs/2026-11-22T21-00-00Z-7f3b",
        "/runs/./../open-runs/2026-11-22T21-00-00Z-7f3b.json",
        "/runs//../../open-runs/2026-11-22T21-00-00Z-7f3b.json",
        "/open-runs/2026-11-22T21-00-00Z-7f3b",
        "/runs/2026-11-22T21-00-00Z-7f3b",
      })
  void noPathLeadsToOtherObjectsOfTheBucket(String path) throws Exception {
    put("open-runs/2026-11-22T21-00-00Z-7f3b.json", "{\"secret\": true}");

    assertThat(api.rawGet(path)).startsWith("HTTP/1.1 404 ").doesNotContain("secret");
  }

  @Test
  void aReportThatIsNoJsonIsGivenAsItIsAllTheSame() throws Exception {
    put("runs/" + RUN + ".json", "nonsense");

    assertThat(api.get("/runs/" + RUN).body()).isEqualTo("nonsense");
  }

  /** Has S3 say of the report that it was written long ago, as often as it is asked. */
  private void putReportOfLongAgo() {
    cloud.intercept(
        call ->
            call.operation().equals(OLD_REPORT)
                ? Fault.answer(
                    200,
                    Map.of("ETag", "\"old\"", "Last-Modified", "Sun, 22 Nov 2020 21:00:10 GMT"),
                    REPORT.formatted(RUN))
                : Fault.none());
  }

  @Test
  void aReportThatWasWrittenLongAgoIsReadOnce() throws Exception {
    putReportOfLongAgo();
    try (Api fresh = another("http.refresh", "1ms")) {
      String first = fresh.get("/runs/" + RUN).body();
      cloud.intercept(s3Away());

      HttpResponse<String> again = fresh.get("/runs/" + RUN);

      assertThat(first).isEqualTo(REPORT.formatted(RUN));
      assertThat(again.statusCode()).isEqualTo(200);
      assertThat(again.body()).isEqualTo(first);
      assertThat(Api.header(again, "Warning")).isEmpty();
      assertThat(s3(OLD_REPORT)).isEqualTo(1);
    }
  }

  @Test
  void idsThatLeadToNothingDoNotPushOutReportsInMemory() throws Exception {
    putReportOfLongAgo();
    try (Api fresh = another("http.refresh", "1ms")) {
      fresh.get("/runs/" + RUN);
      for (int number = 0; number < 200; number++) {
        assertThat(fresh.get("/runs/" + id(number)).statusCode()).isEqualTo(404);
      }

      fresh.get("/runs/" + RUN);

      assertThat(s3(OLD_REPORT)).isEqualTo(1);
    }
  }

  @Test
  void aReportThatIsWrittenAgainShowsAtTheNextRefresh() throws Exception {
    putReport(RUN);
    assertThat(api.get("/runs/" + RUN).body()).contains("\"added\": 3");
    put("runs/" + RUN + ".json", REPORT.formatted(RUN).replace("\"added\": 3", "\"added\": 4"));

    assertThat(api.get("/runs/" + RUN).body()).contains("\"added\": 4");
  }

  @Test
  void aReportIsReadOnceInARefreshHoweverManyAskForIt() throws Exception {
    putReport(RUN);
    try (Api fresh = another("http.refresh", "1h")) {
      for (int i = 0; i < 5; i++) {
        assertThat(fresh.get("/runs/" + RUN).statusCode()).isEqualTo(200);
      }

      assertThat(asked()).containsExactly("S3 " + OLD_REPORT);
    }
  }

  @Test
  void aReportThatIsRemovedIsGone() throws Exception {
    putReport(RUN);
    assertThat(api.get("/runs/" + RUN).statusCode()).isEqualTo(200);
    cloud
        .s3Client()
        .deleteObject(delete -> delete.bucket(cloud.bucket()).key("runs/" + RUN + ".json"));

    assertThat(api.get("/runs/" + RUN).statusCode()).isEqualTo(404);
  }
}
