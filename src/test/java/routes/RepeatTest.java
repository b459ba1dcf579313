package routes;

import static local.Gzip.gzip;
import static org.assertj.core.api.Assertions.assertThat;

import app.TestApplication;
import covid.RunReport;
import covid.RunStatus;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import local.LocalCloud;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import versions.VersionId;

/** {@code run --raw}: a run on the bodies that an earlier one pulled. */
class RepeatTest extends RawTestBase {
  private static final String UNKNOWN = "2020-01-01T00-00-00Z-0000";

  RepeatTest(LocalCloud cloud) {
    super(cloud);
  }

  private RunReport repeat(String run) throws Exception {
    return application().repeat(run);
  }

  private void put(String key, String content) {
    cloud
        .s3Client()
        .putObject(put -> put.bucket(cloud.bucket()).key(key), RequestBody.fromString(content));
  }

  private void delete(String key) {
    cloud.s3Client().deleteObject(delete -> delete.bucket(cloud.bucket()).key(key));
  }

  @Test
  void readsWhatThatRunPulledAndAsksNoFeed() throws Exception {
    serveBoth();
    RunReport first = run();
    int asked = feeds.requests("/us.csv");
    Instant begin = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    RunReport report = repeat(first.id());

    assertThat(feeds.requests("/us.csv")).isEqualTo(asked);
    assertThat(report.status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(report.rawOf()).isEqualTo(first.id());
    assertThat(report.feeds()).isEqualTo(first.feeds());
    assertThat(report.startedAt()).isAfterOrEqualTo(begin);
    assertThat(cloud.messages().get(1).text())
        .contains("Repeats   run " + first.id() + ", on the bodies that it pulled");
  }

  @Test
  void takesInTheRowsThatWereBadThenAndAreGoodNow() throws Exception {
    application("feed.jhu.date-format", "yyyy/MM/dd", "gate.max-bad-rows", "100%");
    serveBoth();
    RunReport refused = run();
    assertThat(refused.status()).isEqualTo(RunStatus.REFUSED);
    // The feeds have something else meanwhile.
    serveNyt("date,cases,deaths\n2020-01-22,1,0\n");
    application("gate.max-bad-rows", "10%");
    Instant begin = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    RunReport report = repeat(refused.id());

    assertThat(report.status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(cloud.object("CovidData.csv")).contains(SET);
    assertThat(VersionId.at(report.archive().version())).isBetween(begin, Instant.now());
  }

  @Test
  void doesNotLetALaterPullRelyOnWhatAnEarlierOneFound() throws Exception {
    serveBoth();
    RunReport first = run();
    repeat(first.id());

    assertThat(pulls()).isEmpty();
    assertThat(run().status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(nytCondition()).isEmpty();
  }

  @Test
  void isJudgedAgainstWhatIsPublishedNow() throws Exception {
    serveBoth();
    RunReport first = run();
    serveNyt(LATER_NYT);
    serveJhu(LATER_JHU);
    run();
    RunReport report = repeat(first.id());

    assertThat(report.status()).isEqualTo(RunStatus.REFUSED);
    assertThat(report.reason()).contains("1 of the 4 days archived last are gone");
  }

  @Test
  void saysThatThereIsNoSuchRun() throws Exception {
    RunReport report = repeat(UNKNOWN);

    assertThat(report.status()).isEqualTo(RunStatus.FAILED);
    assertThat(report.reason())
        .isEqualTo(
            "There is no report of run 2020-01-01T00-00-00Z-0000 (runs/2020-01-01T00-00-00Z-0000.json"
                + " in the bucket): look for its id in /runs or in the bucket.");
  }

  @Test
  void saysThatARunHasNotPulledAFeed() throws Exception {
    feeds.answer("/us.csv", exchange -> exchange.sendResponseHeaders(404, -1));
    RunReport report = repeat(run().id());

    assertThat(report.status()).isEqualTo(RunStatus.FAILED);
    assertThat(report.reason()).contains("has not pulled feed nyt: repeat one that has.");
  }

  @Test
  void saysThatABodyIsNoLongerThere() throws Exception {
    RunReport first = run();
    delete(raw(TestApplication.JHU));
    RunReport report = repeat(first.id());

    assertThat(report.status()).isEqualTo(RunStatus.FAILED);
    assertThat(report.reason())
        .startsWith(
            "The body of feed jhu of run %s cannot be read, %s: it is not in the bucket."
                .formatted(first.id(), raw(TestApplication.JHU)))
        .contains("raw.keep", "without --raw");
    assertThat(cloud.object("CovidData.csv")).contains(SET);
  }

  @Test
  void saysThatABodyIsDamaged() throws Exception {
    RunReport first = run();
    put(raw(TestApplication.NYT), "no gzip");
    RunReport report = repeat(first.id());

    assertThat(report.status()).isEqualTo(RunStatus.FAILED);
    assertThat(report.reason()).contains("feed nyt of run " + first.id(), "not gzip");
  }

  @Test
  void saysThatABodyIsAnotherOne() throws Exception {
    RunReport first = run();
    cloud
        .s3Client()
        .putObject(
            put -> put.bucket(cloud.bucket()).key(raw(TestApplication.NYT)),
            RequestBody.fromBytes(gzip(LATER_NYT)));
    RunReport report = repeat(first.id());

    assertThat(report.reason()).contains("its SHA-256 is not that of its name");
  }
}
