package routes;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import app.TestApplication;
import aws.BucketKeys;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import local.LocalCloud;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import versions.Version;

/** The figures of one place as of earlier versions; days end at midnight in New York. */
class AsOfApiTest extends ApiTestBase {
  static final String HEADER = "Date,Cases,Deaths,Country,Recovered\n";

  /** The first version, a day more, a revised day, and one that is gone. */
  static final List<String> SETS =
      List.of(
          HEADER + "2020-01-22,1,0,US,0\n2020-01-23,2,1,US,1\n",
          HEADER + "2020-01-22,1,0,US,0\n2020-01-23,2,1,US,1\n2020-01-24,5,1,US,2\n",
          HEADER + "2020-01-22,1,0,US,0\n2020-01-23,3,1,US,1\n2020-01-24,5,1,US,2\n",
          HEADER + "2020-01-22,1,0,US,0\n2020-01-24,5,1,US,2\n",
          HEADER + "2020-01-22,1,0,US,0\n2020-01-24,5,1,US,2\n2020-01-25,9,2,US,3\n");

  /** In New York, the fourth one is of the day before, as it is five hours behind. */
  static final List<String> TIMES =
      List.of(
          "2026-11-20T12:00:00Z",
          "2026-11-21T12:00:00Z",
          "2026-11-22T12:00:00Z",
          "2026-11-23T04:59:59Z",
          "2026-11-23T05:00:00Z");

  private static final List<String> PATHS =
      List.of(
          "/totals",
          "/days",
          "/days?format=csv",
          "/days?interval=month&from=2020-01-23",
          "/places",
          "/CovidData.csv",
          "/chart.png",
          "/chart.svg");

  private final List<Version> versions = new ArrayList<>();
  private VersionPublisher publisher;

  AsOfApiTest(LocalCloud cloud) {
    super(cloud, "http.refresh", "1ms", "schedule.zone", "America/New_York");
  }

  @BeforeEach
  void beginAnew() {
    versions.clear();
    publisher = new VersionPublisher(cloud, "", 2);
  }

  private void publishAll() throws Exception {
    for (int i = 0; i < SETS.size(); i++) {
      versions.add(publisher.publish(TIMES.get(i), SETS.get(i)));
    }
  }

  static String asOf(String path, String asOf) {
    return path + (path.contains("?") ? "&" : "?") + "asOf=" + asOf;
  }

  /** An answer without the time of its publication, which is another by what is promised. */
  static String content(HttpResponse<byte[]> answer) {
    return new String(answer.body(), ISO_8859_1).replaceAll("\"updatedAt\":\"[^\"]*\"", "");
  }

  private String detail(String path) throws Exception {
    return new ObjectMapper().readTree(api.get(path).body()).get("detail").asText();
  }

  @Test
  void everyAnswerIsTheOneThatWasGivenWhenTheVersionWasTheCurrentOne() throws Exception {
    List<Map<String, String>> given = new ArrayList<>();
    for (int i = 0; i < SETS.size(); i++) {
      versions.add(publisher.publish(TIMES.get(i), SETS.get(i)));
      Map<String, String> answers = new HashMap<>();
      for (String path : PATHS) {
        answers.put(path, content(api.bytes(path)));
      }
      given.add(answers);
    }

    for (int i = 0; i < SETS.size(); i++) {
      for (String path : PATHS) {
        for (String asOf : List.of(versions.get(i).id(), TIMES.get(i))) {
          HttpResponse<byte[]> answer = api.bytes(asOf(path, asOf));
          assertThat(answer.statusCode()).as(asOf(path, asOf)).isEqualTo(200);
          assertThat(content(answer)).as(asOf(path, asOf)).isEqualTo(given.get(i).get(path));
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-20T12:00:00Z,            0",
    "2026-11-21T11:59:59.999Z,        0",
    "2026-11-21T12:00Z,               1",
    "2026-11-21T13:00:00%2B01:00,     1",
    "2026-11-21T13:00:00+01:00,       1",
    "2026-11-21T06:59:59-05:00,       0",
    "2999-01-01T00:00:00Z,            4",
    // The end of a day in New York is five in the morning in London.
    "2026-11-20,                      0",
    "2026-11-21,                      1",
    "2026-11-22,                      3",
    "2026-11-23,                      4",
    "9999-12-31,                      4",
  })
  void aMomentOrTheEndOfADayIsOfTheVersionThatWasTheCurrentOne(String asOf, int version)
      throws Exception {
    publishAll();

    assertThat(api.get("/CovidData.csv?asOf=" + asOf).body()).isEqualTo(SETS.get(version));
  }

  @Test
  void aRunIsOfTheVersionThatItPublished() throws Exception {
    publishAll();
    Version version = versions.get(1);
    report(RUN, "\"archive\": {\"version\": \"%s\"}, ".formatted(version.id()));

    HttpResponse<String> answer = api.get("/days?format=csv&asOf=" + RUN);

    assertThat(answer.body())
        .isEqualTo(api.get("/days?format=csv&asOf=" + version.id()).body())
        .contains("2020-01-23,2,1,1");
    assertThat(Api.header(answer, "Cache-Control"))
        .isEqualTo("public, max-age=31536000, immutable");
  }

  @Test
  void whatARunPublishedCanBeAskedForAfterTheNextOne() throws Exception {
    String first = api.application().run().id();
    String set = api.get("/CovidData.csv").body();
    String days = api.get("/days").body();
    TestApplication.nyt(feeds, TestApplication.NYT.replace("2020-01-24,5,1", "2020-01-24,6,1"));
    String second = api.application().run().id();
    String unchanged = api.application().run().id();

    assertThat(api.get("/CovidData.csv?asOf=" + first).body()).isEqualTo(set);
    assertThat(api.get("/days?asOf=" + first).body()).isEqualTo(days);
    assertThat(api.get("/CovidData.csv?asOf=" + second).body())
        .isEqualTo(set.replace("2020-01-24,5,1", "2020-01-24,6,1"))
        .isEqualTo(api.get("/CovidData.csv?asOf=" + unchanged).body())
        .isEqualTo(api.get("/CovidData.csv").body());
    JsonNode runs = new ObjectMapper().readTree(api.get("/versions").body()).get("versions");
    assertThat(runs.findValuesAsText("run")).containsExactly(second, first);
    assertThat(api.get("/diff?from=" + first).body())
        .contains(
            "\"kind\":\"revised\",\"before\":{\"cases\":5,\"deaths\":1,\"recovered\":2},"
                + "\"after\":{\"cases\":6,\"deaths\":1,\"recovered\":2}");
  }

  private void report(String run, String archive) {
    put("runs/" + run + ".json", REPORT.formatted(run).replaceFirst("\"trigger\"", archive + "$0"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\"archive\": {\"rows\": 3}, "})
  void aRunWithoutAVersionIsToBeAskedForByItsTime(String archive) throws Exception {
    publishAll();
    report(RUN, archive);

    HttpResponse<String> answer = api.get("/totals?asOf=" + RUN);

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(detail("/totals?asOf=" + RUN))
        .isEqualTo(
            "The report of run '%s' names no version: it published nothing, or is of an older program. Ask by its time, 2026-11-22T21:00:07Z."
                .formatted(RUN));
  }

  @Test
  void aReportThatIsNoneIsNamed() throws Exception {
    publishAll();
    put("runs/" + RUN + ".json", "nonsense");

    assertThat(api.get("/totals?asOf=" + RUN).statusCode()).isEqualTo(503);
    assertThat(detail("/totals?asOf=" + RUN)).contains("runs/" + RUN + ".json");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2026-11-22T21-00-00Z-7f3a     | There is no run '2026-11-22T21-00-00Z-7f3a'; /runs lists them.",
        "2026-11-22T21-00-00Z-7f3a9c01 | There is no version '2026-11-22T21-00-00Z-7f3a9c01'; /versions lists them.",
        "2026-11-20T11:59:59Z          | There is no version as of 2026-11-20T11:59:59Z; the first one is from 2026-11-20T12:00:00Z.",
        "2026-11-19                    | There is no version as of 2026-11-19; the first one is from 2026-11-20T12:00:00Z.",
      })
  void whatIsUnknownIsNotFound(String asOf, String detail) throws Exception {
    publishAll();

    for (String path : PATHS) {
      assertThat(api.get(asOf(path, asOf)).statusCode()).as(path).isEqualTo(404);
    }
    assertThat(detail("/totals?asOf=" + asOf)).isEqualTo(detail);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "yesterday",
        "2026-11",
        "2026-11-31",
        "20261122",
        "2026-11-22T21:00:00",
        "2026-11-22T25:00:00Z",
        "2026-13-22T21-00-00Z-7f3a9c01",
        "2026-11-22T21-00-00Z-7F3A",
        "2026-11-20&asOf=2026-11-21",
      })
  void anythingElseIsRefusedWithWhatIsAllowed(String asOf) throws Exception {
    publishAll();

    HttpResponse<String> answer = api.get("/totals?asOf=" + asOf);

    assertThat(answer.statusCode()).isEqualTo(400);
    JsonNode problem = new ObjectMapper().readTree(answer.body());
    assertThat(problem.get("parameter").asText()).isEqualTo("asOf");
    assertThat(problem.get("allowed").asText())
        .isEqualTo(
            asOf.contains("&")
                ? "given once at the most"
                : "a moment with its offset from UTC, as 2026-11-22T21:00:00Z, a day, as 2026-11-22,"
                    + " or the id of a version or a run, as /versions and /runs have them");
  }

  // --- Caching

  @ParameterizedTest
  @ValueSource(strings = {"/totals", "/days", "/CovidData.csv", "/chart.png", "/places"})
  void whatIsAskedForByAnIdMayBeKeptForGood(String path) throws Exception {
    publishAll();
    String id = versions.get(0).id();

    HttpResponse<byte[]> byId = api.bytes(asOf(path, id));
    HttpResponse<byte[]> byTime = api.bytes(asOf(path, TIMES.get(0)));

    String etag = Api.header(byId, "ETag");
    assertThat(etag).matches("\"" + id + "-[0-9a-f]{24}\"");
    assertThat(Api.header(byId, "Cache-Control")).isEqualTo("public, max-age=31536000, immutable");
    assertThat(Api.header(byTime, "ETag")).isEqualTo(etag);
    assertThat(Api.header(byTime, "Cache-Control")).isEqualTo("no-cache");
    HttpResponse<byte[]> again = api.bytes(asOf(path, id), "If-None-Match", etag);
    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(Api.header(again, "Cache-Control")).isEqualTo("public, max-age=31536000, immutable");
    assertThat(api.bytes(asOf(path, versions.get(1).id()), "If-None-Match", etag).statusCode())
        .isEqualTo(200);
  }

  @Test
  void thePackedFormHasAnotherTagAsItsBytesAreOthers() throws Exception {
    publishAll();
    String path = "/CovidData.csv?asOf=" + versions.get(0).id();

    HttpResponse<byte[]> packed = api.bytes(path, "Accept-Encoding", "gzip");

    assertThat(Api.header(packed, "Content-Encoding")).isEqualTo("gzip");
    assertThat(Api.header(packed, "ETag")).endsWith("-gzip\"");
    assertThat(api.get(path).body()).isEqualTo(SETS.get(0));
    assertThat(
            api.bytes(path, "Accept-Encoding", "gzip", "If-None-Match", Api.header(packed, "ETag"))
                .statusCode())
        .isEqualTo(304);
  }

  @Test
  void aVersionIsReadOnce() throws Exception {
    publishAll();
    String id = versions.get(0).id();
    api.get("/days?asOf=" + id);
    cloud.forgetRequests();

    api.get("/totals?asOf=" + id);
    api.get("/chart.svg?asOf=" + id);
    api.get("/CovidData.csv?asOf=" + id);

    assertThat(asked()).noneMatch(call -> call.contains(BucketKeys.SERIES) || call.contains(id));
  }

  // --- The list of versions

  @Test
  void theIndexHasWhatTheSetDoesNotName() throws Exception {
    publishAll();

    assertThat(ids(api.get("/versions").body())).isEqualTo(publisher.ids());
    assertThat(cloud.object(BucketKeys.INDEX)).isPresent();
  }

  static List<String> ids(String body) throws Exception {
    return new ObjectMapper().readTree(body).get("versions").findValuesAsText("id");
  }

  @Test
  void aSetOfVersion01HasNoVersions() throws Exception {
    put("CovidData.csv", SET);

    assertThat(api.get("/versions").body()).isEqualTo("{\"versions\":[]}");
    assertThat(api.get("/totals?asOf=2026-11-22").statusCode()).isEqualTo(404);
    assertThat(detail("/totals?asOf=2026-11-22"))
        .isEqualTo("There are no versions yet; the next run keeps the first one.");
  }

  @Test
  void aSetOfVersion01ThatIsPublishedAgainHasVersions() throws Exception {
    put("CovidData.csv", SETS.get(0));
    assertThat(ids(api.get("/versions").body())).isEmpty();

    publisher.publish(TIMES.get(0), SETS.get(0));

    assertThat(ids(api.get("/versions").body())).isEqualTo(publisher.ids());
  }
}
