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
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;
import versions.Origin;
import versions.Version;
import versions.VersionEntry;
import versions.VersionIndex;

/** Imports that go wrong, are interrupted, or meet others. */
class ImportFaultsTest extends ImportTestBase {
  ImportFaultsTest(LocalCloud cloud) {
    super(cloud);
  }

  // --- The feeds

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
  void aFileThatIsNotTheFeedIsNamed() throws Exception {
    files("<html>", TestApplication.JHU);

    assertThat(ended(3, JANUARY_24))
        .isEqualTo(
            "Feed nyt has no column 'date', 'cases', 'deaths': what file://%s/nyt.csv serves is an HTML page and not CSV; open it in a browser, and correct feed.nyt.url, or feed.nyt.headers if it asks for a login.\n"
                .formatted(folder));
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

  // --- The versions

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

  @Test
  void whatWasRolledBackIsNotImportedAsTheCurrentVersion() throws Exception {
    run();
    String right = pointer().version();
    serveLaterFeeds();
    run();
    application()
        .context()
        .createProducerTemplate()
        .requestBody(
            "direct:rollback", new Version.Rollback(right, "Ada", "a typing error"), Version.class);
    files(LATER_NYT, LATER_JHU);
    SortedMap<String, String> state = state();

    assertThat(ended(3, Instant.now().plusSeconds(60).toString()))
        .contains("which was withdrawn by a rollback");
    assertThat(state()).isEqualTo(state);
  }

  @Test
  void aTimeOfWhichVersionsAreNoLongerKeptIsRefused() throws Exception {
    prepare(true);
    VersionIndex index = new VersionIndex(index(), Instant.parse("2020-01-26T00:00:00Z"), null);
    cloud
        .s3Client()
        .putObject(
            put -> put.bucket(cloud.bucket()).key(INDEX), RequestBody.fromBytes(json.write(index)));

    assertThat(ended(1, JANUARY_25))
        .isEqualTo(
            "Versions before 2020-01-26T00:00:00Z are no longer kept (versions.keep), so one of"
                + " 2020-01-25T21:00:00Z would be removed again.\n");
  }

  // --- The bucket

  @Test
  @Tag("slow")
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
  @CsvSource({
    "versions/index.json, {]",
    "versions/2020-01-23, {]",
    "versions/2020-01-23, null",
    "series/, {]",
    "series/, ''"
  })
  void aDamagedObjectIsNamedAndNothingIsImported(String prefix, String text) throws Exception {
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
        .putObject(put -> put.bucket(cloud.bucket()).key(key), RequestBody.fromString(text));
    files(TestApplication.NYT, TestApplication.JHU);

    assertThat(ended(1, JANUARY_24)).contains(key, "restore it from a copy");
    assertThat(cloud.keys("versions/")).hasSize(3);
  }

  // --- Helpers

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
}
