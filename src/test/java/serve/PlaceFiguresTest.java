package serve;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import covid.ArchivedPlaces;
import covid.Interval;
import covid.Metric;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ForkJoinPool;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import local.LocalCloud;
import local.LocalCloudExtension;
import local.LogLines;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;
import web.Answer;
import web.Json;
import web.ProblemException;
import web.Request;

/** What readers get of a set of many places in the bucket. */
@ExtendWith(LocalCloudExtension.class)
class PlaceFiguresTest {
  /** Recovered is never given of France, and ends in Korea; Atlantis is in no list. */
  private static final String SET =
      """
      Place,Date,Cases,Deaths,Recovered
      Atlantis,2021-01-01,1,0,0
      Atlantis,2021-01-09,5,,1
      France,2021-01-01,652498,0,
      France,2021-01-02,1304997,652498,
      "Korea, South",2021-01-01,10,1,1
      "Korea, South",2021-01-02,20,1,2
      "Korea, South",2021-01-08,80,2,0
      "Korea, South",2021-01-09,94,2,0
      """;

  private final LocalCloud cloud;
  private Interval interval = Interval.DAY;
  private Optional<Duration> stalledAfter = Optional.empty();
  private boolean synthetic;

  PlaceFiguresTest(LocalCloud cloud) {
    this.cloud = cloud;
  }

  private PlaceFigures figures() {
    BucketObjects bucket = new BucketObjects(cloud.s3Client(), cloud.bucket(), "");
    Failures failures = new Failures(failure -> String.valueOf(failure.getMessage()));
    PublishedNames names = new PublishedNames(bucket, failures);
    Json json = new Json();
    Clock clock = Clock.systemUTC();
    PublishedSet<ArchivedPlaces> set =
        new PublishedSet<>(
            bucket, "set.csv", SetForm.places(names), synthetic, clock, Duration.ZERO, failures);
    Manifests manifests = new Manifests(bucket, json, clock, failures);
    return new PlaceFigures(
        set,
        new PublishedVersions(
            new PublishedTimeline(set, bucket, manifests, json, clock, Duration.ZERO, failures),
            manifests,
            new SeriesObjects(
                bucket, clock, failures, new ParallelReads(ForkJoinPool.commonPool())),
            new PublishedReports(bucket, json, clock, Duration.ZERO, failures),
            ZoneOffset.UTC),
        new PlaceListing(
            names,
            List.of(Metric.CASES, Metric.DEATHS, Metric.RECOVERED),
            interval,
            stalledAfter,
            List.of("A source."),
            List.of()),
        new PlaceCharts("A source.", Bulkhead.UNBOUNDED),
        json,
        Bulkhead.UNBOUNDED);
  }

  private void put(String set) {
    put("set.csv", set);
  }

  private void put(String key, String content) {
    cloud
        .s3Client()
        .putObject(put -> put.bucket(cloud.bucket()).key(key), RequestBody.fromString(content));
  }

  private static Request request(String query) {
    QueryStringDecoder uri = new QueryStringDecoder("/any?" + query);
    return new Request(uri.rawPath(), uri.parameters(), "application/json", "", "", "");
  }

  private static String text(Answer answer) {
    return new String(answer.body(), UTF_8);
  }

  private String totals(String query) throws Exception {
    put(SET);
    return text(figures().totals(request(query)))
        .replaceFirst("\"updatedAt\":\"[^\"]*\"", "\"updatedAt\":\"now\"");
  }

  private String days(String query) throws Exception {
    put(SET);
    return text(figures().days(request(query)));
  }

  private String places(String query) throws Exception {
    put(SET);
    return text(figures().places(request(query)));
  }

  // --- /totals

  @Test
  void totalsAreTheLatestFiguresOfAPlace() throws Exception {
    assertThat(totals("place=Korea, South"))
        .isEqualTo(
            "{\"code\":\"Korea, South\",\"name\":\"South Korea\",\"population\":51269183,"
                + "\"measure\":\"total\",\"updatedAt\":\"now\","
                + "\"chart\":\"chart.png?place=Korea%2C+South\","
                + "\"csv\":\"CovidData.csv?place=Korea%2C+South\","
                + "\"cases\":{\"value\":94,\"asOf\":\"2021-01-09\",\"stalled\":false},"
                + "\"deaths\":{\"value\":2,\"asOf\":\"2021-01-09\",\"stalled\":false},"
                + "\"recovered\":{\"value\":2,\"asOf\":\"2021-01-02\",\"stalled\":true}}");
  }

  @Test
  void aMetricThatAPlaceNeverGaveIsAbsent() throws Exception {
    assertThat(totals("place=France&per=100k"))
        .contains(
            "\"per\":\"100k\"",
            "\"cases\":{\"value\":2000,\"asOf\":\"2021-01-02\",\"stalled\":false}",
            "\"deaths\":{\"value\":999.999,\"asOf\"")
        .doesNotContain("recovered");
  }

  // --- /days

  @Test
  void seriesOfPlacesHaveTotalsAndChanges() throws Exception {
    assertThat(days("place=France&to=2021-01-02"))
        .isEqualTo(
            "{\"interval\":\"day\",\"places\":[{\"code\":\"France\",\"name\":\"France\","
                + "\"population\":65249843,\"periods\":["
                + "{\"date\":\"2021-01-01\",\"cases\":652498,\"deaths\":0,\"recovered\":null,"
                + "\"newCases\":null,\"newDeaths\":null,\"newRecovered\":null},"
                + "{\"date\":\"2021-01-02\",\"cases\":1304997,\"deaths\":652498,\"recovered\":null,"
                + "\"newCases\":652499,\"newDeaths\":652498,\"newRecovered\":null}]}]}");
  }

  @Test
  void aWeekIsAveragedByDay() throws Exception {
    assertThat(days("place=Korea, South&measure=average&format=csv"))
        .isEqualTo(
            """
            Place,Date,AverageCases,AverageDeaths,AverageRecovered
            "Korea, South",2021-01-01,,,
            "Korea, South",2021-01-02,,,
            "Korea, South",2021-01-08,10,0.143,
            "Korea, South",2021-01-09,10.571,0.143,
            """);
  }

  @Test
  void figuresArePer100000PersonsAndHaveThreeDigits() throws Exception {
    assertThat(days("place=Korea, South&measure=change&per=100k&format=csv&from=2021-01-08"))
        .isEqualTo(
            """
            Place,Date,NewCases,NewDeaths,NewRecovered
            "Korea, South",2021-01-08,0.117,0.002,
            "Korea, South",2021-01-09,0.027,0,
            """);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "place=France                               | France",
        "place=France,Atlantis                      | France Atlantis",
        "place=Atlantis, France                     | Atlantis France",
        "place=Korea, South                         | \"Korea, South\"",
        "place=Korea, South, France                 | \"Korea, South\" France",
        "place=France,Korea, South,Atlantis         | France \"Korea, South\" Atlantis",
        "place=Atlantis&place=Korea, South          | Atlantis \"Korea, South\"",
        "place=France,France&place=France           | France",
      })
  void placesAreNamedWithCommasOrOneByOne(String query, String places) throws Exception {
    String csv = days(query + "&interval=month&measure=total&format=csv");

    assertThat(csv.lines().skip(1).map(line -> line.replaceFirst(",2021.*", "")))
        .isEqualTo(List.of(places.split(" (?!South)")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Frence        | 'There is no place ''Frence''; the nearest: France. /places lists all.'",
        "france        | 'There is no place ''france''; the nearest: France. /places lists all.'",
        "south korea   | 'There is no place ''south korea''; the nearest: Korea, South (South Korea)."
            + " /places lists all.'",
        "fr            | 'There is no place ''fr''; the nearest: France. /places lists all.'",
        "KR            | 'There is no place ''KR''; the nearest: Korea, South (South Korea)."
            + " /places lists all.'",
        "Lilliput      | 'There is no place ''Lilliput''; /places lists all.'",
        "France,Mu     | 'There is no place ''Mu''; /places lists all.'",
        "''            | 'There is no place ''''; /places lists all.'",
      })
  void anUnknownPlaceIsNotFoundAndTheNearestIsNamed(String place, String detail) {
    assertProblem(404, detail, () -> days("place=" + place));
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 5_000})
  void manyUnknownPlacesAreRefusedAtTheFirst(int places) {
    assertProblem(
        404,
        "There is no place 'x'; /places lists all.",
        () -> days("place=" + "x,".repeat(places)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "place=Atlantis&per=100k | The population of Atlantis is not known: leave out the parameter"
            + " 'per', or these places.",
        "place=France&per=1M | Parameter 'per' is '1M'; it must be one of 100k.",
        "place=France&measure=all | Parameter 'measure' is 'all'; it must be one of total, change,"
            + " average.",
        "place=France&country=DE | There is no parameter 'country'; there are asOf, format, from,"
            + " interval, measure, per, place, to.",
        "interval=day | There are figures of many places: name one with the parameter 'place';"
            + " /places lists them.",
      })
  void saysWhatIsWrong(String query, String detail) {
    assertProblem(400, detail, () -> days(query));
  }

  @Test
  void totalsAreOfOnePlace() {
    assertProblem(
        400,
        "There are figures of many places: name one with the parameter 'place'; /places lists"
            + " them.",
        () -> totals(""));
    assertProblem(
        400,
        "Parameter 'place' is 'France,Atlantis'; it must be one place.",
        () -> totals("place=France,Atlantis"));
  }

  @Test
  void figuresByWeekHaveNoDays() {
    interval = Interval.WEEK;

    assertProblem(
        400,
        "Parameter 'interval' is 'day'; it must be one of week, month.",
        () -> days("place=France&interval=day"));
  }

  private interface Asking {
    void ask() throws Exception;
  }

  private static void assertProblem(int status, String detail, Asking asking) {
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(asking::ask)
        .satisfies(
            problem -> {
              assertThat(problem.problem().detail()).isEqualTo(detail);
              assertThat(problem.problem().status()).isEqualTo(status);
            });
  }

  // --- /places

  private static List<String> codes(String places) {
    return Pattern.compile("\"code\":\"([^\"]*)\"")
        .matcher(places)
        .results()
        .map(match -> match.group(1))
        .toList();
  }

  @Test
  void placesHaveNamesPopulationsAndTheirLatestFigures() throws Exception {
    assertThat(places("limit=1&filter=a&sort=name"))
        .contains(
            "{\"interval\":\"day\",\"metrics\":[\"cases\",\"deaths\",\"recovered\"],\"updatedAt\":",
            "\"credit\":\"Source: A source.\",\"placesCredit\":\"",
            "\"total\":3,"
                + "\"places\":[{\"code\":\"Atlantis\",\"name\":\"Atlantis\","
                + "\"days\":\"days?place=Atlantis\","
                + "\"cases\":{\"value\":5,\"asOf\":\"2021-01-09\",\"stalled\":false},"
                + "\"deaths\":{\"value\":0,\"asOf\":\"2021-01-01\",\"stalled\":false},"
                + "\"recovered\":{\"value\":1,\"asOf\":\"2021-01-09\",\"stalled\":false}}],"
                + "\"next\":\"places?filter=a&sort=name&limit=1&page=2\"}");
    assertThat(places("filter=kor"))
        .contains("\"iso2\":\"KR\",\"iso3\":\"KOR\",\"population\":51269183");
  }

  @Test
  void placesThatAreInNoListHaveTheNamesThatFeedsGive() throws Exception {
    put("places.csv", "Place,Name\nAtlantis,\"Atlantis, sunken\"\nFrance,Gaul\n");

    assertThat(places("filter=sunken"))
        .contains("\"total\":1,", "{\"code\":\"Atlantis\",\"name\":\"Atlantis, sunken\",");
    assertThat(places("")).contains("\"name\":\"France\"").doesNotContain("Gaul");
    assertThat(totals("place=Atlantis")).contains("\"name\":\"Atlantis, sunken\"");
  }

  @Test
  void namesAreReadAgainWithANewSet() throws Exception {
    put(SET);
    PlaceFigures figures = figures();
    assertThat(text(figures.places(request("")))).contains("\"name\":\"Atlantis\"");

    put("places.csv", "Place,Name\nAtlantis,Sunken\n");
    put(SET + "Zembla,2021-01-01,1,0,0\n");
    assertThat(text(figures.places(request("")))).contains("\"name\":\"Sunken\"");

    cloud.s3Client().deleteObject(delete -> delete.bucket(cloud.bucket()).key("places.csv"));
    put(SET);
    assertThat(text(figures.places(request("")))).contains("\"name\":\"Atlantis\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Atlantis,Sunken\n",
        "Place,Name\nAtlantis\n",
        "Place,Name\nAtlantis,\"Sunken\"x\n",
      })
  void figuresAreServedWithoutNamesThatCannotBeRead(String names) throws Exception {
    put("places.csv", names);

    try (LogLines log = new LogLines()) {
      assertThat(places("")).contains("\"name\":\"Atlantis\"");
      assertThat(log.texts())
          .singleElement()
          .isEqualTo(
              "The names of places cannot be read: The object places.csv in the bucket %s is not a"
                      .formatted(cloud.bucket())
                  + " list of names of places: remove it; the next run writes it again.");
    }
  }

  @Test
  void inventedFiguresHaveNoSource() throws Exception {
    synthetic = true;

    assertThat(places(""))
        .contains("\"synthetic\":true", "\"credit\":\"Synthetic: these figures are invented\"");
    assertThat(totals("place=France")).contains("\"synthetic\":true");
    assertThat(days("place=France")).startsWith("{\"synthetic\":true,");
    assertThat(text(figures().svg(request("place=France,Atlantis"))))
        .contains("SYNTHETIC · COVID-19 · Cases")
        .doesNotContain("A source.");
  }

  @Test
  void aMetricThatHasNotChangedForLongHasStalled() throws Exception {
    stalledAfter = Optional.of(Duration.ofDays(6));

    assertThat(places("filter=france"))
        .contains("\"value\":1304997,\"asOf\":\"2021-01-02\",\"stalled\":true");
    assertThat(places("filter=korea"))
        .contains("{\"value\":94,\"asOf\":\"2021-01-09\",\"stalled\":false}")
        .contains("{\"value\":2,\"asOf\":\"2021-01-09\",\"stalled\":false}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                     | Atlantis;France;Korea, South",
        "sort=-code             | Korea, South;France;Atlantis",
        "sort=name              | Atlantis;France;Korea, South",
        "sort=population        | Korea, South;France;Atlantis",
        "sort=-population       | France;Korea, South;Atlantis",
        "sort=-cases            | France;Korea, South;Atlantis",
        "sort=cases             | Atlantis;Korea, South;France",
        "filter=SOUTH korea     | Korea, South",
        "filter=fra             | France",
        "filter=fràñce          | France",
        "filter=kor             | Korea, South",
        "filter=none            | ''",
        "limit=2&page=2         | Korea, South",
        "limit=2&page=3         | ''",
        "limit=1000&page=1000000 | ''",
      })
  void placesCanBeFilteredSortedAndPaged(String query, String codes) throws Exception {
    assertThat(String.join(";", codes(places(query)))).isEqualTo(codes);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "limit=0      | Parameter 'limit' is '0'; it must be a whole number from 1 to 1000.",
        "limit=1001   | Parameter 'limit' is '1001'; it must be a whole number from 1 to 1000.",
        "page=-1      | Parameter 'page' is '-1'; it must be a whole number from 1 to 1000000.",
        "page=9999999999 | Parameter 'page' is '9999999999'; it must be a whole number from 1 to"
            + " 1000000.",
        "sort=size    | Parameter 'sort' is 'size'; it must be one of code, -code, name, -name,"
            + " population, -population, cases, -cases, deaths, -deaths, recovered, -recovered.",
        "filter=a&filter=b | Parameter 'filter' is 'a, b'; it must be given once at the most.",
      })
  void saysHowPlacesCanBeListed(String query, String detail) {
    assertProblem(400, detail, () -> places(query));
  }

  // --- /CovidData.csv

  @Test
  void theWholeSetIsPackedOnceAndAPartOfItIsWritten() throws Exception {
    put(SET);
    PlaceFigures figures = figures();

    Answer all = figures.csv(request(""));
    assertThat(all.packed()).isTrue();
    assertThat(unpacked(all.body())).isEqualTo(SET);
    assertThat(figures.csv(request("")).body()).isSameAs(all.body());
    assertThat(text(figures.csv(request("place=Korea, South,Atlantis"))))
        .isEqualTo(
            """
            Place,Date,Cases,Deaths,Recovered
            "Korea, South",2021-01-01,10,1,1
            "Korea, South",2021-01-02,20,1,2
            "Korea, South",2021-01-08,80,2,0
            "Korea, South",2021-01-09,94,2,0
            Atlantis,2021-01-01,1,0,0
            Atlantis,2021-01-09,5,,1
            """);
  }

  private static String unpacked(byte[] packed) throws IOException {
    return new String(new GZIPInputStream(new ByteArrayInputStream(packed)).readAllBytes(), UTF_8);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Date,Cases,Deaths,Country,Recovered\n2020-01-22,1,0,US,0\n",
        "Place,Date\nFrance,2020-01-22\n",
        "Place,Date,Cases\n",
        "Place,Date,Cases\nFrance,2020-01-22\n",
        "Place,Date,Cases\nFrance,2020-01-22,many\n",
        "Place,Date,Cases\nFrance,today,1\n",
        "",
      })
  void anotherObjectIsNotASet(String object) {
    put(object);

    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> figures().totals(request("place=France")))
        .satisfies(problem -> assertThat(problem.problem().status()).isEqualTo(503))
        .havingCause()
        .withMessageContaining("set.csv");
  }

  // --- Charts

  @Test
  void aChartOfOnePlaceIsStackedAndOneOfSeveralHasLines() throws Exception {
    put(SET);
    PlaceFigures figures = figures();

    String stacked = text(figures.svg(request("place=Korea, South")));
    assertThat(stacked)
        .contains(
            "COVID-19 · South Korea. As of 9 January 2021; recovered: last reported 2 January")
        .contains("A source.", "Persons since the start, stacked");
    String lines = text(figures.svg(request("place=Korea, South,France&metric=deaths&per=100k")));
    assertThat(lines)
        .contains("COVID-19 · Deaths. South Korea, France. Persons since the start, per 100,000")
        .contains(">South Korea<", ">France<", "A source.");
    assertThat(text(figures.svg(request("place=France&measure=change"))))
        .contains("COVID-19 · Cases", "Persons, change by day");
    assertThat(figures.png(request("place=Korea, South")).body()).startsWith(0x89, 'P', 'N', 'G');
    assertThat(figures.png(request("place=Atlantis,France")).body())
        .startsWith(0x89, 'P', 'N', 'G')
        .isSameAs(figures.png(request("place=Atlantis,France")).body());
  }

  @Test
  void aChartIsOfAMetricOfTheSet() {
    put(SET);

    assertProblem(
        400,
        "Parameter 'metric' is 'tests'; it must be one of cases, deaths, recovered.",
        () -> figures().svg(request("place=France&metric=tests")));
  }

  // --- The site

  @Test
  void theSiteHasAFileForEachPlaceWhoseNameIsSafeAsAKey() throws Exception {
    put(SET);
    List<FigureAnswers.SiteFile> files = figures().files();

    assertThat(files)
        .extracting(FigureAnswers.SiteFile::path)
        .containsExactly(
            "places.json",
            "days/Atlantis.json",
            "days/France.json",
            "days/Korea_2c_20South.json",
            "CovidData.csv");
    assertThat(text(files.get(3).content().call())).isEqualTo(days("place=Korea, South"));
    assertThat(text(files.get(0).content().call()))
        .contains("\"days\":\"days/Korea_2c_20South.json\"", "\"total\":3")
        .doesNotContain("next");
  }
}
