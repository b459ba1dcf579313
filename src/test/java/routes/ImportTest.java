package routes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static local.Faults.CONFLICT;
import static local.Faults.DENIED;
import static local.Faults.PRECONDITION_FAILED;
import static local.Faults.always;
import static local.Faults.first;
import static local.Faults.toConditionalPut;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import app.SettingException;
import app.TestApplication;
import covid.RunReport;
import covid.RunStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.zip.GZIPOutputStream;
import local.Call;
import local.Fault;
import local.Interceptor;
import local.LocalCloud;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;
import versions.Changes;
import versions.Origin;
import versions.Pointer;
import versions.Timeline;
import versions.Version;
import versions.VersionEntry;
import versions.VersionIndex;

/** Feeds of an earlier time become versions of that time, and nothing else changes. */
class ImportTest extends VersionsTestBase {
  private static final String INDEX = "versions/index.json";

  private static final String JANUARY_23 = "2020-01-23T21:00:00Z";
  private static final String JANUARY_24 = "2020-01-24T21:00:00Z";
  private static final String JANUARY_25 = "2020-01-25T21:00:00Z";

  private static final String NYT_23 = "date,cases,deaths\n2020-01-22,1,0\n2020-01-23,2,0\n";
  private static final String SET_23 =
      "Date,Cases,Deaths,Country,Recovered\n2020-01-22,1,0,US,0\n2020-01-23,2,0,US,1\n";
  private static final String SET_25 = SET + "2020-01-25,7,2,US,3\n";

  @TempDir private Path folder;

  ImportTest(LocalCloud cloud) {
    super(cloud);
  }

  @BeforeEach
  void writeFeeds() throws IOException {
    files(TestApplication.NYT, TestApplication.JHU);
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

  @Test
  void noVersionIsPutBetweenTheCurrentOneAndAPullThatFoundItUnchanged() throws Exception {
    imported(JANUARY_24);
    String id = pointer().version();
    run();
    files(LATER_NYT, LATER_JHU);

    assertThat(ended(1, JANUARY_25))
        .isEqualTo(
            "Version %s was still the current one at %s, when the feeds were pulled again: there can be no other version of 2020-01-25T21:00:00Z.\n"
                .formatted(id, pointer().pulledAt()));
    assertThat(cloud.keys("versions/")).hasSize(1);
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
  void tooManyRowsOfTheFutureAreRefusedAsInARun() throws Exception {
    files(LATER_NYT, LATER_JHU);

    assertThat(ended(3, "2020-01-20T12:00:00Z"))
        .startsWith(
            "Feed jhu has 3 bad rows of 4, more than gate.max-bad-rows allows; the first is line 4:"
                + " date '2020-01-23' is later than tomorrow.");
    assertThat(cloud.keys("")).isEmpty();
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
            "1 of the 4 days archived last are gone (2020-01-25 to 2020-01-25), more than"
                + " gate.max-lost-days allows: check which feed lost them.\n");
    assertThat(state()).isEqualTo(state);

    application("gate.max-lost-days", "1");
    assertThat(imported(JANUARY_25)).contains("0 added, 0 revised, 1 removed");
  }

  @Test
  void aFileThatIsNotTheFeedIsNamed() throws Exception {
    files("<html>", TestApplication.JHU);

    assertThat(ended(3, JANUARY_24))
        .isEqualTo(
            "Feed nyt has no column 'date', 'cases', 'deaths': what file://%s/nyt.csv serves is not this feed, or its layout changed.\n"
                .formatted(folder));
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

  @Test
  void aPackedFileThatIsCutShortIsNamedAndNotTriedAgain() throws Exception {
    Path jhu = folder.resolve("jhu.csv");
    try (GZIPOutputStream packed = new GZIPOutputStream(Files.newOutputStream(jhu))) {
      packed.write(TestApplication.JHU.getBytes(UTF_8));
    }
    byte[] whole = Files.readAllBytes(jhu);
    Files.write(jhu, java.util.Arrays.copyOf(whole, whole.length - 9));

    assertThat(ended(1, JANUARY_24)).startsWith("Feed jhu: ").contains(jhu.toString());
    assertThat(cloud.keys("")).isEmpty();
  }

  @Test
  void aFolderWithoutTheFilesIsSaidWithWhatWasLookedForAndWhatIsThere() throws Exception {
    Files.move(folder.resolve("nyt.csv"), folder.resolve("new-york.csv"));
    String name = Path.of(feeds.nyt().getPath()).getFileName().toString();

    assertThatExceptionOfType(SettingException.class)
        .isThrownBy(() -> application().importVersion(JANUARY_24, folder))
        .withMessage(
            "--feeds-dir: %s has no file of feed nyt (nyt.csv or nyt.csv.gz or %s or %s.gz); there are jhu.csv, new-york.csv",
            folder, name, name);
    assertThatExceptionOfType(SettingException.class)
        .isThrownBy(() -> application().importVersion(JANUARY_24, folder.resolve("none")))
        .withMessage("--feeds-dir: %s is not a folder that can be read", folder.resolve("none"));
  }

  // --- The bucket

  @Test
  void whicheverCallIsTheLastTheEndIsTheSameWhenItIsBegunAgain() throws Exception {
    for (boolean before : new boolean[] {false, true}) {
      prepare(before);
      cloud.forgetRequests();
      imported(JANUARY_25);
      int calls = cloud.requests().size();
      SortedMap<String, String> undisturbed = state();
      assertThat(calls).isBetween(before ? 7 : 5, 20);
      for (int last = 1; last <= calls; last++) {
        for (Fault end : new Fault[] {Fault.dropBefore(), Fault.dropAfter()}) {
          prepare(before);
          cloud.intercept(dies(last, end));
          ended(1, JANUARY_25);
          cloud.intercept(call -> Fault.none());
          ended(0, JANUARY_25);

          assertThat(state()).as("call %d of %d, %s", last, calls, end).isEqualTo(undisturbed);
        }
      }
    }
  }

  /** An import of the 25th comes last, or before a published set of now and after the 23rd. */
  private void prepare(boolean before) throws Exception {
    cloud.reset();
    files(NYT_23, TestApplication.JHU);
    imported(JANUARY_23);
    if (before) {
      files(
          TestApplication.NYT + "2020-01-25,7,2\n2020-01-26,8,2\n",
          LATER_JHU + "2020-01-26,US,,9,3,9\n");
      imported("2020-01-26T21:00:00Z");
    }
    files(LATER_NYT, LATER_JHU);
  }

  /** The call is the last one of which anything arrives. */
  private static Interceptor dies(int last, Fault end) {
    AtomicInteger calls = new AtomicInteger();
    return call -> {
      int number = calls.incrementAndGet();
      return number < last ? Fault.none() : number == last ? end : Fault.dropBefore();
    };
  }

  @ParameterizedTest
  @ValueSource(strings = {"versions/2020", "series/", INDEX, KEY})
  void aLostAnswerIsNoTrouble(String key) throws Exception {
    prepare(!key.equals(KEY));
    cloud.intercept(first(1, toConditionalPut(key), Fault.dropAfter()));

    assertThat(imported(JANUARY_25)).startsWith("Imported version ");
    cloud.intercept(call -> Fault.none());
    assertThat(asOf(JANUARY_25)).isEqualTo(SET_25);
  }

  @ParameterizedTest
  @ValueSource(strings = {"versions/2020", "series/", INDEX, KEY})
  void twoWritersOfOneKeyAreToldToTryAgainAndDo(String key) throws Exception {
    prepare(!key.equals(KEY));
    cloud.intercept(first(1, toConditionalPut(key), CONFLICT));

    assertThat(imported(JANUARY_25)).startsWith("Imported version ");
    assertThat(asOf(JANUARY_25)).isEqualTo(SET_25);
  }

  @Test
  void anotherImportMeanwhileIsTheVersionBeforeTheNextTry() throws Exception {
    prepare(true);
    TestApplication one = application();
    TestApplication other = application("gate.max-lost-days", "1");
    cloud.intercept(
        meanwhile(
            toConditionalPut(INDEX),
            () -> {
              files(TestApplication.NYT, TestApplication.JHU);
              return other.importVersion(JANUARY_24, folder);
            }));

    assertThat(one.importVersion(JANUARY_25, folder).getValue())
        .contains("1 added, 0 revised, 0 removed against 2020-01-24T21-00-00Z-");
    assertThat(index())
        .extracting(VersionEntry::at)
        .contains(Instant.parse(JANUARY_24), Instant.parse(JANUARY_25));
  }

  @Test
  void twoThatWouldBothBeTheCurrentOneEndInTheOrderOfTheirTimes() throws Exception {
    TestApplication one = application();
    TestApplication other = application("gate.max-lost-days", "1");
    cloud.intercept(
        meanwhile(
            toConditionalPut(KEY),
            () -> {
              files(LATER_NYT, LATER_JHU);
              return other.importVersion(JANUARY_25, folder);
            }));

    assertThat(one.importVersion(JANUARY_24, folder).getValue()).startsWith("Imported version ");
    assertThat(pointer().pulledAt()).isEqualTo(JANUARY_25);
    assertThat(index()).extracting(VersionEntry::at).containsExactly(Instant.parse(JANUARY_24));
    assertThat(asOf(JANUARY_24)).isEqualTo(SET);
    assertThat(asOf(JANUARY_25)).isEqualTo(SET_25);
  }

  @Test
  void aRunThatPublishesMeanwhileStaysTheCurrentVersion() throws Exception {
    TestApplication one = application();
    TestApplication other = application("gate.max-lost-days", "1");
    TestApplication.nyt(feeds, LATER_NYT);
    TestApplication.jhu(feeds, LATER_JHU);
    cloud.intercept(meanwhile(toConditionalPut(KEY), other::run));

    assertThat(one.importVersion(JANUARY_24, folder).getValue()).startsWith("Imported version ");
    assertThat(manifest(pointer().version()).origin()).isEqualTo(Origin.RUN);
    assertThat(cloud.object(KEY)).contains(SET_25);
    assertThat(asOf(JANUARY_24)).isEqualTo(SET);
  }

  @ParameterizedTest
  @ValueSource(strings = {INDEX, KEY})
  void whoNeverWinsTheRaceEndsWithAReason(String key) throws Exception {
    prepare(key.equals(INDEX));
    cloud.intercept(always(toConditionalPut(key), PRECONDITION_FAILED));

    assertThat(ended(1, JANUARY_25)).startsWith("Other processes changed the versions 20 times");
  }

  @ParameterizedTest
  @ValueSource(strings = {"versions/2020", "series/"})
  void aRoleThatMayNotWriteVersionsImportsNothing(String folder) throws Exception {
    for (boolean before : new boolean[] {false, true}) {
      prepare(before);
      SortedMap<String, String> metadata = new TreeMap<>(metadata());
      cloud.intercept(always(toConditionalPut(folder), DENIED));

      assertThat(ended(1, JANUARY_25)).contains("aws/stack.yaml");
      cloud.intercept(call -> Fault.none());
      assertThat(metadata()).isEqualTo(metadata);
      assertThat(asOf(JANUARY_25)).isEqualTo(SET_23);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"versions/index.json", "versions/2020-01-23", "series/"})
  void aDamagedObjectIsNamedAndNothingIsImported(String prefix) throws Exception {
    run();
    files(NYT_23, TestApplication.JHU);
    imported(JANUARY_23);
    String current = manifest(pointer().version()).sha256();
    String key =
        cloud.keys(prefix).stream()
            .filter(each -> !each.contains(current))
            .findFirst()
            .orElseThrow();
    cloud
        .s3Client()
        .putObject(put -> put.bucket(cloud.bucket()).key(key), RequestBody.fromString("{]"));
    files(TestApplication.NYT, TestApplication.JHU);

    assertThat(ended(1, JANUARY_24)).contains(key, "restore it from a copy");
    assertThat(cloud.keys("versions/")).hasSize(3);
  }

  // --- Helpers

  private void files(String nyt, String jhu) throws IOException {
    Files.writeString(folder.resolve("nyt.csv"), nyt);
    Files.writeString(folder.resolve("jhu.csv"), jhu);
  }

  private String imported(String at) throws Exception {
    return ended(0, at);
  }

  private String ended(int exitCode, String at) throws Exception {
    Map.Entry<Integer, String> end = application().importVersion(at, folder);
    assertThat(end.getKey()).as(end.getValue()).isEqualTo(exitCode);
    return end.getValue();
  }

  /** Does something else before the first of these calls. */
  private static Interceptor meanwhile(Predicate<Call> which, Callable<?> action) {
    return once(
        which,
        () -> {
          try {
            action.call();
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
        });
  }

  private Map<String, String> metadata() {
    return head(KEY).metadata();
  }

  private List<VersionEntry> index() throws IOException {
    return cloud.object(INDEX).isEmpty()
        ? List.of()
        : json.read(cloud.object(INDEX).orElseThrow().getBytes(UTF_8), VersionIndex.class)
            .orElseThrow()
            .versions();
  }

  /** All that the bucket says of versions. */
  private SortedMap<String, String> state() throws IOException {
    SortedMap<String, String> state = new TreeMap<>();
    for (String key : new ArrayList<>(cloud.keys(""))) {
      // Packed at another time, the same series has another header.
      state.put(key, key.startsWith("series/") ? "" : cloud.object(key).orElseThrow());
    }
    state.put("metadata", new TreeMap<>(metadata()).toString());
    return state;
  }

  private String asOf(String moment) throws IOException {
    Timeline timeline = new Timeline(new VersionIndex(index(), null, null), pointer().recent());
    return content(manifest(timeline.asOf(Instant.parse(moment)).orElseThrow().id()));
  }
}
