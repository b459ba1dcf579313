package routes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static local.Faults.DENIED;
import static local.Faults.always;
import static local.Faults.to;
import static local.Faults.toS3;
import static org.assertj.core.api.Assertions.assertThat;

import app.TestApplication;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import covid.Day;
import covid.DeadLetter;
import covid.KeySchema;
import covid.Place;
import covid.RunReport;
import covid.RunStatus;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.stream.Stream;
import local.Call;
import local.Fault;
import local.Faults;
import local.Interceptor;
import local.LocalCloud;
import local.Service;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import web.Json;

/** A coordinator dies, or stands still, and another one continues its run. */
@Tag("slow")
class TakeoverTest extends ChunksTestBase {
  private static final Day REPLAYED = day(new Place("IT"), "2021-01-03", 30, 4);
  private static final Day BEFORE = day(FR, "2021-01-03", 99, 3);
  private static final Day AFTER = day(FR, "2021-01-03", 20, 3);
  private static final String STALLED =
      "Feed who has stalled: its newest day is 2021-01-10, older than feed.stalled-after allows."
          + " This is reported once.";

  /** The table takes all days but one. */
  private final Interceptor table = refusing("\"DE\"", "2021-01-10");

  private String first = "";

  TakeoverTest(LocalCloud cloud) {
    super(cloud);
  }

  /**
   * Two days are published and in the table; the feed has revised one of them, and has four more.
   * Of these one is in the dead letter, and the table refuses one.
   */
  @BeforeEach
  void begin() throws Exception {
    worker();
    serve("DE,2021-01-03,10,1", "FR,2021-01-03,99,3");
    first = alone().run().id();
    serveAll();
    putObject(
        "who/dead-letter/IT.json",
        "[{\"day\":{\"date\":\"2021-01-03\",\"place\":\"IT\",\"cases\":30,\"deaths\":4},\"attempts\":1,"
            + "\"error\":\"No.\",\"firstFailure\":\"2021-01-04T20:00:00Z\","
            + "\"lastFailure\":\"2021-01-04T20:00:00Z\"}]");
  }

  private void serveAll() {
    serve(
        "DE,2021-01-03,10,1",
        "DE,2021-01-10,12,2",
        "FR,2021-01-03,20,3",
        "FR,2021-01-10,21,3",
        "IT,2021-01-03,30,4",
        "IT,2021-01-10,31,4");
  }

  /** A coordinator that dies or stands still. */
  private TestApplication one() {
    return coordinator("chunks.resend-after", "1h", "feed.stalled-after", "1d");
  }

  /** One that continues its run. */
  private TestApplication another() {
    return coordinator("chunks.resend-after", "200ms", "feed.stalled-after", "1d");
  }

  private static Predicate<Call> work(String part) {
    return toS3("PUT", "who/work/").and(call -> call.operation().contains(part));
  }

  // --- A coordinator that dies

  static Stream<LastCall> lastCalls() {
    return Stream.of(
        LastCall.of("the run is open", toS3("PUT", OPEN_RUN)),
        LastCall.of("its marker is put", toS3("PUT", "who/open-runs/")),
        LastCall.of("a chunk is put", work("/chunks/")),
        LastCall.of("all chunks are put", work("/plan.json")).notDone(),
        LastCall.of("the plan is put", work("/plan.json")),
        LastCall.of("a chunk is sent", to(Service.SQS, "SendMessage")),
        LastCall.of("a result is there", work("/results/")),
        LastCall.of("all results are there", work("/results/")).number(3),
        LastCall.of("a dead letter is put", toS3("PUT", "who/dead-letter/DE")),
        LastCall.of("the version is put", toS3("PUT", "who/versions/2")),
        LastCall.of("the set is published", toS3("PUT", SET)),
        LastCall.of("the report is put", toS3("PUT", "who/runs/")),
        LastCall.of("the message is sent", to(Service.SNS)),
        LastCall.of("the message is noted", toS3("PUT", OPEN_RUN)).number(2),
        LastCall.of("the marker is removed", toS3("DELETE", "who/open-runs/")));
  }

  @ParameterizedTest
  @MethodSource("lastCalls")
  void continuesARunWhoseCoordinatorDiedWhen(LastCall last) throws Exception {
    cloud.intercept(last.after(table));
    one().run();
    String run = openRun();
    cloud.intercept(table);

    RunReport report = another().runOrContinue();

    assertThat(report.id()).isEqualTo(run);
    assertIsWhole(report);
    // Nobody knows of a message that it was sent before that is noted.
    assertThat(messagesOf(run)).hasSize(last.state().equals("the message is sent") ? 2 : 1);
    assertTheNextRunAddsWhatIsLeft();
  }

  @Test
  void leavesTheMessageOfAReportToTheNextRunWhenItCannotBeSentEither() throws Exception {
    cloud.intercept(LastCall.of("the report is put", toS3("PUT", "who/runs/")).after(table));
    one().run();
    String run = openRun();
    cloud.intercept(
        call ->
            call.service() == Service.SNS
                ? Faults.refusal(Service.SNS, 403, "AuthorizationError")
                : table.intercept(call));

    RunReport report = another().runOrContinue();
    cloud.intercept(table);
    RunReport next = another().run();

    assertThat(report.id()).isEqualTo(run);
    assertThat(messagesOf(run)).isEmpty();
    assertThat(next.unfinishedRuns())
        .singleElement()
        .asString()
        .isEqualTo(
            "Run %s ended, but its message could not be sent: 3 row(s) have been added"
                .formatted(run));
    assertAddsUp(next);
  }

  @Test
  void reportsAStalledFeedOnceThoughAnotherCoordinatorContinuesTheRun() throws Exception {
    RunReport told = one().run();
    serve(
        "DE,2021-01-03,10,1",
        "DE,2021-01-10,12,2",
        "FR,2021-01-03,20,3",
        "FR,2021-01-10,22,3",
        "IT,2021-01-03,30,4",
        "IT,2021-01-10,31,4");
    cloud.intercept(LastCall.of("the set is published", toS3("PUT", SET)).after(table));
    one().run();
    String run = openRun();
    cloud.intercept(table);

    RunReport report = another().runOrContinue();

    assertThat(told.warnings()).contains(STALLED);
    assertThat(report.id()).isEqualTo(run);
    assertThat(report.feeds()).allMatch(RunReport.Feed::stalled);
    assertThat(report.warnings()).doesNotContain(STALLED);
    assertThat(report.archive().version()).isNotEqualTo(told.archive().version());
    assertThat(report.archive().changed()).isNotNull();
  }

  @Test
  void reportsAnEndedPartOnceThoughAnotherCoordinatorContinuesTheRun() throws Exception {
    TestApplication one = ofParts("1h");
    TestApplication another = ofParts("200ms");
    serveAnEndedPart(20);
    cloud.intercept(LastCall.of("the set is published", toS3("PUT", SET)).after(table));
    one.run();
    String first = openRun();
    cloud.intercept(table);
    RunReport told = another.runOrContinue();
    serveAnEndedPart(22);
    cloud.intercept(LastCall.of("the set is published", toS3("PUT", SET)).after(table));
    one.run();
    String second = openRun();
    cloud.intercept(table);

    RunReport report = another.runOrContinue();

    assertThat(told.id()).isEqualTo(first);
    assertThat(told.warnings()).filteredOn(warning -> warning.contains("AMR")).hasSize(1);
    assertThat(report.id()).isEqualTo(second);
    assertThat(report.warnings()).noneMatch(warning -> warning.contains("AMR"));
    assertThat(report.archive().version()).isNotEqualTo(told.archive().version());
  }

  /** A coordinator that takes the region of a row for a part of its place. */
  private TestApplication ofParts(String resendAfter) {
    return coordinator(
        "chunks.resend-after",
        resendAfter,
        "feed.who.columns",
        "date=Date_reported, place=Country_code, part=WHO_region, cases=Cumulative_cases,"
            + " deaths=Cumulative_deaths");
  }

  /** The part AMR of DE has no figure for five weeks. */
  private void serveAnEndedPart(int casesOfFrance) {
    StringBuilder csv =
        new StringBuilder(
            "Date_reported,Country_code,WHO_region,Cumulative_cases,Cumulative_deaths\n"
                + "2021-01-03,FR,EUR,%d,3\n2021-01-03,DE,AMR,4,0\n".formatted(casesOfFrance));
    for (int week = 0; week <= 5; week++) {
      csv.append("%s,DE,EUR,6,1\n".formatted(LocalDate.parse("2021-01-03").plusWeeks(week)));
    }
    TestApplication.nyt(feeds, csv.toString());
  }

  @Test
  void continuesARunWhoseMarkerIsDamaged() throws Exception {
    cloud.intercept(LastCall.of("the plan is put", work("/plan.json")).after(table));
    one().run();
    String run = openRun();
    cloud.intercept(table);
    putObject("who/open-runs/%s.json".formatted(run), "{");

    RunReport report = another().runOrContinue();

    assertThat(report.id()).isEqualTo(run);
    assertIsWhole(report);
    assertTheNextRunAddsWhatIsLeft();
  }

  /** Only what the open run says of its message counts: a marker may be gone for other reasons. */
  @Test
  void sendsTheMessageOfAReportThoughTheMarkerIsGone() throws Exception {
    cloud.intercept(LastCall.of("the report is put", toS3("PUT", "who/runs/")).after(table));
    one().run();
    String run = openRun();
    cloud.intercept(table);
    removeObject("who/open-runs/%s.json".formatted(run));

    RunReport report = another().runOrContinue();

    assertThat(report.id()).isEqualTo(run);
    assertIsWhole(report);
    assertThat(messagesOf(run)).hasSize(1);
  }

  /** One that tells a webhook, too; it waits for long until it takes another one for dead. */
  private TestApplication withWebhook(Posts posts, String resendAfter) {
    return coordinator(
        "chunks.resend-after",
        resendAfter,
        "feed.stalled-after",
        "1d",
        "announce.webhook",
        posts.at("/hook").toString(),
        "announce.webhook.secret",
        Posts.SECRET);
  }

  @Test
  void sendsAWebhookTheSameMessageUnderTheSameIdWhenItWasNotNotedThatItIsSent() throws Exception {
    Posts posts = new Posts(feeds);
    posts.answer("/hook", 200);
    cloud.intercept(
        LastCall.of("the message is sent", toS3("PUT", OPEN_RUN)).number(3).notDone().after(table));
    withWebhook(posts, "1h").run();
    String run = openRun();
    cloud.intercept(table);

    endOwner();
    RunReport report = withWebhook(posts, "2h").runOrContinue();

    assertIsWhole(report);
    assertThat(messagesOf(run)).hasSize(1);
    assertThat(posts.to("/hook"))
        .hasSize(2)
        .allSatisfy(post -> post.verify(Posts.SECRET))
        .allSatisfy(post -> assertThat(post.header("webhook-id")).isEqualTo(run))
        .extracting(Posts.Post::body)
        .containsOnly(posts.to("/hook").get(0).body());
  }

  @Test
  void sendsAWebhookTheMessageThatOnlyTheTopicHas() throws Exception {
    Posts posts = new Posts(feeds);
    // As if the first one had never come.
    posts.answer("/hook", 404, 200);
    cloud.intercept(LastCall.of("it is noted", toS3("PUT", OPEN_RUN)).number(2).after(table));
    withWebhook(posts, "1h").run();
    String run = openRun();
    cloud.intercept(table);

    endOwner();
    RunReport report = withWebhook(posts, "2h").runOrContinue();

    assertIsWhole(report);
    assertThat(posts.to("/hook")).hasSize(2);
    assertThat(messagesOf(run)).hasSize(1);
    assertTheNextRunAddsWhatIsLeft();
  }

  @Test
  void namesTheWebhookThatDidNotGetTheMessageOfARunThatAnotherCoordinatorContinued()
      throws Exception {
    Posts posts = new Posts(feeds);
    posts.answer("/hook", 404);
    cloud.intercept(LastCall.of("it is noted", toS3("PUT", OPEN_RUN)).number(2).after(table));
    withWebhook(posts, "1h").run();
    String run = openRun();
    cloud.intercept(table);
    endOwner();
    assertThat(withWebhook(posts, "2h").runOrContinue().id()).isEqualTo(run);

    RunReport next = withWebhook(posts, "2h").run();

    assertThat(next.unfinishedRuns())
        .singleElement()
        .asString()
        .startsWith(
            "The message of run %s did not reach webhook 1 (%s/***): ".formatted(run, feeds.uri()));
    assertThat(next.warnings()).doesNotContain(STALLED);
    assertThat(messagesOf(run)).hasSize(1);
  }

  /** The object tells others when this process was alive last. */
  @Test
  void notesThatItWaitsForAWebhookThoughTheTopicDidNotTakeTheMessage() throws Exception {
    Posts posts = new Posts(feeds);
    AtomicReference<JsonNode> meanwhile = new AtomicReference<>();
    feeds.answer(
        "/hook",
        exchange -> {
          meanwhile.set(JSON.readTree(cloud.object(OPEN_RUN).orElseThrow()));
          exchange.sendResponseHeaders(200, -1);
        });
    cloud.intercept(tableWithoutTopic());

    RunReport report = withWebhook(posts, "1h").run();

    assertThat(meanwhile.get().get("run").textValue()).isEqualTo(report.id());
    assertThat(meanwhile.get().hasNonNull("waitingSince")).isTrue();
    assertThat(meanwhile.get().get("onTopic").booleanValue()).isFalse();
  }

  @Test
  void leavesNoMarkerIfAnotherCoordinatorHasSentTheMessageThatItCouldNot() throws Exception {
    Posts posts = new Posts(feeds);
    AtomicBoolean isFirst = new AtomicBoolean(true);
    feeds.answer(
        "/hook",
        exchange -> {
          if (isFirst.getAndSet(false)) {
            cloud.intercept(table);
            try {
              endOwner();
              withWebhook(posts, "2h").runOrContinue();
            } catch (Exception e) {
              throw new AssertionError(e);
            }
          }
          exchange.sendResponseHeaders(200, -1);
        });
    cloud.intercept(tableWithoutTopic());

    String run = withWebhook(posts, "1h").run().id();

    assertThat(messagesOf(run)).hasSize(1);
    assertThat(cloud.keys("who/open-runs/")).isEmpty();
  }

  private Interceptor tableWithoutTopic() {
    Predicate<Call> toTopic = to(Service.SNS);
    return call -> toTopic.test(call) ? Fault.dropBefore() : table.intercept(call);
  }

  /** Has the open run as one of a process that is gone. */
  private void endOwner() throws Exception {
    ObjectNode open = (ObjectNode) JSON.readTree(cloud.object(OPEN_RUN).orElseThrow());
    ((ObjectNode) open.get("owner")).put("startedAt", "1970-01-01T00:00:00Z");
    putObject(OPEN_RUN, open.toString());
  }

  private String openRun() throws Exception {
    return JSON.readTree(cloud.object(OPEN_RUN).orElseThrow()).get("run").textValue();
  }

  // --- A coordinator that stands still, and goes on when another one has ended its run

  static Stream<LastCall> standstills() {
    return Stream.of(
        LastCall.of("its marker", toS3("PUT", "who/open-runs/")),
        LastCall.of("the plan", work("/plan.json")),
        LastCall.of("the dead letter", toS3("PUT", "who/dead-letter/DE")),
        LastCall.of("the set", toS3("PUT", SET)),
        LastCall.of("the report", toS3("PUT", "who/runs/")));
  }

  @ParameterizedTest
  @MethodSource("standstills")
  void takesWhatAnotherCoordinatorDidWhileItWasToPut(LastCall still) throws Exception {
    Standstill standstill = new Standstill(still.call());
    CompletableFuture<RunReport> one = standstill.of(() -> one().run());

    RunReport report = another().runOrContinue();
    standstill.ends.countDown();

    assertThat(one.get()).isEqualTo(report);
    assertIsWhole(report);
    assertThat(messagesOf(report.id())).hasSize(1);
    assertTheNextRunAddsWhatIsLeft();
  }

  @ParameterizedTest
  @MethodSource("standstills")
  void changesNothingForGoodWhenTheNextRunHasEndedBeforeItWasToPut(LastCall still)
      throws Exception {
    Standstill standstill = new Standstill(still.call());
    CompletableFuture<RunReport> one = standstill.of(() -> one().run());
    RunReport report = another().runOrContinue();
    assertIsWhole(report);
    serve(
        "DE,2021-01-03,10,1",
        "DE,2021-01-10,12,2",
        "FR,2021-01-03,21,3",
        "FR,2021-01-10,21,3",
        "IT,2021-01-03,30,4",
        "IT,2021-01-10,31,4");
    RunReport next = another().run();
    String set = set();

    standstill.ends.countDown();

    assertThat(one.get()).isEqualTo(report);
    assertThat(set()).isEqualTo(set);
    assertThat(messagesOf(report.id())).hasSize(1);
    assertAddsUp(next);
    assertTheNextRunAddsWhatIsLeft();
  }

  @Test
  void sendsNoMessageWhenAnotherCoordinatorSentItWhileItWasToLookWhetherTheRunIsItsOwn()
      throws Exception {
    Posts posts = new Posts(feeds);
    posts.answer("/hook", 200);
    AtomicBoolean reported = new AtomicBoolean();
    Standstill look =
        new Standstill(
            call -> {
              reported.compareAndSet(false, toS3("PUT", "who/runs/").test(call));
              return reported.get() && toS3("GET", OPEN_RUN).test(call);
            });
    CompletableFuture<RunReport> one = look.of(() -> withWebhook(posts, "1h").run());

    endOwner();
    RunReport report = withWebhook(posts, "2h").runOrContinue();
    look.ends.countDown();

    assertThat(one.get()).isEqualTo(report);
    assertIsWhole(report);
    assertThat(messagesOf(report.id())).hasSize(1);
    assertThat(posts.to("/hook")).hasSize(1);
    assertTheNextRunAddsWhatIsLeft();
  }

  /** Its own failure is not that of the run. */
  @Test
  void leavesItsRunToTheCoordinatorThatHasContinuedItAlthoughItFailsItself() throws Exception {
    Standstill set = new Standstill(toS3("PUT", SET));
    Standstill report = new Standstill(toS3("PUT", "who/runs/"));
    CompletableFuture<RunReport> one = set.of(() -> one().run());
    CompletableFuture<RunReport> other = report.of(() -> another().runOrContinue());
    cloud.intercept(always(toS3("PUT", "who/"), DENIED));
    removeObject(SET);
    String open = cloud.object(OPEN_RUN).orElseThrow();
    cloud.forgetRequests();

    set.ends.countDown();
    RunReport lost = one.get();

    Optional<String> openThen = cloud.object(OPEN_RUN);
    // The other one stands still, so these are its own, be they granted or denied.
    List<String> own = requests("S");
    cloud.intercept(table);
    report.ends.countDown();
    other.get();

    assertThat(lost.status()).isEqualTo(RunStatus.FAILED);
    assertThat(openThen).contains(open);
    assertThat(own)
        .contains("S3 GET covid-data/" + OPEN_RUN)
        .noneMatch(call -> call.startsWith("S3 PUT covid-data/who/runs/"))
        .noneMatch(call -> call.startsWith("S3 PUT covid-data/" + OPEN_RUN))
        .noneMatch(call -> call.startsWith("S3 DELETE covid-data/" + OPEN_RUN))
        .noneMatch(call -> call.startsWith("S3 DELETE covid-data/who/open-runs/"))
        .noneMatch(call -> call.startsWith("SNS"));
    assertThat(other.get().status()).isEqualTo(RunStatus.PARTIAL);
    assertAddsUp(other.get());
    assertThat(messagesOf(lost.id())).hasSize(1);
  }

  /** The other one has sent the message, and stands still before it closes the run. */
  @Test
  void removesTheMarkerThatItPutAfterTheMessageOfTheCoordinatorThatHasContinuedItsRun()
      throws Exception {
    Standstill marker = new Standstill(toS3("PUT", "who/open-runs/"));
    Standstill close = new Standstill(toS3("DELETE", OPEN_RUN));
    CompletableFuture<RunReport> one = marker.of(() -> one().run());
    CompletableFuture<RunReport> other = close.of(() -> another().runOrContinue());
    cloud.forgetRequests();

    marker.ends.countDown();
    RunReport lost = one.get();

    Optional<String> open = cloud.object(OPEN_RUN);
    List<String> markers = cloud.keys("who/open-runs/");
    List<String> removed = requests("S3 DELETE covid-data/who/open-runs/" + lost.id());
    close.ends.countDown();

    assertThat(open.orElseThrow()).contains("\"announced\":true");
    assertThat(removed).hasSize(1);
    assertThat(markers).isEmpty();
    assertThat(lost).isEqualTo(other.get());
    assertIsWhole(lost);
    assertThat(messagesOf(lost.id())).hasSize(1);
    assertTheNextRunAddsWhatIsLeft();
  }

  @Test
  void saysThatAnotherCoordinatorHasItsRunAlsoIfTheReportCannotBeRead() throws Exception {
    Standstill set = new Standstill(toS3("PUT", SET));
    Standstill report = new Standstill(toS3("PUT", "who/runs/"));
    CompletableFuture<RunReport> one = set.of(() -> one().run());
    CompletableFuture<RunReport> other = report.of(() -> another().runOrContinue());
    cloud.intercept(always(toS3("GET", "who/runs/"), DENIED));

    set.ends.countDown();
    RunReport lost = one.get();

    cloud.intercept(table);
    report.ends.countDown();
    other.get();
    assertThat(lost.status()).isEqualTo(RunStatus.FAILED);
    assertThat(lost.reason()).startsWith("Another process has continued this run");
  }

  /** It does not even know that the run is no longer its own. */
  @ParameterizedTest
  @MethodSource("standstills")
  void endsAsFailedAndSendsNothingIfItCanReadNothingOfARunThatAnotherCoordinatorHasEnded(
      LastCall still) throws Exception {
    Standstill standstill = new Standstill(still.call());
    CompletableFuture<RunReport> one = standstill.of(() -> one().run());
    RunReport report = another().runOrContinue();
    assertIsWhole(report);
    cloud.intercept(always(toS3("GET", "who/"), Fault.dropBefore()));

    standstill.ends.countDown();
    RunReport lost = one.get();

    List<String> messages = messagesOf(report.id());
    Optional<String> open = cloud.object(OPEN_RUN);
    cloud.intercept(call -> Fault.none());
    RunReport next = another().run();
    assertThat(lost.status()).isEqualTo(RunStatus.FAILED);
    // Of some it is a warning beside the first step that failed.
    assertThat(Stream.concat(Stream.of(lost.reason()), lost.warnings().stream()))
        .anyMatch(said -> said.startsWith("The report of this run is in the bucket already"));
    assertThat(messages).hasSize(1);
    assertThat(open).isEmpty();
    // It does not know that a marker which it puts then is late.
    assertThat(next.unfinishedRuns()).hasSize(still.state().equals("its marker") ? 1 : 0);
    assertThat(cloud.itemsOfPlaces()).hasSize(6);
    assertAddsUp(next);
  }

  /** Its report may be that of another coordinator, so only one who can read it sends it. */
  @Test
  void leavesItsMessageToWhoeverContinuesItsRunIfTheReportThatIsThereCannotBeRead()
      throws Exception {
    AtomicBoolean put = new AtomicBoolean();
    cloud.intercept(
        call ->
            toS3("PUT", "who/runs/").test(call) && !put.getAndSet(true)
                ? Fault.dropAfter()
                : toS3("GET", "who/runs/").test(call) ? Fault.dropBefore() : table.intercept(call));

    RunReport left = one().run();

    List<String> messages = messagesOf(left.id());
    String open = openRun();
    cloud.intercept(table);
    RunReport report = another().runOrContinue();
    assertThat(left.status()).isEqualTo(RunStatus.FAILED);
    assertThat(left.reason())
        .startsWith(
            "The report of this run is in the bucket already, as runs/%s.json, and cannot be read"
                .formatted(left.id()));
    assertThat(messages).isEmpty();
    assertThat(open).isEqualTo(left.id());
    assertIsWhole(report);
    assertThat(report.id()).isEqualTo(left.id());
    assertThat(messagesOf(left.id())).hasSize(1);
    assertTheNextRunAddsWhatIsLeft();
  }

  @Test
  void takesThePlanOfAnotherCoordinatorThatPulledOtherFigures() throws Exception {
    Standstill plan = new Standstill(work("/plan.json"));
    Standstill report = new Standstill(toS3("PUT", "who/runs/"));
    serve("DE,2021-01-03,10,1", "FR,2021-01-03,99,3", "IT,2021-01-17,32,4");
    CompletableFuture<RunReport> one = plan.of(() -> one().run());
    serveAll();
    CompletableFuture<RunReport> other = report.of(() -> another().runOrContinue());

    List<String> sent = requests("SQS SendMessage");
    plan.ends.countDown();
    RunReport lost = one.get();
    List<String> after = requests("SQS SendMessage");
    report.ends.countDown();
    RunReport whole = other.get();

    assertThat(after).isEqualTo(sent);
    assertThat(lost.reason())
        .isEqualTo(
            "Another process has continued this run, and reports how it ends as runs/%s.json."
                .formatted(whole.id()));
    assertIsWhole(whole);
    assertThat(messagesOf(whole.id())).hasSize(1);
    assertTheNextRunAddsWhatIsLeft();
  }

  /** The first call of a kind waits, before it is done. */
  private final class Standstill implements Interceptor {
    private final CountDownLatch begins = new CountDownLatch(1);
    private final CountDownLatch ends = new CountDownLatch(1);
    private final AtomicBoolean met = new AtomicBoolean();
    private final Predicate<Call> which;

    Standstill(Predicate<Call> which) {
      this.which = which;
    }

    /**
     * Has a coordinator meet it, and returns when that one stands still, with what it then says.
     */
    CompletableFuture<RunReport> of(Callable<RunReport> coordinator) {
      cloud.intercept(this);
      CompletableFuture<RunReport> report = async(coordinator);
      await(begins);
      return report;
    }

    @Override
    public Fault intercept(Call call) {
      if (which.test(call) && !met.getAndSet(true)) {
        begins.countDown();
        await(ends);
      }
      return table.intercept(call);
    }
  }

  // ---

  /** All that has to be true of the run, whenever it was continued. */
  private void assertIsWhole(RunReport report) throws Exception {
    assertThat(report.status()).as(report.toString()).isEqualTo(RunStatus.PARTIAL);
    assertThat(report.days()).isEqualTo(new RunReport.Days(6, 3, 2, 1, 1));
    assertThat(report.revised()).containsExactly(new RunReport.Revision(AFTER, BEFORE));
    assertThat(report.replay().added()).containsExactly(REPLAYED.key());
    assertThat(report.deadLetters()).extracting(DeadLetter::attempts).containsExactly(2);
    assertThat(report.warnings()).containsExactly(STALLED);
    assertThat(report.unfinishedRuns()).isEmpty();
    assertThat(report.archive().rows()).isEqualTo(6);
    assertThat(report.archive().changed())
        .isIn(
            new RunReport.Changed(4, 1, 0, new RunReport.PublishedRevision(BEFORE, AFTER)),
            // What was published by a process that then died has not all of it.
            new RunReport.Changed(4, 1, 0, null));
    byte[] saved =
        cloud.object("who/runs/%s.json".formatted(report.id())).orElseThrow().getBytes(UTF_8);
    assertThat(new Json(KeySchema.PLACE_DATE).read(saved, RunReport.class)).contains(report);
    assertAddsUp(report);
    assertThat(cloud.itemsOfPlaces()).contains(LAYOUT.item(BEFORE, first));
    assertThat(cloud.keys("who/dead-letter")).containsExactly("who/dead-letter/DE.json");
    assertThat(cloud.keys("who/versions/2")).hasSize(2);
  }

  private void assertTheNextRunAddsWhatIsLeft() throws Exception {
    cloud.intercept(call -> Fault.none());

    RunReport next = another().run();

    // A worker may have inserted the day from a message that came twice, for the run before.
    assertThat(next.days().deadLettered()).isZero();
    assertThat(cloud.itemsOfPlaces()).hasSize(6);
    assertThat(next.unfinishedRuns()).isEmpty();
    assertThat(cloud.keys("who/dead-letter")).isEmpty();
    assertAddsUp(next);
  }
}
