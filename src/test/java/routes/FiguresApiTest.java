package routes;

import static org.assertj.core.api.Assertions.assertThat;

import app.TestApplication;
import java.net.http.HttpResponse;
import local.LocalCloud;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Totals, series and file, as they follow from the set in the bucket. */
class FiguresApiTest extends ApiTestBase {
  /** Two weeks and a bit around the end of a month; recovered is given until 2 March. */
  private static final String LONGER =
      """
      Date,Cases,Deaths,Country,Recovered
      2020-02-27,10,0,US,1
      2020-02-28,20,1,US,1
      2020-03-01,40,1,US,2
      2020-03-02,50,2,US,4
      2020-03-03,70,3,US,0
      2020-03-10,90,5,US,0
      """;

  FiguresApiTest(LocalCloud cloud) {
    super(cloud);
  }

  // --- /totals

  @Test
  void totalsAreTheLatestFiguresOfARun() throws Exception {
    api.application().run();

    HttpResponse<String> totals = api.get("/totals");

    assertThat(totals.statusCode()).isEqualTo(200);
    assertThat(Api.header(totals, "Content-Type")).isEqualTo("application/json");
    assertThat(totals.body())
        .isEqualTo(
            totals(
                "{\"value\":5,\"asOf\":\"2020-01-24\"}",
                "{\"value\":1,\"asOf\":\"2020-01-24\"}",
                "{\"value\":2,\"asOf\":\"2020-01-24\"}"));
  }

  @Test
  void aMetricThatTheSourceDroppedKeepsItsLastReportedFigure() throws Exception {
    put(
        "CovidData.csv",
        """
        Date,Cases,Deaths,Country,Recovered
        2020-01-22,1,0,US,7
        2020-01-23,2,1,US,0
        2020-01-24,5,1,US,0
        """);

    assertThat(api.get("/totals").body())
        .isEqualTo(
            totals(
                "{\"value\":5,\"asOf\":\"2020-01-24\"}",
                "{\"value\":1,\"asOf\":\"2020-01-24\"}",
                "{\"value\":7,\"asOf\":\"2020-01-22\",\"discontinued\":true}"));
  }

  @Test
  void aMetricThatNeverWasPositiveIsZeroAndNotDropped() throws Exception {
    TestApplication.nyt(
        feeds, "date,cases,deaths\n2020-01-22,1,0\n2020-01-23,2,0\n2020-01-24,5,0\n");
    api.application().run();

    assertThat(api.get("/totals").body())
        .isEqualTo(
            totals(
                "{\"value\":5,\"asOf\":\"2020-01-24\"}",
                "{\"value\":0,\"asOf\":\"2020-01-24\"}",
                "{\"value\":2,\"asOf\":\"2020-01-24\"}"));
  }

  private String totals(String cases, String deaths, String recovered) {
    return ("{\"country\":\"US\",\"cases\":%s,\"deaths\":%s,\"recovered\":%s,"
            + "\"updatedAt\":\"%s\",\"chart\":\"chart.png\",\"csv\":\"CovidData.csv\"}")
        .formatted(cases, deaths, recovered, lastModified("CovidData.csv"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/totals", "/days", "/chart.png", "/chart.svg", "/CovidData.csv"})
  void thereIsNothingBeforeTheFirstRun(String path) throws Exception {
    HttpResponse<String> answer = api.get(path);

    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(Api.header(answer, "Retry-After")).isEqualTo("60");
    assertThat(Api.header(answer, "Content-Type")).isEqualTo(Api.PROBLEM);
    assertThat(answer.body())
        .isEqualTo(
            "{\"type\":\"urn:problem-type:no-set-yet\",\"title\":\"No data yet\",\"status\":503,"
                + "\"detail\":\"Nothing has been archived yet:"
                + " wait for the first run to finish.\"}");
  }

  /** Not with the totals, which are as version 0.1 had them. */
  @Test
  void whatIsKnownOfTheFiguresIsWithThePlaces() throws Exception {
    put("CovidData.csv", SET);

    assertThat(api.get("/places").body())
        .contains(",\"known\":[{\"date\":\"2020-04-14\",\"text\":\"The C.D.C. ");
    assertThat(api.get("/totals").body()).doesNotContain("known");
  }

  // --- /days

  @Test
  void daysAreTheWholeSeriesWithItsChanges() throws Exception {
    put("CovidData.csv", SET);

    HttpResponse<String> days = api.get("/days");

    assertThat(days.statusCode()).isEqualTo(200);
    assertThat(Api.header(days, "Content-Type")).isEqualTo("application/json");
    assertThat(days.body())
        .isEqualTo(
            "{\"country\":\"US\",\"interval\":\"day\",\"periods\":["
                + "{\"date\":\"2020-01-22\",\"cases\":1,\"deaths\":0,\"recovered\":0,"
                + "\"newCases\":null,\"newDeaths\":null,\"newRecovered\":null},"
                + "{\"date\":\"2020-01-23\",\"cases\":2,\"deaths\":1,\"recovered\":1,"
                + "\"newCases\":1,\"newDeaths\":1,\"newRecovered\":1},"
                + "{\"date\":\"2020-01-24\",\"cases\":5,\"deaths\":1,\"recovered\":2,"
                + "\"newCases\":3,\"newDeaths\":0,\"newRecovered\":1}]}");
  }

  @Test
  void daysMayBeCsv() throws Exception {
    put("CovidData.csv", SET);

    HttpResponse<String> days = api.get("/days?format=csv");

    assertThat(days.statusCode()).isEqualTo(200);
    assertThat(Api.header(days, "Content-Type")).isEqualTo("text/csv; charset=utf-8");
    assertThat(days.body())
        .isEqualTo(
            """
            Date,Cases,Deaths,Recovered,NewCases,NewDeaths,NewRecovered
            2020-01-22,1,0,0,,,
            2020-01-23,2,1,1,1,1,1
            2020-01-24,5,1,2,3,0,1
            """);
  }

  @Test
  void weeksEndOnSundayOrWithTheLastDayThereIs() throws Exception {
    put("CovidData.csv", LONGER);

    assertThat(api.get("/days?interval=week&format=csv").body())
        .isEqualTo(
            """
            Date,Cases,Deaths,Recovered,NewCases,NewDeaths,NewRecovered
            2020-03-01,40,1,2,,,
            2020-03-03,70,3,4,30,2,2
            2020-03-10,90,5,,20,2,
            """);
  }

  @Test
  void monthsAreCutAtTheDaysAskedFor() throws Exception {
    put("CovidData.csv", LONGER);

    HttpResponse<String> months = api.get("/days?interval=month&from=2020-02-28&to=2020-03-09");

    assertThat(months.body())
        .isEqualTo(
            "{\"country\":\"US\",\"interval\":\"month\",\"periods\":["
                + "{\"date\":\"2020-02-28\",\"cases\":20,\"deaths\":1,\"recovered\":1,"
                + "\"newCases\":10,\"newDeaths\":1,\"newRecovered\":0},"
                + "{\"date\":\"2020-03-03\",\"cases\":70,\"deaths\":3,\"recovered\":4,"
                + "\"newCases\":50,\"newDeaths\":2,\"newRecovered\":3}]}");
  }

  @ParameterizedTest
  @CsvSource({
    "from=2020-03-03,                 2020-03-03 2020-03-10",
    "to=2020-02-28,                   2020-02-27 2020-02-28",
    "from=2020-03-02&to=2020-03-02,   2020-03-02",
    "from=2020-02-29&to=2020-02-29,   ''",
    "from=2021-01-01,                 ''",
    "to=2019-12-31,                   ''",
    "from=0001-01-01&to=9999-12-31&interval=day&format=json, 2020-02-27 2020-02-28 2020-03-01"
        + " 2020-03-02 2020-03-03 2020-03-10",
  })
  void daysAreFromTheFirstToTheLastAskedFor(String query, String dates) throws Exception {
    put("CovidData.csv", LONGER);

    String days = api.get("/days?format=csv&" + query.replace("&format=json", "")).body();

    assertThat(String.join(" ", days.lines().skip(1).map(line -> line.substring(0, 10)).toList()))
        .isEqualTo(dates);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "*/*                                         | application/json",
        "application/json                            | application/json",
        "text/csv                                    | text/csv; charset=utf-8",
        "text/*                                      | text/csv; charset=utf-8",
        "text/csv;q=0.5, application/json            | application/json",
        "text/csv;q=0.5, application/json;q=0.4      | text/csv; charset=utf-8",
        "application/json;q=0.1, text/csv;q=0.9      | text/csv; charset=utf-8",
        "text/html, text/csv;q=0.2, */*;q=0.1        | text/csv; charset=utf-8",
        "text/html, */*;q=0.1                        | application/json",
        "text/csv;q=0, */*;q=0.1                     | application/json",
        "text/csv; Q=0.000, application/json;q=0.1   | application/json",
        "text/csv;q=0.001                            | text/csv; charset=utf-8",
      })
  void daysAreWhatTheReaderPrefers(String accept, String type) throws Exception {
    put("CovidData.csv", SET);

    HttpResponse<String> days = api.get("/days", "Accept", accept);

    assertThat(days.statusCode()).isEqualTo(200);
    assertThat(Api.header(days, "Content-Type")).isEqualTo(type);
    assertThat(days.body()).startsWith(type.startsWith("text/csv") ? "Date,Cases" : "{\"country\"");
  }

  @ParameterizedTest
  @CsvSource({
    "json, text/csv,         application/json",
    "csv,  application/json, text/csv; charset=utf-8",
    "csv,  text/html,        text/csv; charset=utf-8",
    "json, text/html,        application/json",
    "csv,  text/csv;q=0,     text/csv; charset=utf-8",
  })
  void theParameterFormatGoesBeforeWhatTheReaderPrefers(String format, String accept, String type)
      throws Exception {
    put("CovidData.csv", SET);

    HttpResponse<String> days = api.get("/days?format=" + format, "Accept", accept);

    assertThat(days.statusCode()).isEqualTo(200);
    assertThat(Api.header(days, "Content-Type")).isEqualTo(type);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "form=2020-01-22 | form | asOf, format, from, interval, to |"
            + " There is no parameter 'form'; there are asOf, format, from, interval, to.",
        "asof=2026-11-22 | asof | asOf, format, from, interval, to |"
            + " There is no parameter 'asof', did you mean 'asOf'? There are asOf, format, from, interval, to.",
        "from=22.01.2020 | from | a day, as 2020-01-22 |"
            + " Parameter 'from' is '22.01.2020'; it must be a day, as 2020-01-22.",
        "from=2020-02-30 | from | a day, as 2020-01-22 |"
            + " Parameter 'from' is '2020-02-30'; it must be a day, as 2020-01-22.",
        "from= | from | a day, as 2020-01-22 |"
            + " Parameter 'from' is ''; it must be a day, as 2020-01-22.",
        "from=%2B12020-01-01 | from | a day, as 2020-01-22 |"
            + " Parameter 'from' is '+12020-01-01'; it must be a day, as 2020-01-22.",
        "to=-0001-01-01 | to | a day, as 2020-01-22 |"
            + " Parameter 'to' is '-0001-01-01'; it must be a day, as 2020-01-22.",
        "to=tomorrow | to | a day, as 2020-01-22 |"
            + " Parameter 'to' is 'tomorrow'; it must be a day, as 2020-01-22.",
        "from=2020-01-24&to=2020-01-23 | from | a day that is not after 2020-01-23 |"
            + " Parameter 'from' is '2020-01-24'; it must be a day that is not after 2020-01-23.",
        "interval=year | interval | one of day, week, month |"
            + " Parameter 'interval' is 'year'; it must be one of day, week, month.",
        "interval=DAY | interval | one of day, week, month |"
            + " Parameter 'interval' is 'DAY'; it must be one of day, week, month.",
        "format=xml | format | one of json, csv |"
            + " Parameter 'format' is 'xml'; it must be one of json, csv.",
        "to=2020-01-22&to=2020-01-23 | to | given once at the most |"
            + " Parameter 'to' is '2020-01-22, 2020-01-23'; it must be given once at the most.",
      })
  void saysWhichParameterIsWrongAndWhatIsAllowed(
      String query, String parameter, String allowed, String detail) throws Exception {
    put("CovidData.csv", SET);

    HttpResponse<String> answer = api.get("/days?" + query);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(Api.header(answer, "Content-Type")).isEqualTo(Api.PROBLEM);
    assertThat(answer.body())
        .isEqualTo(
            ("{\"type\":\"about:blank\",\"title\":\"Bad Request\",\"status\":400,"
                    + "\"detail\":\"%s\",\"allowed\":\"%s\",\"parameter\":\"%s\"}")
                .formatted(detail, allowed, parameter));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/totals", "/chart.png", "/chart.svg", "/CovidData.csv"})
  void aPathOfFiguresRefusesOtherParametersThanItsOwn(String path) throws Exception {
    put("CovidData.csv", SET);

    HttpResponse<String> answer = api.get(path + "?country=DE");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body())
        .isEqualTo(
            "{\"type\":\"about:blank\",\"title\":\"Bad Request\",\"status\":400,"
                + "\"detail\":\"There is no parameter 'country'; there are asOf.\","
                + "\"allowed\":\"asOf\",\"parameter\":\"country\"}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/runs/2026-11-22T21-00-00Z-7f3a",
        "/versions/2026-11-22T21-00-00Z-7f3a9c01",
        "/openapi.json"
      })
  void aPathWithoutParametersRefusesThem(String path) throws Exception {
    put("CovidData.csv", SET);

    HttpResponse<String> answer = api.get(path + "?country=DE");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body())
        .isEqualTo(
            "{\"type\":\"about:blank\",\"title\":\"Bad Request\",\"status\":400,"
                + "\"detail\":\"There is no parameter 'country'; this path has none.\","
                + "\"parameter\":\"country\"}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/assets/app.js"})
  void thePageMayBeAskedForWithAnyParameters(String path) throws Exception {
    put("CovidData.csv", SET);

    assertThat(api.get(path + "?version=2").statusCode()).isEqualTo(200);
    // A picture of the set before may still be there at first.
    until(() -> api.get(path + "?version=2").body().equals(api.get(path).body()));
  }

  // --- /CovidData.csv

  @Test
  void theFileIsTheObjectInTheBucket() throws Exception {
    api.application().run();

    HttpResponse<String> file = api.get("/CovidData.csv");

    assertThat(file.statusCode()).isEqualTo(200);
    assertThat(Api.header(file, "Content-Type")).isEqualTo("text/csv; charset=utf-8");
    assertThat(cloud.object("CovidData.csv")).contains(file.body());
    assertThat(file.body()).isEqualTo(SET);
    assertThat(Api.header(file, "ETag")).isEqualTo("W/" + s3ETag());
  }

  private String s3ETag() {
    return cloud
        .s3Client()
        .headObject(head -> head.bucket(cloud.bucket()).key("CovidData.csv"))
        .eTag();
  }

  @ParameterizedTest
  @ValueSource(strings = {"%s", "W/%s", "*", "\"a\", %s", "\"a\",W/\"b\",W/%s", "  %s  "})
  void isNotSentAgainToWhoHasIt(String tags) throws Exception {
    put("CovidData.csv", SET);

    HttpResponse<String> answer =
        api.get("/CovidData.csv", "If-None-Match", tags.formatted(s3ETag()));

    assertThat(answer.statusCode()).isEqualTo(304);
    assertThat(answer.body()).isEmpty();
    assertThat(Api.header(answer, "ETag")).isEqualTo("W/" + s3ETag());
  }

  @Test
  void isNotSentAgainToWhoNamesItInASecondHeader() throws Exception {
    put("CovidData.csv", SET);

    assertThat(
            api.get("/CovidData.csv", "If-None-Match", "\"a\"", "If-None-Match", s3ETag())
                .statusCode())
        .isEqualTo(304);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"a\"", "W/\"a\", \"b\"", "", "nonsense"})
  void isSentToWhoHasAnotherState(String tags) throws Exception {
    put("CovidData.csv", SET);

    HttpResponse<String> answer = api.get("/CovidData.csv", "If-None-Match", tags);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo(SET);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/totals", "/days?format=csv", "/chart.svg", "/chart.png"})
  void everyAnswerHasATagThatChangesWithTheSet(String path) throws Exception {
    put("CovidData.csv", SET);
    String before = Api.header(api.bytes(path), "ETag");
    assertThat(api.bytes(path, "If-None-Match", before).statusCode()).isEqualTo(304);

    put("CovidData.csv", LONGER);
    HttpResponse<byte[]> after = api.bytes(path, "If-None-Match", before);

    assertThat(before).matches("W/\"[0-9a-f]{24}\"");
    assertThat(after.statusCode()).isEqualTo(200);
    assertThat(Api.header(after, "ETag")).isNotEqualTo(before);
  }
}
