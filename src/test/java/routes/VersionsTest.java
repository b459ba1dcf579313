package routes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static local.Faults.CONFLICT;
import static local.Faults.DENIED;
import static local.Faults.PRECONDITION_FAILED;
import static local.Faults.always;
import static local.Faults.first;
import static local.Faults.toConditionalPut;
import static local.Faults.toS3;
import static org.assertj.core.api.Assertions.assertThat;

import app.TestApplication;
import covid.RunReport;
import covid.RunStatus;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.zip.GZIPInputStream;
import local.Call;
import local.Fault;
import local.Interceptor;
import local.LocalCloud;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import versions.Changes;
import versions.Origin;
import versions.Pointer;
import versions.Version;
import versions.VersionEntry;
import versions.VersionIndex;
import web.Json;

/** What a run publishes is a version that never changes, and the set says which. */
class VersionsTest extends IngestTestBase {
  private static final String KEY = "CovidData.csv";
  private static final String LATER_JHU = TestApplication.JHU + "2020-01-25,US,,9,3,9\n";
  private static final String LATER_NYT = TestApplication.NYT + "2020-01-25,7,2\n";

  private final Json json = new Json();

  VersionsTest(LocalCloud cloud) {
    super(cloud);
  }

  @Test
  void aRunPublishesAVersionWithAManifestAndASeries() throws Exception {
    Instant before = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    RunReport report = run();

    Pointer pointer = pointer();
    Version version = manifest(pointer.version());
    assertThat(report.archive().version()).isEqualTo(version.id());
    assertThat(pointer.run()).isEqualTo(report.id());
    assertThat(pointer.recent()).containsExactly(version.entry());
    assertThat(version.origin()).isEqualTo(Origin.RUN);
    assertThat(version.parent()).isNull();
    assertThat(version.run()).isEqualTo(report.id());
    assertThat(version.at()).isBetween(before, Instant.now());
    assertThat(version.sha256()).isEqualTo(report.archive().sha256());
    assertThat(version.changes()).isEqualTo(new Changes(3, 0, 0));
    assertThat(version.feeds())
        .containsExactlyInAnyOrderElementsOf(
            report.feeds().stream()
                .map(feed -> new Version.Feed(feed.name(), feed.sha256()))
                .toList());
    assertThat(version.settings()).containsEntry("dataset", "us").containsKey("feed.nyt.url");
    assertThat(content(version)).isEqualTo(SET);
  }

  @Test
  void aRunThatFindsNothingNewKeepsTheVersionAndSaysThatItLooked() throws Exception {
    run();
    Pointer first = pointer();

    RunReport second = run();

    assertThat(pointer().version()).isEqualTo(first.version());
    assertThat(pointer().recent()).isEqualTo(first.recent());
    assertThat(pointer().run()).isEqualTo(second.id());
    assertThat(pointer().pulledAt()).isAfter(first.pulledAt());
    assertThat(second.archive().version()).isEqualTo(first.version());
    assertThat(cloud.keys("versions/")).hasSize(1);
    assertThat(cloud.keys("series/")).hasSize(1);
  }

  @Test
  void aRevisedSetIsANewVersionAndTheOldOneStays() throws Exception {
    run();
    Version first = manifest(pointer().version());
    serveLaterFeeds();
    TestApplication.nyt(feeds, LATER_NYT.replace("2020-01-22,1,0", "2020-01-22,2,0"));
    run();

    Version second = manifest(pointer().version());
    assertThat(second.parent()).isEqualTo(first.id());
    assertThat(second.changes()).isEqualTo(new Changes(1, 1, 0));
    assertThat(pointer().recent()).containsExactly(second.entry(), first.entry());
    assertThat(content(second)).isEqualTo(cloud.object(KEY).orElseThrow());
    assertThat(content(first)).isEqualTo(SET);
  }

  @Test
  void aSeriesThatIsThereAlreadyIsNotPutAgain() throws Exception {
    run();
    serveLaterFeeds();
    run();
    usualFeeds();
    application("gate.max-lost-days", "1");
    cloud.forgetRequests();
    RunReport back = run();

    assertThat(back.status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(cloud.keys("series/")).hasSize(2);
    assertThat(manifest(pointer().version()).changes()).isEqualTo(new Changes(0, 0, 1));
    assertThat(count("S3 PUT covid-data/series/")).isEqualTo(1);
    assertThat(content(manifest(pointer().version()))).isEqualTo(SET);
  }

  @Test
  void anOldSeriesIsPutAgainSoThatNoSweepTakesIt() throws Exception {
    run();
    String series = cloud.keys("series/").get(0);
    String etag = head(series).eTag();
    serveLaterFeeds();
    run();
    usualFeeds();
    application("gate.max-lost-days", "1");
    String old =
        DateTimeFormatter.RFC_1123_DATE_TIME.format(
            Instant.now().minus(Duration.ofHours(13)).atOffset(ZoneOffset.UTC));
    cloud.intercept(
        always(toS3("HEAD", series), Fault.answer(200, Map.of("Last-Modified", old), "")));
    cloud.forgetRequests();
    // The time of the packing is kept in seconds.
    while (Instant.now().getEpochSecond() == packedAt(series)) {
      Thread.onSpinWait();
    }
    run();
    cloud.intercept(call -> Fault.none());

    assertThat(count("S3 PUT covid-data/series/")).isEqualTo(2);
    assertThat(head(series).eTag()).isNotEqualTo(etag);
    assertThat(content(manifest(pointer().version()))).isEqualTo(SET);
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

    assertThat(cloud.keys("versions/")).hasSize(1);
    assertThat(manifest(pointer().version()).origin()).isEqualTo(Origin.FOUND);
    assertThat(report.archive().version()).isEqualTo(pointer().version());
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
    assertThat(cloud.messages().get(1).text()).contains("superseded by run " + run);
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

  @Test
  void versionsThatTheSetHasNoRoomForAreInTheIndex() throws Exception {
    List<VersionEntry> all = new ArrayList<>();
    int runs = 0;
    while (cloud.object("versions/index.json").isEmpty() || runs < 30) {
      TestApplication.nyt(
          feeds, TestApplication.NYT.replace("2020-01-24,5", "2020-01-24," + (50 + runs++)));
      assertThat(run().status()).isEqualTo(RunStatus.SUCCEEDED);
      all.add(pointer().recent().get(0));
    }
    VersionIndex index =
        json.read(
                cloud.object("versions/index.json").orElseThrow().getBytes(UTF_8),
                VersionIndex.class)
            .orElseThrow();
    assertThat(index.plus(pointer().recent()).versions()).isEqualTo(all);
    assertThat(bytes(head(KEY).metadata())).isLessThanOrEqualTo(2_048);
  }

  // --- Helpers

  private void serveLaterFeeds() {
    TestApplication.nyt(feeds, LATER_NYT);
    TestApplication.jhu(feeds, LATER_JHU);
  }

  private void usualFeeds() {
    TestApplication.nyt(feeds, TestApplication.NYT);
    TestApplication.jhu(feeds, TestApplication.JHU);
  }

  /** Does something before the first of these calls. */
  private static Interceptor once(Predicate<Call> which, Runnable action) {
    AtomicInteger calls = new AtomicInteger();
    return call -> {
      if (which.test(call) && calls.getAndIncrement() == 0) {
        action.run();
      }
      return Fault.none();
    };
  }

  private void put(String csv, Map<String, String> metadata) {
    cloud
        .s3Client()
        .putObject(
            put -> put.bucket(cloud.bucket()).key(KEY).metadata(new HashMap<>(metadata)),
            RequestBody.fromString(csv));
  }

  private HeadObjectResponse head(String key) {
    return cloud.s3Client().headObject(head -> head.bucket(cloud.bucket()).key(key));
  }

  private Pointer pointer() {
    return Pointer.of(head(KEY).metadata()).orElseThrow();
  }

  private Version manifest(String id) throws IOException {
    return json.read(
            cloud.object("versions/" + id + ".json").orElseThrow().getBytes(UTF_8), Version.class)
        .orElseThrow();
  }

  /** The CSV of a version of one place, from its series. */
  private String content(Version version) throws IOException {
    assertThat(version.series()).singleElement();
    String sha256 = version.series().get(0).sha256();
    byte[] csv = unpacked("series/" + sha256 + ".csv.gz");
    assertThat(DigestUtils.sha256Hex(csv)).isEqualTo(sha256).isEqualTo(version.sha256());
    return new String(csv, UTF_8);
  }

  private byte[] unpacked(String key) throws IOException {
    try (GZIPInputStream csv =
        new GZIPInputStream(
            cloud.s3Client().getObject(get -> get.bucket(cloud.bucket()).key(key)))) {
      return csv.readAllBytes();
    }
  }

  private long packedAt(String key) throws IOException {
    byte[] packed =
        cloud.s3Client().getObjectAsBytes(get -> get.bucket(cloud.bucket()).key(key)).asByteArray();
    return ByteBuffer.wrap(packed).order(ByteOrder.LITTLE_ENDIAN).getInt(4);
  }

  private static int bytes(Map<String, String> metadata) {
    return metadata.entrySet().stream()
        .mapToInt(each -> each.getKey().length() + each.getValue().length())
        .sum();
  }
}
