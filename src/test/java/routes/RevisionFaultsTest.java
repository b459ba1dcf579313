package routes;

import static local.Faults.DENIED;
import static local.Faults.THROTTLED;
import static local.Faults.always;
import static local.Faults.first;
import static local.Faults.refusal;
import static local.Faults.to;
import static org.assertj.core.api.Assertions.assertThat;

import covid.Day;
import covid.KeySchema;
import covid.RevisedDay;
import covid.RevisedDay.Outcome;
import covid.RevisionReport;
import covid.RunMarker;
import covid.RunStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import local.Call;
import local.Fault;
import local.LocalCloud;
import local.Service;
import org.apache.camel.builder.AdviceWith;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Faults while published revisions are taken into the table. */
class RevisionFaultsTest extends RevisionTestBase {
  private static final Predicate<Call> TO_UPDATE = to(Service.DYNAMODB, "UpdateItem");
  private static final Predicate<Call> TO_ITEM = to(Service.DYNAMODB, "GetItem");
  private static final String DAY = "2020-01-23";

  RevisionFaultsTest(LocalCloud cloud) {
    super(cloud);
  }

  // --- Another program changes the item

  @ParameterizedTest
  @EnumSource
  void leavesAnItemThatWasChangedMeanwhileAndNamesIt(KeySchema schema) {
    key = schema;
    layDown();
    meanwhile(() -> store(day(1, 4)));

    RevisionReport report = take();

    assertThat(report.status()).isEqualTo(RunStatus.PARTIAL);
    assertThat(report.with(Outcome.LEFT))
        .extracting(RevisedDay::reason)
        .containsExactly(
            key == KeySchema.DATE
                ? "Its item was changed meanwhile: cases 2 -> 4."
                : "Its item was changed meanwhile: cases 2 -> 4, deaths 1 -> none.");
    assertThat(items())
        .containsExactlyInAnyOrderElementsOf(
            items(List.of(day(0, 1), day(1, 4), day(2, 5), revised(3))));
    assertThat(cloud.messages().get(0).attributes()).containsEntry("status", "partial");
    assertThat(recorded()).isEqualTo(report);
  }

  @ParameterizedTest
  @EnumSource
  void countsAnItemThatHasThePublishedFiguresMeanwhileAsPresent(KeySchema schema) {
    key = schema;
    layDown();
    meanwhile(() -> store(revised(1)));

    RevisionReport report = take();

    assertThat(report.status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(report.taken()).isEqualTo(1);
    assertThat(report.with(Outcome.PRESENT))
        .extracting(RevisedDay::published)
        .containsExactly(revised(1));
  }

  @ParameterizedTest
  @EnumSource
  void makesNoItemOfOneThatWasRemovedMeanwhile(KeySchema schema) {
    key = schema;
    layDown();
    meanwhile(
        () ->
            cloud
                .dynamoDbClient()
                .deleteItem(
                    delete -> delete.tableName(table()).key(layout().key(revised(1).key()))));

    RevisionReport report = take();

    assertThat(report.with(Outcome.LEFT))
        .extracting(RevisedDay::reason)
        .containsExactly("Its item was changed meanwhile: it was removed.");
    assertThat(items()).hasSize(3);
  }

  // --- Answers that are lost, and tables that are busy

  @ParameterizedTest
  @EnumSource
  void countsADayAsTakenWhoseAnswerIsLost(KeySchema schema) {
    key = schema;
    layDown();
    cloud.intercept(first(1, TO_UPDATE, Fault.dropAfter()));

    assertAllTaken(take());
    assertThat(count("DynamoDB GetItem")).isEqualTo(1);
  }

  @Test
  void takesADayAgainThatWasNotUpdated() {
    layDown();
    cloud.intercept(first(1, TO_UPDATE, Fault.dropBefore()));

    assertAllTaken(take());
    assertThat(count("DynamoDB GetItem")).isZero();
  }

  @Test
  void asksTheItemWhenNoAnswerComesAtAll() {
    layDown();
    cloud.intercept(always(TO_UPDATE, Fault.dropAfter()));

    assertAllTaken(take());
  }

  @Test
  void triesAgainWhenTheTableIsBusyForAMoment() {
    layDown();
    cloud.intercept(first(1, TO_UPDATE, THROTTLED));

    assertAllTaken(take());
  }

  @Test
  void namesADayThatIsThrottledForEverAndTakesTheOthers() {
    layDown();
    cloud.intercept(always(TO_UPDATE.and(call -> call.body().contains(DAY)), THROTTLED));

    RevisionReport report = take();

    assertThat(report.status()).isEqualTo(RunStatus.PARTIAL);
    assertThat(report.taken()).isEqualTo(1);
    assertThat(report.with(Outcome.FAILED)).hasSize(1);
    assertThat(report.with(Outcome.FAILED).get(0).reason())
        .startsWith("DynamoDB throttles UpdateItem on table CovidData: ");

    cloud.intercept(call -> Fault.none());
    assertThat(take().taken()).isEqualTo(1);
    assertThat(items()).containsExactlyInAnyOrderElementsOf(items(taken()));
  }

  @Test
  void namesADayOfWhichNobodySaysWhetherItWasTaken() {
    layDown();
    Predicate<Call> day = call -> call.body().contains(DAY);
    cloud.intercept(
        call ->
            TO_UPDATE.or(TO_ITEM).and(day).test(call)
                ? TO_UPDATE.test(call) ? Fault.dropAfter() : Fault.dropBefore()
                : Fault.none());

    RevisionReport report = take();

    assertThat(report.with(Outcome.FAILED))
        .extracting(RevisedDay::reason)
        .containsExactly(
            "The connection to DynamoDB at %s broke during GetItem on table CovidData: the next run"
                    .formatted(cloud.dynamoDb())
                + " tries again; if it lasts, check the network (The target server failed to"
                + " respond).");
    assertThat(cloud.messages().get(0).text())
        .contains("1 failed", "Failed; begin again to take them:\n  " + DAY);
    cloud.intercept(call -> Fault.none());
    assertThat(take().days()).isEmpty();
  }

  @Test
  void triesEachDayOnceWhileTheTableTakesNone() {
    List<Day> many = IntStream.range(0, 15).mapToObj(number -> day(number, 10)).toList();
    many.forEach(this::store);
    publish(IntStream.range(0, 15).mapToObj(number -> day(number, 20)).toList());
    application("store.concurrency", "1");
    cloud.intercept(always(TO_UPDATE, THROTTLED));

    RevisionReport report = take();

    assertThat(report.with(Outcome.FAILED)).hasSize(15);
    assertThat(count("DynamoDB UpdateItem")).isEqualTo(10 * 2 + 5);
    assertThat(count("DynamoDB GetItem")).isEqualTo(10);
    assertThat(cloud.messages())
        .singleElement()
        .satisfies(message -> assertThat(message.text()).contains("0 taken", "15 failed"));
  }

  // --- What the role may not do

  @ParameterizedTest
  @EnumSource
  void endsWithOneReasonAndTheStatementThatIsMissingWhenTheRoleMayNotUpdate(KeySchema schema) {
    key = schema;
    layDown();
    application("store.concurrency", "1");
    cloud.intercept(
        always(
            TO_UPDATE,
            refusal(
                Service.DYNAMODB,
                400,
                "AccessDeniedException",
                "User: arn:aws:sts::123456789012:x is not authorized to perform:"
                    + " dynamodb:UpdateItem on resource: y")));

    RevisionReport report = take();

    assertThat(report.status()).isEqualTo(RunStatus.FAILED);
    assertThat(report.reason())
        .startsWith(
            "The AWS credentials do not allow UpdateItem on table %s: to take revisions, set MayTakeRevisions=true in the stack of aws/stack.yaml, or grant them dynamodb:UpdateItem ("
                .formatted(table()))
        .doesNotContain("123456789012");
    assertThat(count("DynamoDB UpdateItem")).isEqualTo(1);
    assertThat(items()).containsExactlyInAnyOrderElementsOf(items(stored()));
    assertThat(cloud.messages()).isEmpty();
    assertThat(keys("open-runs/")).isEmpty();
  }

  @Test
  void changesNothingWhenTheRoleMayNotRecordIt() {
    layDown();
    cloud.intercept(
        always(
            to(Service.S3).and(call -> call.operation().startsWith("PUT covid-data/revisions/")),
            refusal(
                Service.S3,
                403,
                "AccessDenied",
                "User: x is not authorized to perform: s3:PutObject on resource:"
                    + " arn:aws:s3:::covid-data/revisions/1.json")));

    RevisionReport report = take();

    assertThat(report.reason())
        .contains(
            "set MayTakeRevisions=true in the stack of aws/stack.yaml, or grant them s3:PutObject");
    assertUntouched();
  }

  @Test
  void changesNothingWhenTheRecordCannotBeWritten() {
    layDown();
    cloud.intercept(always(toRecord(), Fault.dropBefore()));

    assertThat(take().status()).isEqualTo(RunStatus.FAILED);
    assertUntouched();
  }

  @Test
  void recordsAtTheSecondTry() {
    layDown();
    cloud.intercept(first(1, toRecord(), Fault.dropAfter()));

    assertAllTaken(take());
  }

  // --- The end

  @Test
  void saysSoWhenTheOutcomesCannotBeRecorded() {
    layDown();
    AtomicInteger puts = new AtomicInteger();
    cloud.intercept(
        call -> toRecord().test(call) && puts.getAndIncrement() > 0 ? DENIED : Fault.none());

    RevisionReport report = take();

    assertAllTaken(report);
    assertThat(report.warnings())
        .singleElement()
        .asString()
        .startsWith("The step save-revisions failed: ");
    assertThat(cloud.messages().get(0).text()).contains("Please note:\n  The step save-revisions");
    assertThat(recorded().open()).hasSize(2);
  }

  @Test
  void theNextRunSaysWhatCouldNotBeSaidOfTakenRevisions() {
    layDown();
    cloud.intercept(always(to(Service.SNS), Fault.dropBefore()));
    RevisionReport report = take();

    assertAllTaken(report);
    assertThat(recorded().warnings())
        .singleElement()
        .asString()
        .startsWith("The message could not be sent: ");
    cloud.intercept(call -> Fault.none());
    assertThat(take().unfinishedRuns())
        .extracting(RunMarker::toString)
        .containsExactly(
            "Run %s ended, but its message could not be sent: 2 revision(s) have been taken into the table"
                .formatted(report.id()));
    assertThat(cloud.messages()).hasSize(1);
    assertThat(keys("open-runs/")).isEmpty();
  }

  @Test
  void saysWhichStepCouldNotSendTheMessage() throws Exception {
    layDown();
    AdviceWith.adviceWith(
        application().context(),
        "send-revisions",
        route ->
            route
                .weaveByToUri("aws2-sns:*")
                .replace()
                .throwException(new IllegalStateException("unheard of")));

    assertThat(take().warnings())
        .singleElement()
        .asString()
        .startsWith("The message could not be sent: The step send-revisions failed unexpectedly");
  }

  // --- Any call may be the last

  @ParameterizedTest
  @EnumSource
  void endsTheSameWhicheverCallIsTheLast(KeySchema schema) {
    key = schema;
    application("store.concurrency", "1", "store.retries", "0");
    int calls = dieAt(Integer.MAX_VALUE, false);
    assertThat(calls).isGreaterThan(8);
    for (int last = 0; last < calls; last++) {
      for (boolean done : new boolean[] {false, true}) {
        cloud.reset();
        dieAt(last, done);
        cloud.intercept(call -> Fault.none());

        RevisionReport report = take();

        assertThat(report.status()).as("call %d", last).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(items()).as("call %d", last).containsExactlyInAnyOrderElementsOf(items(taken()));
        assertThat(recordedBefore()).as("call %d", last).contains(stored().get(1), stored().get(3));
        assertThat(cloud.messages()).as("call %d", last).isNotEmpty();
        assertThat(keys("open-runs/")).as("call %d", last).isEmpty();
      }
    }
  }

  /** Runs until a call, after which nothing arrives any more; says how many calls there were. */
  private int dieAt(int last, boolean done) {
    layDown();
    AtomicInteger calls = new AtomicInteger();
    cloud.intercept(
        call -> {
          int number = calls.getAndIncrement();
          if (number == last) {
            return done ? Fault.dropAfter() : Fault.dropBefore();
          }
          return number > last ? Fault.dropBefore() : Fault.none();
        });
    take();
    return calls.get();
  }

  /** The days as the records say that they were. */
  private List<Day> recordedBefore() {
    List<Day> days = new ArrayList<>();
    for (String record : keys("revisions/")) {
      recorded(record).days().forEach(day -> days.add(day.stored()));
    }
    return days;
  }

  // ---

  /** Has another program do something when the revision of 2020-01-23 is about to be taken. */
  private void meanwhile(Runnable other) {
    AtomicBoolean once = new AtomicBoolean();
    cloud.intercept(
        call -> {
          if (TO_UPDATE.test(call)
              && call.body().contains(DAY)
              && once.compareAndSet(false, true)) {
            other.run();
          }
          return Fault.none();
        });
  }

  private static Predicate<Call> toRecord() {
    return call -> call.operation().startsWith("PUT covid-data/revisions/");
  }

  private void assertAllTaken(RevisionReport report) {
    assertThat(report.status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(report.taken()).isEqualTo(2);
    assertThat(items()).containsExactlyInAnyOrderElementsOf(items(taken()));
  }

  private void assertUntouched() {
    assertThat(count("DynamoDB UpdateItem")).isZero();
    assertThat(items()).containsExactlyInAnyOrderElementsOf(items(stored()));
    assertThat(cloud.messages()).isEmpty();
    assertThat(keys("open-runs/")).isEmpty();
  }
}
