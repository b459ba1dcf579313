package app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import covid.Run;
import covid.RunReport;
import covid.RunStatus;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import local.FeedServer;
import local.LocalCloud;
import local.LocalCloudExtension;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The real feeds of two days, where there is a folder of them: {@code -Dfeeds.dir=DIR}. The sets
 * expected from them are in {@code DIR/../expected}.
 */
@Tag("slow")
@ExtendWith(LocalCloudExtension.class)
@EnabledIfSystemProperty(named = "feeds.dir", matches = ".+")
class RealFeedsIT {
  private static final Path DIR = Path.of(System.getProperty("feeds.dir", ""));

  private final LocalCloud cloud;
  @TempDir private Path folder;

  RealFeedsIT(LocalCloud cloud) {
    this.cloud = cloud;
  }

  @ParameterizedTest
  @CsvSource({
    "us-2021-03-17.csv, time-series-19-covid-combined-2021-03-17.csv, 2021-03-17.csv, 419,"
        + " 2021-03-15, 29518746, 535227",
    "us.csv, time-series-19-covid-combined.csv, 2023-01-25.csv, 816, 2022-04-16, 80524627, 987211"
  })
  void giveTheExpectedSetByteForByteAndNothingNewASecondTime(
      String nyt, String jhu, String expected, int days, String newest, long cases, long deaths)
      throws Exception {
    byte[] set = Files.readAllBytes(DIR.resolveSibling("expected").resolve(expected));
    try (FeedServer feeds = FeedServer.folder(0, DIR);
        TestApplication application =
            TestApplication.start(
                cloud,
                feeds,
                "feed.nyt.url",
                feeds.uri() + "/" + nyt,
                "feed.jhu.url",
                feeds.uri() + "/" + jhu)) {
      RunReport first = application.run();
      cloud.forgetRequests();
      RunReport second = application.run();

      assertThat(first.days()).isEqualTo(new RunReport.Days(days, days, 0, 0, 0));
      assertThat(second.days()).isEqualTo(new RunReport.Days(days, 0, days, 0, 0));
      assertThat(cloud.requests().stream().filter(request -> request.startsWith("DynamoDB")))
          .hasSizeLessThanOrEqualTo(3);
      assertThat(cloud.object("CovidData.csv").orElseThrow().getBytes("UTF-8")).isEqualTo(set);
      assertThat(table()).containsExactlyInAnyOrderElementsOf(lines(set));
      assertThat(table()).contains("%s,%d,%d,US,0".formatted(newest, cases, deaths));
      assertTotals(feeds, newest, cases, deaths);
    }
  }

  /** Without the table, which would take most of the time here. */
  @ParameterizedTest
  @CsvSource({
    "world, jhu, time-series-19-covid-combined-2021-03-17.csv, world-2021-03-17, 80640",
    "who, who, who-weekly.csv, who, 79200",
  })
  void giveTheExpectedSetOfManyPlaces(
      String dataset, String feed, String file, String expected, int days) throws Exception {
    try (FeedServer feeds = FeedServer.folder(0, DIR);
        TestApplication application = ofPlaces(dataset, feed, feeds, file)) {
      Run run = application.publish();
      assertThat(run.joined().days()).hasSize(days);
      // What was published passes the gate again.
      assertThat(application.publish().joined()).isEqualTo(run.joined());
    }
    assertThat(cloud.object(dataset + "/CovidData.csv").orElseThrow()).isEqualTo(set(expected));
  }

  @Test
  // It adds 26,029 days to a table; on a busy machine that takes a minute.
  @Timeout(180)
  void areInTheTableByPlaceAndDayAndReadWithOneQueryAPlace() throws Exception {
    try (FeedServer feeds = FeedServer.folder(0, DIR);
        TestApplication application =
            ofPlaces("us-states", "nyt", feeds, "us-states-2021-06-18.csv")) {
      RunReport first = application.run();
      cloud.forgetRequests();
      RunReport second = application.run();

      assertThat(first.warnings()).isEmpty();
      assertThat(first.status()).isEqualTo(RunStatus.SUCCEEDED);
      assertThat(first.days()).isEqualTo(new RunReport.Days(26_029, 26_029, 0, 0, 0));
      assertThat(second.days()).isEqualTo(new RunReport.Days(26_029, 0, 26_029, 0, 0));
      assertThat(cloud.requests().stream().filter(request -> request.contains("Query")))
          .hasSize(55);
    }
    assertThat(cloud.object("us-states/CovidData.csv").orElseThrow())
        .isEqualTo(set("us-states-2021-06-18"));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void areReadAsOfTheirDaysByteForByteInWhateverOrderTheyAreImported(boolean newestFirst)
      throws Exception {
    List<String> days = new ArrayList<>(List.of("2021-03-17", "2023-01-25"));
    if (newestFirst) {
      Collections.reverse(days);
    }
    try (FeedServer feeds = FeedServer.folder(0, DIR);
        TestApplication application = TestApplication.start(cloud, feeds)) {
      for (String day : days) {
        String suffix = day.equals("2021-03-17") ? "-2021-03-17.csv.gz" : ".csv.gz";
        copy("us" + suffix, "nyt.csv.gz");
        copy("time-series-19-covid-combined" + suffix, "jhu.csv.gz");
        assertImported(application, day, folder);
      }
      for (String day : days) {
        String set = Files.readString(DIR.resolveSibling("expected").resolve(day + ".csv"));
        assertThat(asOf(Optional.empty(), feeds, day)).isEqualTo(set);
      }
    }
    assertThat(cloud.items()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "world, jhu, time-series-19-covid-combined-2021-03-17.csv.gz, 2021-03-17, world-2021-03-17",
    "us-states, nyt, us-states-2021-06-18.csv.gz, 2021-06-18, us-states-2021-06-18",
    "who, who, who-weekly.csv.gz, 2026-05-01, who",
  })
  void areReadAsOfTheirDayByteForByteWhenTheyAreOfManyPlaces(
      String dataset, String feed, String file, String day, String expected) throws Exception {
    copy(file, feed + ".csv.gz");
    try (FeedServer feeds = FeedServer.folder(0, DIR);
        TestApplication application = TestApplication.ofPlaces(cloud, feeds, dataset)) {
      assertImported(application, day, folder);
      assertThat(asOf(Optional.of(dataset), feeds, day)).isEqualTo(set(expected));
    }
  }

  private static void assertImported(TestApplication application, String day, Path folder)
      throws Exception {
    assertThat(application.importVersion(day + "T21:00:00Z", folder))
        .satisfies(
            end -> {
              assertThat(end.getKey()).as(end.getValue()).isZero();
              assertThat(end.getValue()).startsWith("Imported version " + day);
            });
  }

  private void copy(String file, String name) throws IOException {
    Files.copy(DIR.resolve(file), folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
  }

  /** What a server gives as the set of a day. */
  private String asOf(Optional<String> dataset, FeedServer feeds, String day) throws Exception {
    String port = TestApplication.freePort();
    TestApplication server =
        TestApplication.serve(
            dataset,
            cloud,
            feeds,
            "http.port",
            port,
            "management.port",
            TestApplication.freePort());
    try (InputStream answer =
        URI.create("http://127.0.0.1:%s/CovidData.csv?asOf=%s".formatted(port, day))
            .toURL()
            .openStream()) {
      return new String(answer.readAllBytes(), "UTF-8");
    } finally {
      server.close();
    }
  }

  private TestApplication ofPlaces(String dataset, String feed, FeedServer feeds, String file) {
    return TestApplication.ofPlaces(
        cloud, feeds, dataset, "feed.%s.url".formatted(feed), feeds.uri() + "/" + file);
  }

  private static String set(String name) throws IOException {
    return unpacked(DIR.resolveSibling("expected").resolve(name + ".csv.gz"));
  }

  private static String unpacked(Path gzip) throws IOException {
    try (InputStream csv = new GZIPInputStream(Files.newInputStream(gzip))) {
      return new String(csv.readAllBytes(), "UTF-8");
    }
  }

  /** Recovered falls to 0 in December 2020; from March 2021 on every day is revised. */
  @Test
  void passTheGateInEverySnapshotAndHoldNoDayBack() throws Exception {
    try (FeedServer feeds = FeedServer.synthetic(0, 1);
        TestApplication application = TestApplication.start(cloud, feeds)) {
      for (String day : List.of("2020-09-01", "2020-12-13", "2020-12-14", "2021-03-17")) {
        serveUntil(day, feeds, "us-2021-03-17.csv", "time-series-19-covid-combined-2021-03-17.csv");
        assertWhole(day, application.run());
      }
      for (String day : List.of("2021-06-05", "2022-03-15", "2023-01-25")) {
        serveUntil(day, feeds, "us.csv", "time-series-19-covid-combined.csv");
        assertWhole(day, application.run());
      }
    }
    assertThat(cloud.items()).hasSize(816);
  }

  private static void assertWhole(String day, RunReport report) {
    assertThat(report.reason()).as(day).isNull();
    assertThat(report.status()).as(day).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(report.warnings()).as(day).isEmpty();
    assertThat(report.feeds()).as(day).allMatch(feed -> feed.incomplete().isEmpty());
  }

  private static void serveUntil(String day, FeedServer feeds, String nyt, String jhu)
      throws IOException {
    TestApplication.nyt(feeds, until(day, nyt));
    TestApplication.jhu(feeds, until(day, jhu));
  }

  /** The header and the rows up to a day, which is the first column of both feeds. */
  private static String until(String day, String name) throws IOException {
    Path packed = DIR.resolve(name + ".gz");
    try (InputStream csv =
        Files.exists(packed)
            ? new GZIPInputStream(Files.newInputStream(packed))
            : Files.newInputStream(DIR.resolve(name))) {
      return new String(csv.readAllBytes(), "UTF-8")
          .lines()
          .filter(
              row -> !Character.isDigit(row.charAt(0)) || row.substring(0, 10).compareTo(day) <= 0)
          .collect(Collectors.joining("\n"));
    }
  }

  /** What a server says of the set that a run in another process left. */
  private void assertTotals(FeedServer feeds, String newest, long cases, long deaths)
      throws Exception {
    String port = TestApplication.freePort();
    TestApplication server =
        TestApplication.serve(
            cloud, feeds, "http.port", port, "management.port", TestApplication.freePort());
    try (InputStream answer =
        URI.create("http://127.0.0.1:%s/totals".formatted(port)).toURL().openStream()) {
      JsonNode totals = new ObjectMapper().readTree(answer);
      assertThat(totals.at("/cases")).hasToString(figure(cases, newest, ""));
      assertThat(totals.at("/deaths")).hasToString(figure(deaths, newest, ""));
      assertThat(totals.at("/recovered"))
          .hasToString(figure(6_298_082, "2020-12-13", ",\"discontinued\":true"));
    } finally {
      server.close();
    }
  }

  private static String figure(long value, String asOf, String more) {
    return "{\"value\":%d,\"asOf\":\"%s\"%s}".formatted(value, asOf, more);
  }

  private List<String> table() {
    return cloud.items().stream()
        .map(
            item ->
                String.join(
                    ",",
                    item.get("Date").s(),
                    item.get("Cases").n(),
                    item.get("Deaths").n(),
                    item.get("Country").s(),
                    item.get("Recovered").n()))
        .toList();
  }

  private static List<String> lines(byte[] set) throws IOException {
    return new String(set, "UTF-8").lines().skip(1).toList();
  }
}
