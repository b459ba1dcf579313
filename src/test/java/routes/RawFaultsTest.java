package routes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static local.Faults.DENIED;
import static local.Faults.SLOW_DOWN;
import static local.Faults.always;
import static local.Faults.first;
import static local.Faults.to;
import static local.Faults.toConditionalPut;
import static local.Faults.toS3;
import static local.Gzip.gzip;
import static org.assertj.core.api.Assertions.assertThat;

import app.TestApplication;
import covid.LastPull;
import covid.RunReport;
import covid.RunStatus;
import java.util.Arrays;
import local.Fault;
import local.LocalCloud;
import local.Service;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;

/** Bodies that cannot be kept, or not be read again, and servers that answer wrongly. */
class RawFaultsTest extends RawTestBase {
  RawFaultsTest(LocalCloud cloud) {
    super(cloud);
  }

  @Test
  void keepsABodyOnceWhoseAnswerIsLost() throws Exception {
    cloud.intercept(first(1, toConditionalPut("raw/"), Fault.dropAfter()));
    RunReport report = run();

    assertThat(report.status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(report.warnings()).isEmpty();
    assertThat(pulls()).hasSize(2);
    assertThat(kept(raw(TestApplication.NYT))).isEqualTo(TestApplication.NYT);
  }

  @Test
  void triesAgainToKeepABody() throws Exception {
    cloud.intercept(first(1, toConditionalPut("raw/"), SLOW_DOWN));
    RunReport report = run();

    assertThat(report.warnings()).isEmpty();
    assertThat(cloud.keys("raw/")).hasSize(2);
  }

  @Test
  void warnsOfABodyThatCannotBeKeptAndGoesOn() throws Exception {
    serveBoth();
    cloud.intercept(always(toConditionalPut(raw(TestApplication.NYT)), SLOW_DOWN));
    RunReport report = run();

    assertThat(report.status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(report.warnings())
        .singleElement()
        .asString()
        .startsWith("The step keep-body failed");
    assertThat(cloud.object("CovidData.csv")).contains(SET);
    assertThat(pulls()).extracting(LastPull::feed).containsExactly("jhu");
    run();
    assertThat(nytCondition()).isEmpty();
    assertThat(jhuCondition()).isNotEmpty();
  }

  @Test
  void warnsOnceWhenTheRoleMayNotKeepBodies() throws Exception {
    cloud.intercept(always(toConditionalPut("raw/"), DENIED));
    RunReport report = run();

    assertThat(report.status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(report.warnings()).singleElement().asString().contains("aws/stack.yaml", "raw.keep");
    assertThat(report.archive().version()).isNotNull();
    assertThat(pulls()).isEmpty();
  }

  @Test
  void pullsAFeedAnewWhoseKeptBodyIsGone() throws Exception {
    serveBoth();
    run();
    cloud
        .s3Client()
        .deleteObject(delete -> delete.bucket(cloud.bucket()).key(raw(TestApplication.NYT)));
    RunReport report = runWithAnotherJhu();

    assertPulledAnew(report);
    run();
    assertThat(nytCondition()).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"no gzip", "cut short", "another"})
  void pullsAFeedAnewWhoseKeptBodyIsDamaged(String damage) throws Exception {
    serveBoth();
    run();
    byte[] whole = gzip(TestApplication.NYT);
    byte[] damaged =
        switch (damage) {
          case "cut short" -> Arrays.copyOf(whole, whole.length - 9);
          case "another" -> gzip(LATER_NYT);
          default -> TestApplication.NYT.getBytes(UTF_8);
        };
    cloud
        .s3Client()
        .putObject(
            put -> put.bucket(cloud.bucket()).key(raw(TestApplication.NYT)),
            RequestBody.fromBytes(damaged));

    assertPulledAnew(runWithAnotherJhu());
  }

  @Test
  void pullsAFeedAnewWhoseKeptBodyMayNotBeRead() throws Exception {
    serveBoth();
    run();
    cloud.intercept(always(toS3("GET", "raw/"), DENIED));

    assertPulledAnew(runWithAnotherJhu());
  }

  @Test
  void failsWhenAFeedIsAwayWhoseKeptBodyIsGone() throws Exception {
    serveBoth();
    run();
    cloud.intercept(always(toS3("GET", "raw/"), DENIED));
    feeds.answer(
        "/us.csv",
        exchange ->
            exchange.sendResponseHeaders(
                exchange.getRequestHeaders().containsKey("If-None-Match") ? 304 : 404, -1));
    RunReport report = runWithAnotherJhu();

    assertThat(report.status()).isEqualTo(RunStatus.FAILED);
    assertThat(report.reason()).contains("Feed nyt", "404");
    assertThat(cloud.object("CovidData.csv")).contains(SET);
  }

  @Test
  void failsOnAnAnswerThatNothingHasChangedWhenNobodyAsked() throws Exception {
    feeds.answer("/us.csv", exchange -> exchange.sendResponseHeaders(304, -1));
    RunReport report = run();

    assertThat(report.status()).isEqualTo(RunStatus.FAILED);
    assertThat(report.reason())
        .contains("it answered 304, not modified, although the request had no condition");
    assertThat(feeds.requests("/us.csv")).isEqualTo(2);
  }

  @Test
  void readsTheBodiesWhenARunBeforeMayNotHaveToldWhatWasNew() throws Exception {
    serveBoth();
    run();
    cloud.intercept(always(to(Service.SNS), Fault.dropBefore()));
    run();
    cloud.intercept(call -> Fault.none());
    cloud.forgetRequests();
    run();

    assertThat(count("S3 GET covid-data/raw/")).isEqualTo(2);
  }

  @Test
  void readsTheBodyOfAFeedAgainThatIsUnchangedWhenTheOthersPullWasRefused() throws Exception {
    serveBoth();
    run();
    serveNyt("date,cases,deaths\n");
    RunReport report = run();

    assertThat(report.status()).isEqualTo(RunStatus.REFUSED);
    assertThat(cloud.object("CovidData.csv")).contains(SET);
    serveNyt(TestApplication.NYT);
    assertThat(run().feeds()).allMatch(feed -> feed.unchangedSince() != null);
  }

  /** What a report calls a body becomes a key, which Camel evaluates. */
  @Test
  void evaluatesNothingThatAReportCallsABody() throws Exception {
    RunReport first = run();
    String key = "runs/" + first.id() + ".json";
    String sha256 = first.feeds().get(0).sha256();
    String report = cloud.object(key).orElseThrow().replace(sha256, "{{archive.bucket}}");
    cloud
        .s3Client()
        .putObject(put -> put.bucket(cloud.bucket()).key(key), RequestBody.fromString(report));
    RunReport second = application().repeat(first.id());

    assertThat(second.status()).isEqualTo(RunStatus.FAILED);
    assertThat(second.reason())
        .isEqualTo(
            "Run %s does not say which body feed %s had: '{{archive.bucket}}' is not a SHA-256."
                .formatted(first.id(), first.feeds().get(0).name()));
  }

  private RunReport runWithAnotherJhu() throws Exception {
    serveJhu(TestApplication.JHU + "2020-01-26,US,,9,9,9\n");
    return run();
  }

  private void assertPulledAnew(RunReport report) {
    assertThat(report.status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(report.warnings()).isEmpty();
    assertThat(nyt(report).rows()).isEqualTo(4);
    assertThat(nytCondition()).isEmpty();
    assertThat(cloud.object("CovidData.csv")).contains(SET);
  }
}
