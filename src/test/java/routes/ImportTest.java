package routes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static local.Faults.first;
import static org.assertj.core.api.Assertions.assertThat;

import app.TestApplication;
import covid.RunReport;
import covid.RunStatus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.zip.GZIPOutputStream;
import local.LocalCloud;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import versions.Changes;
import versions.Origin;
import versions.Pointer;
import versions.Version;
import versions.VersionEntry;

/** Feeds of an earlier time become versions of that time, and nothing else changes. */
class ImportTest extends ImportTestBase {
  ImportTest(LocalCloud cloud) {
    super(cloud);
  }

  // --- As the current version

  @Test
  void theFirstVersionIsPublishedAsTheSetAndNothingElseIsTouched() throws Exception {
    assertThat(imported(JANUARY_24))
        .matches(
            "Imported version 2020-01-24T21-00-00Z-\\w{8}: 3 days to 2020-01-24; 3 added,"
                + " 0 revised, 0 removed against none before it\\.\n");

    Pointer pointer = pointer();
    Version version = manifest(pointer.version());
    assertThat(version.origin()).isEqualTo(Origin.IMPORT);
    assertThat(version.parent()).isNull();
    assertThat(version.run()).isNull();
    assertThat(version.at()).isEqualTo(JANUARY_24);
    assertThat(version.feeds()).extracting(Version.Feed::name).containsExactly("jhu", "nyt");
    assertThat(version.settings()).containsKey("feed.nyt.url");
    assertThat(pointer.pulledAt()).isEqualTo(JANUARY_24);
    assertThat(pointer.run()).isNull();
    assertThat(pointer.recent()).containsExactly(version.entry());
    assertThat(cloud.object(KEY)).contains(SET);
    assertThat(content(version)).isEqualTo(SET);
    assertThat(cloud.keys(""))
        .containsExactlyInAnyOrder(
            KEY, "versions/" + version.id() + ".json", "series/" + version.sha256() + ".csv.gz");
    assertThat(cloud.items()).isEmpty();
    assertThat(cloud.messages()).isEmpty();
  }

  @Test
  void aLaterTimeThanThatOfTheCurrentVersionIsTheNewCurrentVersion() throws Exception {
    imported(JANUARY_24);
    Version first = manifest(pointer().version());
    files(LATER_NYT, LATER_JHU);

    assertThat(imported(JANUARY_25))
        .contains("1 added, 0 revised, 0 removed against " + first.id());

    Version second = manifest(pointer().version());
    assertThat(second.parent()).isEqualTo(first.id());
    assertThat(pointer().recent()).containsExactly(second.entry(), first.entry());
    assertThat(cloud.object(KEY)).contains(SET_25);
    assertThat(cloud.object(INDEX)).isEmpty();
  }

  @Test
  void aRunAfterImportsGoesOnFromThem() throws Exception {
    imported(JANUARY_24);
    Version first = manifest(pointer().version());
    TestApplication.nyt(feeds, LATER_NYT);
    TestApplication.jhu(feeds, LATER_JHU);

    RunReport report = run();

    assertThat(report.status()).isEqualTo(RunStatus.SUCCEEDED);
    Version second = manifest(pointer().version());
    assertThat(second.origin()).isEqualTo(Origin.RUN);
    assertThat(second.parent()).isEqualTo(first.id());
    assertThat(second.changes()).isEqualTo(new Changes(1, 0, 0));
    assertThat(pointer().recent()).containsExactly(second.entry(), first.entry());
    assertThat(cloud.items()).hasSize(4);
  }

  @Test
  void aRunNamesTheFeedsThatHadStalledWhenTheyWereImported() throws Exception {
    application("feed.stalled-after", "7d");
    imported("2020-03-01T00:00:00Z");
    assertThat(metadata()).doesNotContainKey("stalled-feeds");

    assertThat(run().warnings()).hasSize(2).allMatch(warning -> warning.contains("has stalled"));
    assertThat(run().warnings()).isEmpty();
  }

  @Test
  void aSetOfVersion01BecomesAVersionBeforeALaterImport() throws Exception {
    put(SET.replace("2020-01-24,5", "2020-01-24,6"), Map.of());
    Instant now = Instant.now().plusSeconds(1);
    imported(now.toString());

    Version version = manifest(pointer().version());
    assertThat(manifest(version.parent()).origin()).isEqualTo(Origin.FOUND);
    assertThat(version.changes()).isEqualTo(new Changes(0, 1, 0));
  }

  // --- Before and between others

  @Test
  void anEarlierTimeThanAllIsOnlyAddedToTheIndex() throws Exception {
    run();
    Map<String, String> metadata = metadata();
    int items = cloud.items().size();
    int messages = cloud.messages().size();
    files(NYT_23, TestApplication.JHU);

    assertThat(imported(JANUARY_23)).contains("2 days to 2020-01-23; 2 added, 0 revised");

    Version version = manifest(index().get(0).id());
    assertThat(index()).containsExactly(version.entry());
    assertThat(version.origin()).isEqualTo(Origin.IMPORT);
    assertThat(version.parent()).isNull();
    assertThat(content(version)).isEqualTo(SET_23);
    assertThat(metadata()).isEqualTo(metadata);
    assertThat(cloud.object(KEY)).contains(SET);
    assertThat(cloud.items()).hasSize(items);
    assertThat(cloud.messages()).hasSize(messages);
  }

  @Test
  void aTimeBetweenTwoVersionsIsJudgedAgainstTheOneBefore() throws Exception {
    run();
    files(NYT_23, TestApplication.JHU);
    imported(JANUARY_23);
    Version before = manifest(index().get(0).id());
    files(LATER_NYT, LATER_JHU);
    imported(JANUARY_25);
    files(TestApplication.NYT, TestApplication.JHU);

    assertThat(imported(JANUARY_24))
        .contains("1 added, 1 revised, 0 removed against " + before.id());

    assertThat(index())
        .extracting(VersionEntry::at)
        .containsExactlyElementsOf(
            List.of(
                Instant.parse(JANUARY_23), Instant.parse(JANUARY_24), Instant.parse(JANUARY_25)));
    Version version = manifest(index().get(1).id());
    assertThat(version.parent()).isEqualTo(before.id());
    assertThat(content(version)).isEqualTo(SET);
  }

  @ParameterizedTest
  @ValueSource(strings = {"012", "021", "102", "120", "201", "210"})
  void theOrderOfImportsDoesNotMatterForWhatIsReadAsOfAnyTime(String order) throws Exception {
    String[] times = {JANUARY_23, JANUARY_24, JANUARY_25};
    String[] nyt = {NYT_23, TestApplication.NYT, LATER_NYT};
    String[] jhu = {TestApplication.JHU, TestApplication.JHU, LATER_JHU};
    for (int i : order.chars().map(digit -> digit - '0').toArray()) {
      files(nyt[i], jhu[i]);
      imported(times[i]);
    }

    assertThat(asOf(JANUARY_23)).isEqualTo(SET_23);
    assertThat(asOf(JANUARY_24)).isEqualTo(SET);
    assertThat(asOf(JANUARY_25)).isEqualTo(SET_25).isEqualTo(cloud.object(KEY).orElseThrow());
  }

  @Test
  void whatThePointerStillNamesIsAVersionBefore() throws Exception {
    imported(JANUARY_23);
    files(LATER_NYT, LATER_JHU);
    imported(JANUARY_25);
    Version first = manifest(pointer().recent().get(1).id());
    files(TestApplication.NYT.replace("2020-01-24,5", "2020-01-24,4"), TestApplication.JHU);

    assertThat(imported(JANUARY_24))
        .contains("0 added, 1 revised, 0 removed against " + first.id());
  }

  // --- Nothing to import

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theSameAgainIsThereAlready(boolean before) throws Exception {
    if (before) {
      run();
    }
    imported(JANUARY_24);
    SortedMap<String, String> state = state();

    assertThat(imported(JANUARY_24))
        .matches("Version 2020-01-24T21-00-00Z-\\w{8} is there already\\.\n");

    assertThat(state()).isEqualTo(state);
  }

  @Test
  void whatHasTheContentOfTheVersionBeforeIsNotImported() throws Exception {
    imported(JANUARY_24);
    SortedMap<String, String> state = state();

    assertThat(imported(JANUARY_25))
        .isEqualTo(
            "Nothing to import for 2020-01-25T21:00:00Z: the version before it, %s, has the same content.\n"
                .formatted(pointer().version()));

    assertThat(state()).isEqualTo(state);
  }

  @Test
  void whatHasTheContentOfAnEarlierVersionBeforeIsNotImported() throws Exception {
    run();
    files(NYT_23, TestApplication.JHU);
    imported(JANUARY_23);
    SortedMap<String, String> state = state();

    assertThat(imported(JANUARY_24)).startsWith("Nothing to import for 2020-01-24T21:00:00Z: ");

    assertThat(state()).isEqualTo(state);
  }

  @Test
  void anotherVersionOfTheSameSecondIsOneMoreAndThereAlreadyTheNextTime() throws Exception {
    run();
    imported(JANUARY_24);
    files(TestApplication.NYT.replace("2020-01-24,5", "2020-01-24,6"), TestApplication.JHU);

    assertThat(imported(JANUARY_24)).contains("0 added, 1 revised, 0 removed");
    assertThat(imported(JANUARY_24)).endsWith("is there already.\n");
    assertThat(asOf(JANUARY_24)).contains("2020-01-24,6");
  }

  // --- What is wrong with the feeds

  @Test
  void rowsOfTheFutureOfThatTimeAreQuarantined() throws Exception {
    application("gate.max-bad-rows", "50%");
    files(LATER_NYT, LATER_JHU);

    // In the earliest time zone it is the 23rd, and one day more may be there.
    assertThat(imported("2020-01-22T12:00:00Z")).contains("3 days to 2020-01-24");

    assertThat(cloud.object(KEY)).contains(SET);
  }

  @Test
  void theGateComparesWithTheVersionBeforeAndNotWithTheCurrentOne() throws Exception {
    run();
    files(LATER_NYT, LATER_JHU);
    imported(JANUARY_24);
    SortedMap<String, String> state = state();
    files(TestApplication.NYT, TestApplication.JHU);

    assertThat(ended(3, JANUARY_25))
        .isEqualTo(
            "1 of the 4 days archived last are gone (2020-01-25), more than"
                + " gate.max-lost-days allows: check which feed lost them.\n");
    assertThat(state()).isEqualTo(state);

    application("gate.max-lost-days", "1");
    assertThat(imported(JANUARY_25)).contains("0 added, 0 revised, 1 removed");
  }

  @Test
  void filesMayHaveTheNamesOfTheAddressesAndBePacked() throws Exception {
    Files.delete(folder.resolve("nyt.csv"));
    Files.delete(folder.resolve("jhu.csv"));
    String nyt = Path.of(feeds.nyt().getPath()).getFileName().toString();
    String jhu = Path.of(feeds.jhu().getPath()).getFileName().toString();
    Files.writeString(folder.resolve(nyt), TestApplication.NYT);
    try (GZIPOutputStream packed =
        new GZIPOutputStream(Files.newOutputStream(folder.resolve(jhu + ".gz")))) {
      packed.write(TestApplication.JHU.getBytes(UTF_8));
    }

    imported(JANUARY_24);

    assertThat(cloud.object(KEY)).contains(SET);
  }

  // --- Many places

  private static final String WHO =
      "Date_reported,Country_code,Country,Cumulative_cases,Cumulative_deaths\n";

  @Test
  void ofManyPlacesThoseThatHaveNotChangedKeepTheirSeries() throws Exception {
    try (TestApplication who = ofManyPlaces()) {
      imported(who, JANUARY_23, 0, "2020-01-22,NA,Namibia,1,0\n2020-01-22,TR,Turkey,5,1\n");
      imported(who, JANUARY_25, 0, "2020-01-22,NA,Namibia,2,0\n2020-01-22,TR,Turkey,6,1\n");
      cloud.forgetRequests();
      imported(who, JANUARY_24, 0, "2020-01-22,NA,Namibia,2,0\n2020-01-22,TR,Turkey,5,1\n");

      assertThat(count("S3 PUT covid-data/who/series/")).isEqualTo(1);
      assertThat(cloud.keys("who/series/")).hasSize(4);
      assertThat(cloud.object("who/versions/index.json").orElseThrow()).contains("2020-01-24T21");
      assertThat(cloud.object("who/CovidData.csv").orElseThrow()).contains("TR,2020-01-22,6,1");
      assertThat(cloud.object("who/places.csv").orElseThrow()).contains("NA,Namibia");
    }
  }

  @Test
  void aRefusedPlaceKeepsTheSeriesOfTheVersionBefore() throws Exception {
    try (TestApplication who = ofManyPlaces("gate.max-refused-places", "50%")) {
      imported(who, JANUARY_23, 0, "2020-01-22,NA,Namibia,1,0\n2020-01-22,TR,Turkey,5,1\n");
      imported(who, JANUARY_25, 0, "2020-01-22,NA,Namibia,3,0\n2020-01-22,TR,Turkey,6,1\n");

      assertThat(imported(who, JANUARY_24, 2, "2020-01-22,NA,Namibia,2,0\n"))
          .startsWith("Imported version 2020-01-24T21-00-00Z-")
          .contains("0 added, 1 revised, 0 removed")
          .contains("\nThe gate refused 1 place(s), which keep the published series. TR: ");
    }
  }

  private TestApplication ofManyPlaces(String... settings) {
    return TestApplication.ofPlaces(cloud, feeds, "who", settings);
  }

  private String imported(TestApplication who, String at, int exitCode, String rows)
      throws Exception {
    Files.writeString(folder.resolve("who.csv"), WHO + rows);
    Map.Entry<Integer, String> end = who.importVersion(at, folder);
    assertThat(end.getKey()).as(end.getValue()).isEqualTo(exitCode);
    return end.getValue();
  }
}
