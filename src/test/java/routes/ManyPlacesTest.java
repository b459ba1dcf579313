package routes;

import static java.util.stream.Collectors.joining;
import static local.Faults.always;
import static local.Faults.toPutOf;
import static org.assertj.core.api.Assertions.assertThat;

import app.TestApplication;
import covid.RunReport;
import covid.RunStatus;
import java.time.LocalDate;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import local.Fault;
import local.FeedServer;
import local.LocalCloud;
import local.LocalCloudExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Whole runs of a dataset of many places. */
@ExtendWith(LocalCloudExtension.class)
class ManyPlacesTest {
  private static final String SET = "who/CovidData.csv";
  private static final String NAMES = "who/places.csv";
  private static final String HEADER =
      "Date_reported,Country_code,Country,WHO_region,New_cases,Cumulative_cases,New_deaths,"
          + "Cumulative_deaths\n";

  private final LocalCloud cloud;
  private FeedServer feeds;

  ManyPlacesTest(LocalCloud cloud) {
    this.cloud = cloud;
  }

  @BeforeEach
  void serveFeeds() {
    feeds = TestApplication.feeds();
  }

  @AfterEach
  void stopFeeds() {
    feeds.close();
  }

  private TestApplication who(String... settings) {
    return TestApplication.ofPlaces(
        cloud,
        feeds,
        "who",
        Stream.concat(
                Stream.of("feed.who.url", feeds.nyt().toString(), "feed.stalled-after", "90000d"),
                Stream.of(settings))
            .toArray(String[]::new));
  }

  private void serve(String... rows) {
    TestApplication.nyt(feeds, HEADER + String.join("\n", rows) + "\n");
  }

  private String set() {
    return cloud.object(SET).orElseThrow();
  }

  @Test
  void takesTheCodeOfNamibiaAndFiguresThatAreMissingForWhatTheyAre() throws Exception {
    serve(
        "2021-01-03,NA,Namibia,AFR,,10,,NA",
        "2021-01-03,KR,\"Korea, Republic of\",WPR,,,,3",
        "2021-01-10,NA,Namibia,AFR,,12,,1",
        "2021-01-10,TR,T\uFFFDrkiye,EUR,,,,");
    try (TestApplication application = who()) {
      RunReport report = application.run();

      assertThat(report.status()).isEqualTo(RunStatus.SUCCEEDED);
      assertThat(report.feeds().get(0).empty()).isEqualTo(1);
      assertThat(set())
          .isEqualTo(
              """
              Place,Date,Cases,Deaths
              KR,2021-01-03,,3
              NA,2021-01-03,10,
              NA,2021-01-10,12,1
              """);
      assertThat(cloud.itemsOfPlaces())
          .anySatisfy(
              item -> {
                assertThat(item.get("Place").s()).isEqualTo("KR");
                assertThat(item).doesNotContainKey("Cases");
                assertThat(item.get("Deaths").n()).isEqualTo("3");
                assertThat(item.get("Run").s()).isEqualTo(report.id());
              });
    }
  }

  @Test
  void publishesTheNamesThatTheFeedGivesButNoDamagedOnes() throws Exception {
    serve(
        "2021-01-03,XXF,\"Ship, at sea\",,,10,,1",
        "2021-01-03,KP,\"Korea, \"\"North\"\"\",SEA,,0,,0",
        "2021-01-03,TR,T\uFFFDrkiye,EUR,,10,,1");
    try (TestApplication application = who()) {
      RunReport report = application.run();

      assertThat(report.warnings()).isEmpty();
      assertThat(cloud.object(NAMES))
          .contains("Place,Name\nKP,\"Korea, \"\"North\"\"\"\nXXF,\"Ship, at sea\"\n");
    }
  }

  @Test
  void publishesNoNamesOfAFeedThatGivesNone() throws Exception {
    serve("2021-01-03,TR,T\uFFFDrkiye,EUR,,10,,1");
    try (TestApplication application = who()) {
      assertThat(application.run().status()).isEqualTo(RunStatus.SUCCEEDED);
    }
    assertThat(cloud.object(NAMES)).isEmpty();
  }

  @Test
  void readsOnlyThePlacesThatAreAskedFor() throws Exception {
    serve(
        "2021-01-03,DE,Germany,EUR,,10,,1",
        "2021-01-03,FR,France,EUR,,20,,2",
        "2021-01-03,,Nowhere,EUR,,20,,2",
        "2021-01-03,DEU,Other,EUR,,30,,3");
    try (TestApplication application = who("places", "DE, FR")) {
      RunReport report = application.run();

      assertThat(report.feeds().get(0).rows()).isEqualTo(2);
      assertThat(set())
          .isEqualTo("Place,Date,Cases,Deaths\nDE,2021-01-03,10,1\nFR,2021-01-03,20,2\n");
    }
  }

  @Test
  void quarantinesARowWithoutAPlace() throws Exception {
    serve(
        Stream.concat(
                IntStream.range(0, 20)
                    .mapToObj(day -> "2021-02-%02d,DE,Germany,EUR,,10,,1".formatted(day + 1)),
                Stream.of("2021-01-03,,Nowhere,EUR,,20,,2"))
            .toArray(String[]::new));
    try (TestApplication application = who()) {
      RunReport report = application.run();

      assertThat(report.feeds().get(0).quarantined()).isEqualTo(1);
      assertThat(cloud.object("who/quarantine/" + report.id() + ".csv").orElseThrow())
          .contains("who,22,place is missing,\"2021-01-03,,Nowhere,EUR,,20,,2\"");
    }
  }

  @Test
  void quarantinesAPlaceWithABlankAtItsEndAndNamesOneWithoutAnyRow() throws Exception {
    serve(series("DE", 20, 1), "2021-01-03,FR ,France,EUR,,20,,2");
    try (TestApplication application = who()) {
      RunReport report = application.run();

      assertThat(report.feeds().get(0).quarantined()).isEqualTo(1);
      assertThat(set()).doesNotContain("FR");
    }
    try (TestApplication application = who("places", "DE, Utopia")) {
      assertThat(application.run().warnings())
          .containsExactly("No day of Utopia is in every feed: look at the setting places.");
    }
  }

  @Test
  void refusesAFeedOfManyPlacesWithoutTheColumnOfItsParts() throws Exception {
    serve("2021-01-03,DE,Germany,EUR,,10,,1");
    try (TestApplication application =
        who(
            "feed.who.columns",
            "date=Date_reported, place=Country_code, part=Province, cases=Cumulative_cases,"
                + " deaths=Cumulative_deaths")) {
      RunReport report = application.run();

      assertThat(report.status()).isEqualTo(RunStatus.REFUSED);
      assertThat(report.reason()).startsWith("Feed who has no column 'Province': ");
    }
  }

  @Test
  void namesThePlaceOfEachDayInTheMessage() throws Exception {
    serve("2021-01-03,DE,Germany,EUR,,10,,1");
    try (TestApplication application = who()) {
      application.run();
      serve("2021-01-03,DE,Germany,EUR,,11,,1");
      application.run();
    }
    assertThat(cloud.messages())
        .last()
        .satisfies(message -> assertThat(message.text()).contains("\n  DE 2021-01-03\n"));
  }

  @Test
  void keepsThePublishedSeriesOfAPlaceThatTheGateRefusesAndIsPartial() throws Exception {
    serve(series("DE", 10, 1), series("FR", 10, 1), series("US", 10, 1));
    try (TestApplication application = who("gate.max-refused-places", "40%")) {
      assertThat(application.run().status()).isEqualTo(RunStatus.SUCCEEDED);
      String before = set();

      serve(series("DE", 11, 1), series("FR", 11, 30), series("US", 11, 1));
      RunReport report = application.run();

      assertThat(report.status()).isEqualTo(RunStatus.PARTIAL);
      assertThat(report.added()).isEqualTo(2);
      assertThat(report.warnings())
          .singleElement()
          .asString()
          .startsWith(
              "The gate refused 1 place(s), which keep the published series. FR: 10 of the");
      assertThat(lines(set(), "FR")).isEqualTo(lines(before, "FR"));
      assertThat(lines(set(), "DE")).hasLineCount(11);
    }
  }

  @Test
  void countsPlacesWhoseFiguresStandStill() throws Exception {
    serve(
        series("DE", 20, 1),
        "2021-01-03,FR,France,EUR,,500,,5",
        "2021-05-16,FR,France,EUR,,500,,6");
    try (TestApplication application = who()) {
      RunReport report = application.run();

      assertThat(report.stalledPlaces()).isEqualTo(Map.of("cases", 1));
      assertThat(cloud.messages().get(0).text()).contains("\nStalled   cases of 1 places\n");
    }
  }

  @Test
  void sharesABucketWithAnotherDatasetAndSeesNothingOfIt() throws Exception {
    serve(series("DE", 2, 1));
    cloud.intercept(always(toPutOf("2020-01-23"), Fault.dropBefore()));
    TestApplication.nyt(feeds, TestApplication.NYT);
    TestApplication.jhu(feeds, TestApplication.JHU);
    try (TestApplication us = TestApplication.start(cloud, feeds)) {
      assertThat(us.run().status()).isEqualTo(RunStatus.PARTIAL);
    }
    String published = cloud.object("CovidData.csv").orElseThrow();
    cloud.intercept(call -> Fault.none());

    serve(series("DE", 2, 1));
    try (TestApplication who = who()) {
      RunReport report = who.run();

      assertThat(report.replay().added()).isEmpty();
      assertThat(report.unfinishedRuns()).isEmpty();
    }
    assertThat(cloud.object("CovidData.csv")).contains(published);
    assertThat(cloud.keys("dead-letter/")).containsExactly("dead-letter/2020-01-23.json");
    assertThat(cloud.keys("who/")).allMatch(key -> key.startsWith("who/")).hasSize(6);
    assertThat(cloud.messages())
        .last()
        .satisfies(
            message -> {
              assertThat(message.subject()).isEqualTo("Covid Table Update (who)");
              assertThat(message.attributes()).containsEntry("dataset", "who");
            });
  }

  /** Weeks of a place, with cases of this many times their number. */
  @Test
  void readsNothingOfAFeedThatHasNotChangedUnlessAPlaceWasRefused() throws Exception {
    serveVersioned(series("DE", 3, 1), series("FR", 3, 1));
    try (TestApplication who = who("gate.max-refused-places", "50%")) {
      RunReport first = who.run();
      String names = cloud.object(NAMES).orElseThrow();
      cloud.forgetRequests();
      RunReport second = who.run();

      assertThat(second.status()).isEqualTo(RunStatus.SUCCEEDED);
      assertThat(second.days().present()).isEqualTo(first.days().added()).isEqualTo(6);
      assertThat(second.archive()).isEqualTo(first.archive());
      assertThat(cloud.object(NAMES)).contains(names);
      assertThat(cloud.requests()).noneMatch(request -> request.contains("/raw/"));

      serveVersioned(series("DE", 3, 1), series("FR", 3, 9));
      assertThat(who.run().status()).isEqualTo(RunStatus.PARTIAL);
    }
    // An operator lets the place pass, and the feed is still the same.
    try (TestApplication who = who("gate.max-changed-days", "100%")) {
      RunReport passed = who.run();

      assertThat(passed.feeds().get(0).unchangedSince()).isNotNull();
      assertThat(passed.status()).isEqualTo(RunStatus.SUCCEEDED);
      assertThat(lines(set(), "FR")).contains("9000");
    }
  }

  private void serveVersioned(String... rows) {
    String csv = HEADER + String.join("\n", rows) + "\n";
    feeds.answer(feeds.nyt().getPath(), csv, "\"" + csv.hashCode() + "\"", "");
  }

  private static String series(String place, int weeks, int times) {
    return IntStream.range(0, weeks)
        .mapToObj(
            week ->
                "%s,%s,Name,EUR,,%d,,%d"
                    .formatted(
                        LocalDate.of(2021, 1, 3).plusWeeks(week),
                        place,
                        times * 1_000 * (week + 1),
                        10 * (week + 1)))
        .collect(joining("\n"));
  }

  private static String lines(String set, String place) {
    return set.lines().filter(line -> line.startsWith(place + ",")).collect(joining("\n"));
  }
}
