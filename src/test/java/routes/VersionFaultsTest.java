package routes;

import static local.Faults.CONFLICT;
import static local.Faults.DENIED;
import static local.Faults.PRECONDITION_FAILED;
import static local.Faults.always;
import static local.Faults.first;
import static local.Faults.toConditionalPut;
import static org.assertj.core.api.Assertions.assertThat;

import covid.RunReport;
import covid.RunStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import local.Fault;
import local.LocalCloud;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;
import versions.Changes;
import versions.Origin;
import versions.Pointer;
import versions.Version;
import versions.VersionEntry;
import versions.VersionId;

/** What becomes of a version if something fails, or others publish at the same time. */
class VersionFaultsTest extends VersionsTestBase {
  VersionFaultsTest(LocalCloud cloud) {
    super(cloud);
  }

  @Test
  void aSetOfVersion01IsTakenOverAsAVersion() throws Exception {
    put(SET, Map.of("rows", "3"));
    Instant there = head(KEY).lastModified();
    serveLaterFeeds();
    run();

    Version second = manifest(pointer().version());
    Version found = manifest(second.parent());
    assertThat(found.origin()).isEqualTo(Origin.FOUND);
    assertThat(found.at()).isEqualTo(there.truncatedTo(ChronoUnit.SECONDS));
    assertThat(found.run()).isNull();
    assertThat(content(found)).isEqualTo(SET);
    assertThat(second.changes()).isEqualTo(new Changes(1, 0, 0));
    assertThat(pointer().recent()).containsExactly(second.entry(), found.entry());
  }

  @Test
  void aSetOfVersion01ThatIsStillTheSameIsTakenOverWithoutANewVersion() throws Exception {
    put(SET, Map.of());
    RunReport report = run();

    assertThat(report.warnings()).isEmpty();
    assertThat(cloud.keys("versions/")).hasSize(1);
    assertThat(manifest(pointer().version()).origin()).isEqualTo(Origin.FOUND);
    assertThat(report.archive().version()).isEqualTo(pointer().version());
  }

  @Test
  void aSetThatIsPutBackWithoutItsMetadataBeginsTheListAnewWithAWarning() throws Exception {
    put(SET, Map.of());
    // As tools leave it that show folders.
    cloud
        .s3Client()
        .putObject(put -> put.bucket(cloud.bucket()).key("versions/"), RequestBody.empty());
    cloud
        .s3Client()
        .putObject(
            put -> put.bucket(cloud.bucket()).key("versions/2020-01-25T00-00-00Z-01234567.json"),
            RequestBody.fromString("{}"));
    RunReport report = run();

    assertThat(report.status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(report.warnings())
        .singleElement()
        .asString()
        .startsWith("The metadata of the published set named no version, ");
    assertThat(cloud.messages()).singleElement().asString().contains("begins anew");
    assertThat(run().warnings()).isEmpty();
  }

  @Test
  void aLostAnswerToThePutOfTheSetIsAnswered() throws Exception {
    cloud.intercept(first(1, toConditionalPut(KEY), Fault.dropAfter()));
    RunReport report = run();

    assertThat(report.status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(report.archive().version()).isEqualTo(pointer().version());
    assertThat(cloud.keys("versions/")).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"versions/", "series/"})
  void aLostAnswerToThePutOfWhatIsNewIsNoTrouble(String folder) throws Exception {
    cloud.intercept(first(1, toConditionalPut(folder), Fault.dropAfter()));
    RunReport report = run();

    assertThat(report.status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(report.warnings()).isEmpty();
    assertThat(content(manifest(pointer().version()))).isEqualTo(SET);
  }

  @Test
  void whoLosesTheRaceAgainstAnEarlierPullJudgesItsPullAgainAndPublishesIt() throws Exception {
    run();
    Pointer first = pointer();
    serveLaterFeeds();
    String other = SET.replace("2020-01-24,5", "2020-01-24,6");
    String id = "2020-01-25T00-00-00Z-01234567";
    VersionEntry entry =
        new VersionEntry(
            id, Origin.RUN, "2020-01-25T00-00-00Z-0123", 3, DAY_24.date(), new Changes(0, 1, 0));
    cloud.intercept(
        once(
            toConditionalPut(KEY),
            () ->
                put(
                    other,
                    new Pointer(id, first.pulledAt(), "2020-01-25T00-00-00Z-0123", List.of(entry))
                        .metadata())));
    RunReport report = run();

    assertThat(report.status()).isEqualTo(RunStatus.SUCCEEDED);
    Version version = manifest(pointer().version());
    assertThat(version.parent()).isEqualTo(id);
    assertThat(version.changes()).isEqualTo(new Changes(1, 1, 0));
    assertThat(pointer().recent()).containsExactly(version.entry(), entry);
    assertThat(content(version)).isEqualTo(cloud.object(KEY).orElseThrow()).contains("2020-01-25");
  }

  @Test
  void whoLosesTheRaceAgainstALaterPullIsSuperseded() throws Exception {
    run();
    Pointer first = pointer();
    serveLaterFeeds();
    String run = "2020-01-25T00-00-00Z-0123";
    cloud.intercept(
        once(
            toConditionalPut(KEY),
            () ->
                put(
                    SET.replace("2020-01-24,5", "2020-01-24,6"),
                    new Pointer(first.version(), Instant.now().plusSeconds(60), run, first.recent())
                        .metadata())));
    RunReport report = run();

    assertThat(report.status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(report.supersededBy()).isEqualTo(run);
    assertThat(report.archive()).isNull();
    assertThat(cloud.object(KEY).orElseThrow()).contains("2020-01-24,6");
    assertThat(cloud.messages().get(1).text()).contains("superseded by " + run);
  }

  @Test
  void whoBeganBeforeARollbackIsSuperseded() throws Exception {
    run();
    Pointer first = pointer();
    serveLaterFeeds();
    String id = VersionId.of(Instant.now().plusSeconds(60), "ab", first.version(), null);
    VersionEntry entry =
        new VersionEntry(id, Origin.ROLLBACK, null, 3, DAY_24.date(), new Changes(0, 1, 0));
    cloud.intercept(
        once(
            toConditionalPut(KEY),
            () ->
                put(
                    SET.replace("2020-01-24,5", "2020-01-24,6"),
                    new Pointer(id, VersionId.at(id), null, List.of(entry)).metadata())));
    RunReport report = run();

    assertThat(report.status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(report.supersededBy()).isEqualTo(id);
    assertThat(cloud.object(KEY).orElseThrow()).contains("2020-01-24,6");
  }

  @Test
  void aPullOfTheFutureIsReplacedWithAWarning() throws Exception {
    run();
    Pointer first = pointer();
    put(
        SET,
        new Pointer(
                first.version(),
                Instant.now().plus(Duration.ofDays(400)),
                first.run(),
                first.recent())
            .metadata());
    serveLaterFeeds();
    RunReport report = run();

    assertThat(report.archive()).isNotNull();
    assertThat(report.warnings()).singleElement().asString().contains("set the clocks");
  }

  @Test
  void aSetThatIsGoneMeanwhileIsPublishedAnew() throws Exception {
    run();
    serveLaterFeeds();
    cloud.intercept(
        once(
            toConditionalPut(KEY),
            () -> cloud.s3Client().deleteObject(set -> set.bucket(cloud.bucket()).key(KEY))));
    RunReport report = run();

    assertThat(report.status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(manifest(pointer().version()).parent()).isNull();
    assertThat(cloud.object(KEY).orElseThrow()).contains("2020-01-25");
  }

  @ParameterizedTest
  @ValueSource(strings = {"versions/", "series/", KEY})
  void twoWritersOfOneKeyAreToldToTryAgainAndDo(String key) throws Exception {
    cloud.intercept(first(1, toConditionalPut(key), CONFLICT));
    RunReport report = run();

    assertThat(report.status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(content(manifest(pointer().version()))).isEqualTo(SET);
  }

  @Test
  void whoNeverWinsTheRaceEndsWithAReason() throws Exception {
    cloud.intercept(always(toConditionalPut(KEY), PRECONDITION_FAILED));
    RunReport report = run();

    assertThat(report.status()).isEqualTo(RunStatus.FAILED);
    assertThat(report.reason()).contains("Other runs published 20 sets");
    assertThat(cloud.object(KEY)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"versions/", "series/"})
  void aRoleThatMayNotWriteVersionsPublishesTheSetWithOneWarning(String folder) throws Exception {
    cloud.intercept(always(toConditionalPut(folder), DENIED));
    RunReport report = run();

    assertThat(report.status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(report.archive().version()).isNull();
    assertThat(report.warnings()).singleElement().asString().contains("aws/stack.yaml");
    assertThat(cloud.object(KEY)).contains(SET);
    assertThat(Pointer.of(head(KEY).metadata())).isEmpty();
  }
}
