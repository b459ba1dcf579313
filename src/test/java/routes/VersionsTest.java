package routes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static local.Faults.always;
import static local.Faults.first;
import static local.Faults.toS3;
import static org.assertj.core.api.Assertions.assertThat;

import app.TestApplication;
import covid.RunReport;
import covid.RunStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import local.Fault;
import local.LocalCloud;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import versions.Changes;
import versions.Origin;
import versions.Pointer;
import versions.Version;
import versions.VersionEntry;
import versions.VersionIndex;

/** What a run publishes is a version that never changes, and the set says which. */
class VersionsTest extends VersionsTestBase {
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
  void reportAndMessageSayHowManyDaysWereRevisedAndWhichMost() throws Exception {
    run();
    TestApplication.nyt(
        feeds,
        TestApplication.NYT
            .replace("2020-01-22,1,0", "2020-01-22,2,0")
            .replace("2020-01-24,5,1", "2020-01-24,5,4"));
    RunReport report = run();

    RunReport.Changed changed = report.archive().changed();
    assertThat(changed.revised()).isEqualTo(2);
    assertThat(changed.largest())
        .isEqualTo(new RunReport.PublishedRevision(DAY_24, day("2020-01-24", 5, 4, 2)));
    assertThat(cloud.messages().get(1).text())
        .contains("Revised   2 published day(s), most of all 2020-01-24: deaths 1, now 4\n");
    assertThat(run().archive().changed()).isNull();
  }

  @Test
  void aMessageWithoutRevisionsIsThereForWhoWantsNone() throws Exception {
    application("announce.revisions", "none");
    run();
    TestApplication.nyt(feeds, TestApplication.NYT.replace("2020-01-22,1,0", "2020-01-22,2,0"));
    run();
    assertThat(cloud.messages().get(1).text()).doesNotContain("published day(s)");
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
  @Tag("slow")
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
}
