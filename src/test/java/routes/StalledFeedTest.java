package routes;

import static local.Faults.always;
import static local.Faults.to;
import static org.assertj.core.api.Assertions.assertThat;

import app.TestApplication;
import covid.DaySelection;
import covid.RunMarker;
import covid.RunReport;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import local.Fault;
import local.LocalCloud;
import local.Service;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;

/** A feed that brings nothing new any more, while the other one goes on. */
class StalledFeedTest extends IngestTestBase {
  private static final String TOLD =
      "Feed jhu has stalled: its newest day is 2020-01-24, older than feed.stalled-after allows."
          + " This is reported once.";

  private static final LocalDate YESTERDAY = LocalDate.now(ZoneOffset.UTC).minusDays(1);

  StalledFeedTest(LocalCloud cloud) {
    super(cloud);
  }

  @BeforeEach
  void stall() {
    TestApplication.nyt(feeds, TestApplication.NYT + YESTERDAY + ",9,2\n");
    application("feed.stalled-after", "7d", "gate.max-lost-days", "1");
  }

  @Test
  void isNamedInEveryReportAndInOneMessage() throws Exception {
    RunReport first = run();
    RunReport second = run();

    assertThat(List.of(first, second))
        .allSatisfy(
            report ->
                assertThat(report.feeds())
                    .filteredOn(RunReport.Feed::stalled)
                    .extracting(RunReport.Feed::name)
                    .containsExactly("jhu"));
    assertThat(first.warnings()).containsExactly(TOLD);
    assertThat(second.warnings()).isEmpty();
    assertThat(cloud.messages())
        .extracting(message -> message.text().contains(TOLD))
        .containsExactly(true, false);
    assertThat(cloud.object("runs/" + second.id() + ".json").orElseThrow())
        .contains("\"stalled\" : true");
  }

  @Test
  void isToldOfOnceMoreWhenItWentOnAndStallsAgain() throws Exception {
    run();
    TestApplication.jhu(feeds, TestApplication.JHU + YESTERDAY + ",US,,9,3,9\n");
    RunReport going = run();
    TestApplication.jhu(feeds, TestApplication.JHU);
    RunReport stalledAgain = run();

    assertThat(going.warnings()).isEmpty();
    assertThat(going.feeds()).noneMatch(RunReport.Feed::stalled);
    assertThat(stalledAgain.warnings()).containsExactly(TOLD);
  }

  @Test
  void isToldOfAgainWhenTheFirstMessageDidNotGoOut() throws Exception {
    cloud.intercept(always(to(Service.SNS), Fault.dropBefore()));
    run();
    cloud.intercept(call -> Fault.none());

    assertThat(run().warnings()).containsExactly(TOLD);
    assertThat(cloud.messages()).singleElement().matches(message -> message.text().contains(TOLD));
    assertThat(run().warnings()).isEmpty();
  }

  @Test
  void isToldOfByTheRunThatPublishesThoughOneThatFailedHasNamedTheRunBefore() throws Exception {
    cloud.intercept(always(to(Service.SNS), Fault.dropBefore()));
    String silent = run().id();
    cloud.intercept(call -> Fault.none());
    TestApplication.nyt(feeds, "<html>");
    assertThat(run().unfinishedRuns()).extracting(RunMarker::id).containsExactly(silent);

    TestApplication.nyt(feeds, TestApplication.NYT + YESTERDAY + ",9,2\n");
    RunReport next = run();

    assertThat(next.unfinishedRuns()).extracting(RunMarker::id).containsExactly(silent);
    assertThat(next.warnings()).containsExactly(TOLD);
    assertThat(cloud.keys("open-runs/")).isEmpty();
    assertThat(run().warnings()).isEmpty();
  }

  @Test
  void isToldOfByTheNextRunThoughTakingRevisionsHasNamedTheRunBefore() throws Exception {
    cloud.intercept(always(to(Service.SNS), Fault.dropBefore()));
    String silent = run().id();
    cloud.intercept(call -> Fault.none());
    try (TestApplication command =
        TestApplication.takingRevisions(Optional.empty(), cloud, feeds)) {
      assertThat(command.takeRevisions(DaySelection.ALL).unfinishedRuns())
          .extracting(RunMarker::id)
          .containsExactly(silent);
    }

    RunReport next = run();

    assertThat(next.warnings()).containsExactly(TOLD);
    assertThat(cloud.keys("open-runs/")).isEmpty();
  }

  // --- With webhooks

  private void tell(String topic, int first, int second) {
    Posts posts = new Posts(feeds);
    posts.answer("/first", first);
    posts.answer("/second", second);
    application(
        "feed.stalled-after",
        "7d",
        "gate.max-lost-days",
        "1",
        "announce.topic",
        topic,
        "announce.webhook",
        posts.at("/first") + " " + posts.at("/second"));
  }

  @Test
  void isToldOfOnceThoughNoWebhookGotTheMessageThatTheTopicHas() throws Exception {
    tell(cloud.topicArn(), 404, 404);

    assertThat(run().warnings()).contains(TOLD);
    assertThat(run().warnings()).doesNotContain(TOLD);
    assertThat(run().warnings()).doesNotContain(TOLD);
  }

  @Test
  void isToldOfAgainWhenOnlyWebhooksGotTheMessage() throws Exception {
    tell(cloud.topicArn(), 200, 200);
    cloud.intercept(always(to(Service.SNS), Fault.dropBefore()));
    assertThat(run().warnings()).contains(TOLD);
    cloud.intercept(call -> Fault.none());

    assertThat(run().warnings()).containsExactly(TOLD);
    assertThat(run().warnings()).isEmpty();
  }

  /** Its marker is as it was when the webhook was asked. */
  @Test
  void isToldOfOnceThoughTheRunDiedWhileItWaitedForAWebhook() throws Exception {
    putMarkerOfDead("2026-01-01T00-00-00Z-dead");
    AtomicReference<String> marker = new AtomicReference<>("");
    tell(cloud.topicArn(), 200, 200);
    feeds.answer(
        "/first",
        exchange -> {
          List<String> markers = cloud.keys("open-runs/");
          assertThat(markers).hasSize(1);
          marker.set(cloud.object(markers.get(0)).orElseThrow());
          exchange.sendResponseHeaders(200, -1);
        });
    RunReport died = run();
    assertThat(died.warnings()).containsExactly(TOLD);
    assertThat(died.unfinishedRuns()).hasSize(1);
    put("open-runs/" + died.id() + ".json", marker.get());

    RunReport next = run();

    assertThat(next.unfinishedRuns())
        .singleElement()
        .asString()
        .matches(
            "Run %s ended, and whether its message reached webhook 1 \\(.*\\), webhook 2 \\(.*\\) is not known: 3 row\\(s\\) have been added"
                .formatted(died.id()));
    assertThat(next.warnings()).isEmpty();
    assertThat(cloud.keys("open-runs/")).isEmpty();
  }

  @Test
  void isToldOfOnceThoughALaterRunDiedInItsPull() throws Exception {
    run();
    putMarkerOfDead("2026-01-01T00-00-00Z-dead", Instant.now().plus(Duration.ofHours(1)));

    RunReport next = run();

    assertThat(next.unfinishedRuns()).hasSize(1);
    assertThat(next.warnings()).isEmpty();
  }

  @Test
  void isToldOfWhenItStallsAfterARunThatDiedInItsPull() throws Exception {
    TestApplication.jhu(feeds, TestApplication.JHU + YESTERDAY + ",US,,9,3,9\n");
    run();
    putMarkerOfDead("2026-01-01T00-00-00Z-dead", Instant.now().plus(Duration.ofHours(1)));
    TestApplication.jhu(feeds, TestApplication.JHU);

    assertThat(run().warnings()).containsExactly(TOLD);
  }

  /** The published set has it as reported. */
  @Test
  void isToldOfAgainWhenTheRunDiedAfterItHadPublished() throws Exception {
    RunReport died = run();
    putMarkerOfDead(died.id(), Instant.now().plus(Duration.ofHours(1)));

    assertThat(run().warnings()).containsExactly(TOLD);
    assertThat(run().warnings()).isEmpty();
  }

  /** Another run may have taken over what the dead one had published. */
  @Test
  void isToldOfAgainWhenARunThatDiedMayHavePublishedBeforeTheSet() throws Exception {
    run();
    putMarkerOfDead("2026-01-01T00-00-00Z-dead");

    assertThat(run().warnings()).containsExactly(TOLD);
  }

  private void putMarkerOfDead(String id) {
    putMarkerOfDead(id, Instant.parse("2026-01-01T00:00:00Z"));
  }

  private void putMarkerOfDead(String id, Instant startedAt) {
    put(
        "open-runs/" + id + ".json",
        """
        {"id": "%s", "trigger": "schedule", "startedAt": "%s",
         "owner": {"host": "elsewhere", "pid": 1, "startedAt": "2026-01-01T00:00:00Z"}}
        """
            .formatted(id, startedAt));
  }

  private void put(String key, String text) {
    cloud
        .s3Client()
        .putObject(put -> put.bucket(cloud.bucket()).key(key), RequestBody.fromString(text));
  }

  @Test
  void isToldOfOnceWithoutATopicIfAWebhookGotTheMessage() throws Exception {
    tell("", 404, 200);

    assertThat(run().warnings()).contains(TOLD);
    assertThat(run().warnings()).doesNotContain(TOLD);
  }

  @Test
  void isToldOfAgainWithoutATopicWhenNoWebhookGotTheMessage() throws Exception {
    tell("", 404, 404);

    assertThat(run().warnings()).contains(TOLD);
    assertThat(run().warnings()).contains(TOLD);
  }
}
