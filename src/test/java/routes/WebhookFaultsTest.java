package routes;

import static local.Faults.always;
import static local.Faults.to;
import static local.Faults.toS3;
import static org.assertj.core.api.Assertions.assertThat;

import covid.RunMarker;
import covid.RunReport;
import covid.RunStatus;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import local.Fault;
import local.Faults;
import local.LocalCloud;
import local.LogLines;
import local.RawFeed;
import local.Service;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a webhook can do to a run: nothing but that the next run says so. */
class WebhookFaultsTest extends IngestTestBase {
  private static final String BUSY =
      "/*** answered 503 Service Unavailable: if it lasts, check what answers there.";

  private Posts posts;
  private String server = "";

  WebhookFaultsTest(LocalCloud cloud) {
    super(cloud);
  }

  /** Two webhooks; a test has the first one fail. */
  @BeforeEach
  void listen() {
    posts = new Posts(feeds);
    posts.answer("/token/first", 200);
    posts.answer("/second", 200);
    server = feeds.uri().toString();
    useBoth();
  }

  private void useBoth() {
    application(
        "announce.webhook",
        posts.at("/token/first?key=token") + " " + posts.at("/second"),
        "announce.webhook.secret",
        Posts.SECRET);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "400 | Bad Request  | it does not take the message; check whether announce.webhook has the"
            + " form that it takes",
        "401 | Unauthorized | it refuses the address or the signature; correct announce.webhook or"
            + " announce.webhook.secret, and check the clock of this machine",
        "404 | Not Found    | the webhook was removed; make another one, or correct"
            + " announce.webhook",
        "410 | Gone         | the webhook was removed; make another one, or correct"
            + " announce.webhook",
        "407 | Proxy Authentication Required | the proxy asks for a user and a password; give them"
            + " in HTTPS_PROXY or HTTP_PROXY",
      })
  void isNotAskedAgainWhenItRefusesAMessage(int status, String text, String cure) throws Exception {
    posts.answer("/token/first", status);

    RunReport report = run();

    assertThat(posts.to("/token/first")).hasSize(1);
    assertNotTaken(report, "%s/*** answered %d %s: %s.".formatted(server, status, text, cure));
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 429, 500, 503})
  void isAskedAgainWhenItIsBusy(int status) throws Exception {
    posts.answer("/token/first", status, 200);

    RunReport report = run();

    assertTaken(report);
    assertThat(posts.to("/token/first"))
        .hasSize(2)
        .allSatisfy(post -> post.verify(Posts.SECRET))
        .allSatisfy(post -> assertThat(post.header("webhook-id")).isEqualTo(report.id()));
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 503})
  void isAskedAgainWhenItSays(int status) throws Exception {
    // Longer than the policy's own delay.
    posts.answer("/token/first", Map.of("Retry-After", "1"), status, 200);

    assertTaken(run());

    assertThat(posts.to("/token/first")).hasSize(2);
    assertThat(
            Duration.between(
                posts.to("/token/first").get(0).at(), posts.to("/token/first").get(1).at()))
        .isGreaterThanOrEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void isGivenUpWhenItStaysBusy() throws Exception {
    posts.answer("/token/first", 503);

    RunReport report = run();

    assertThat(posts.to("/token/first")).hasSize(2);
    assertNotTaken(report, server + BUSY);
  }

  @Test
  void isSaidToBeAskedAgainAndThenToBeNamedByTheNextRun() throws Exception {
    posts.answer("/token/first", 503);

    try (LogLines log = new LogLines()) {
      RunReport report = run();

      assertThat(log.texts())
          .containsSubsequence(
              "Waiting for webhook 1 (%1$s/***), webhook 2 (%1$s/***): at most 100 s"
                  .formatted(server),
              "send-webhook 1: try 2 after: " + server + BUSY,
              "Run %s: its message did not reach webhook 1, and that of the next run says so: %s"
                  .formatted(report.id(), server + BUSY))
          .noneMatch(line -> line.contains("tries again"));
    }
  }

  @Test
  void isAskedAgainWhenItClosesTheConnection() throws Exception {
    posts.answer("/token/first", 0, 200);

    assertTaken(run());
    assertThat(posts.to("/token/first")).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 307, 308})
  void isNotFollowedToAnotherAddress(int status) throws Exception {
    posts.answer("/token/first", Map.of("Location", "/elsewhere"), status);
    posts.answer("/elsewhere", 200);

    RunReport report = run();

    assertThat(onlyWarning(report))
        .startsWith(
            "The message could not be sent to webhook 1: %s/*** answered %d"
                .formatted(server, status))
        .endsWith(
            ", and a message is not sent on to where that leads: look up where the webhook is now,"
                + " and correct announce.webhook.");
    assertThat(feeds.requests("/elsewhere")).isZero();
    assertThat(posts.to("/token/first")).hasSize(1);
  }

  @Test
  void refusesTheConnection() throws Exception {
    ownApplication("announce.webhook", "http://127.0.0.1:1/token " + posts.at("/second"));

    assertNotTaken(
        run(),
        "http://127.0.0.1:1/*** refuses the connection: check the network and announce.webhook.");
  }

  @Test
  void isOnAHostThatIsNotKnown() throws Exception {
    ownApplication("announce.webhook", "https://hook.invalid/token " + posts.at("/second"));

    assertNotTaken(
        run(),
        "The host of https://hook.invalid/*** is not known: correct announce.webhook, or check the"
            + " DNS.");
  }

  @Test
  void doesNotAnswer() throws Exception {
    CountDownLatch ends = new CountDownLatch(1);
    feeds.answer("/silent", exchange -> await(ends));
    ownApplication(
        "announce.webhook",
        posts.at("/silent?token") + " " + posts.at("/second"),
        "announce.webhook.timeout",
        "200ms");

    RunReport report = run();
    ends.countDown();

    assertNotTaken(report, notInTime(server + "/***"));
    assertThat(feeds.requests("/silent")).isEqualTo(2);
  }

  @Test
  void dripsItsAnswer() throws Exception {
    try (RawFeed hook = RawFeed.dripping("HTTP/1.1 200 OK\r\n", "X: ", Duration.ofMillis(20))) {
      ownApplication(
          "announce.webhook",
          hook.uri() + " " + posts.at("/second"),
          "announce.webhook.timeout",
          "200ms");

      assertNotTaken(run(), notInTime(hook.uri().resolve("/***").toString()));
    }
  }

  private static String notInTime(String address) {
    return "%s did not answer in time: check the network, or raise announce.webhook.timeout."
        .formatted(address);
  }

  @Test
  void hasAnEndlessAnswerWhichIsNotRead() throws Exception {
    try (RawFeed hook = RawFeed.flooding("HTTP/1.1 200 OK\r\n\r\n", "ok ")) {
      ownApplication("announce.webhook", hook.uri() + " " + posts.at("/second"));

      assertTaken(run());
      assertThat(hook.requests()).hasSize(1);
    }
  }

  @Test
  void answersWithNoHttp() throws Exception {
    try (RawFeed hook = RawFeed.saying("SSH-2.0-server\r\n")) {
      ownApplication("announce.webhook", hook.uri() + " " + posts.at("/second"));

      assertThat(onlyWarning(run()))
          .startsWith("The message could not be sent to webhook 1: ")
          .contains(hook.uri().resolve("/***").toString())
          .doesNotContain("feed.csv");
    }
  }

  @Test
  void getsTheMessageThatTheTopicDoesNotTake() throws Exception {
    cloud.intercept(
        always(to(Service.SNS), Faults.refusal(Service.SNS, 403, "AuthorizationError")));

    RunReport report = run();

    assertThat(onlyWarning(report))
        .startsWith("The message could not be sent: The AWS credentials");
    assertThat(posts.to("/token/first")).hasSize(1);
    assertThat(posts.to("/second")).hasSize(1);
    assertTheNextRunSaysSo(report, "The message of run %s did not reach the topic: ");
  }

  @Test
  void isNamedBesideTheTopicThatDoesNotTakeTheMessageEither() throws Exception {
    posts.answer("/token/first", 404);
    cloud.intercept(always(to(Service.SNS), Faults.refusal(Service.SNS, 404, "NotFound")));

    RunReport report = run();

    assertThat(report.warnings()).hasSize(2);
    assertTheNextRunSaysSo(
        report,
        "The message of run %%s did not reach the topic, webhook 1 (%s/***): ".formatted(server));
  }

  @Test
  void isNotNamedWhenNobodyGotTheMessage() throws Exception {
    posts.answer("/token/first", 404);
    posts.answer("/second", 404);
    cloud.intercept(always(to(Service.SNS), Faults.refusal(Service.SNS, 404, "NotFound")));

    RunReport report = run();

    assertThat(report.warnings()).hasSize(3);
    posts.answer("/second", 200);
    assertTheNextRunSaysSo(report, "Run %s ended, but its message could not be sent: ");
  }

  @Test
  void getsTheMessageWhenTheBucketIsAway() throws Exception {
    cloud.intercept(always(to(Service.S3), Fault.dropBefore()));

    RunReport report = run();

    assertThat(report.status()).isEqualTo(RunStatus.FAILED);
    assertThat(posts.to("/token/first").get(0).json().get("type").asText()).isEqualTo("run.failed");
  }

  /** Each of them answers when all of them have their message. */
  @Test
  void holdsUpNoOther() throws Exception {
    int webhooks = 30;
    CountDownLatch all = new CountDownLatch(webhooks);
    feeds.answer(
        "/patient",
        exchange -> {
          all.countDown();
          await(all);
          exchange.sendResponseHeaders(204, -1);
        });
    ownApplication(
        "announce.webhook",
        IntStream.range(0, webhooks)
            .mapToObj(i -> posts.at("/patient?" + i).toString())
            .collect(Collectors.joining(" ")));

    RunReport report = run();

    assertThat(report.warnings()).isEmpty();
    assertThat(cloud.keys("open-runs/")).isEmpty();
  }

  @Test
  void areNamedInTheirOrder() throws Exception {
    CountDownLatch second = new CountDownLatch(1);
    feeds.answer(
        "/slow",
        exchange -> {
          await(second);
          exchange.sendResponseHeaders(404, -1);
        });
    feeds.answer(
        "/quick",
        exchange -> {
          exchange.sendResponseHeaders(404, -1);
          exchange.close();
          second.countDown();
        });
    ownApplication("announce.webhook", posts.at("/slow") + " " + posts.at("/quick"));

    assertThat(run().warnings())
        .satisfiesExactly(
            first -> assertThat(first).contains("webhook 1"),
            next -> assertThat(next).contains("webhook 2"));
  }

  @Test
  void isGivenUpWhenItAsksForMoreTimeThanThereIs() throws Exception {
    posts.answer("/token/first", Map.of("Retry-After", "60"), 503, 200);
    ownApplication(
        "announce.webhook",
        posts.at("/token/first") + " " + posts.at("/second"),
        "announce.webhook.timeout",
        "2s");

    RunReport report = run();

    assertThat(posts.to("/token/first")).hasSize(1);
    assertNotTaken(report, server + BUSY);
  }

  private static void await(CountDownLatch event) {
    try {
      event.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void isNamedByTheNextRunOnlyHoweverLongItIsAway() throws Exception {
    posts.answer("/token/first", 404);
    run();
    RunReport second = run();

    RunReport third = run();

    assertThat(third.unfinishedRuns())
        .singleElement()
        .asString()
        .startsWith(
            "The message of run %s did not reach webhook 1 (%s/***): "
                .formatted(second.id(), server));
    assertThat(cloud.keys("open-runs/")).containsExactly("open-runs/" + third.id() + ".json");
    assertThat(cloud.messages()).hasSize(3);
  }

  @Test
  void namesEachRunOfWhichNobodyHasHeardWithoutATopic() throws Exception {
    posts.answer("/token/first", 404);
    application("announce.topic", "", "announce.webhook", posts.at("/token/first").toString());
    RunReport first = run();
    RunReport second = run();
    posts.answer("/token/first", 200);

    RunReport third = run();

    assertThat(third.unfinishedRuns())
        .allSatisfy(
            run -> assertThat(run).asString().contains("ended, but its message could not be sent"))
        .extracting(RunMarker::id)
        .containsExactlyInAnyOrder(first.id(), second.id());
    assertThat(cloud.keys("open-runs/")).isEmpty();
  }

  @Test
  void getsOneMessageThoughItsMarkerStays() throws Exception {
    cloud.intercept(always(toS3("DELETE", "open-runs/"), Faults.DENIED));
    RunReport first = run();
    cloud.intercept(call -> Fault.none());

    RunReport second = run();

    assertThat(posts.to("/second"))
        .extracting(post -> post.header("webhook-id"))
        .containsExactly(first.id(), second.id());
  }

  // ---

  private void assertTaken(RunReport report) {
    assertThat(report.status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(report.warnings()).isEmpty();
    assertThat(posts.to("/second")).hasSize(1);
    assertThat(cloud.keys("open-runs/")).isEmpty();
  }

  /** As when the topic does not take it: the run ends as it did, and the next one says so. */
  private void assertNotTaken(RunReport report, String reason) throws Exception {
    assertThat(onlyWarning(report))
        .isEqualTo("The message could not be sent to webhook 1: " + reason);
    assertThat(posts.to("/second")).hasSize(1);
    assertThat(cloud.messages()).hasSize(1);
    String address = reason.replaceFirst(".*?(https?://\\S+?/\\*\\*\\*).*", "$1");
    assertTheNextRunSaysSo(
        report, "The message of run %%s did not reach webhook 1 (%s): ".formatted(address));
  }

  /**
   * The next run names it in its message.
   *
   * @param beginning of the sentence, with a place for the id of the run
   */
  private void assertTheNextRunSaysSo(RunReport report, String beginning) throws Exception {
    assertThat(report.status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(cloud.object("runs/" + report.id() + ".json").orElseThrow())
        .contains(report.warnings().get(0))
        .doesNotContain("token");
    assertThat(cloud.keys("open-runs/")).hasSize(1);
    cloud.intercept(call -> Fault.none());

    posts.answer("/token/first", 200);
    useBoth();

    RunReport next = run();

    assertThat(next.unfinishedRuns())
        .singleElement()
        .asString()
        .isEqualTo(beginning.formatted(report.id()) + "3 row(s) have been added");
    assertThat(next.warnings()).isEmpty();
    assertThat(cloud.keys("open-runs/")).isEmpty();
  }

  private static String onlyWarning(RunReport report) {
    assertThat(report.warnings()).hasSize(1);
    return report.warnings().get(0);
  }
}
