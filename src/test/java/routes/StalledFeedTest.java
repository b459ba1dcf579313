package routes;

import static local.Faults.always;
import static local.Faults.to;
import static org.assertj.core.api.Assertions.assertThat;

import app.TestApplication;
import covid.RunReport;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import local.Fault;
import local.LocalCloud;
import local.Service;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

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
