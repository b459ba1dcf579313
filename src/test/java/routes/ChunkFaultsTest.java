package routes;

import static local.Faults.CONFLICT;
import static local.Faults.DENIED;
import static local.Faults.PRECONDITION_FAILED;
import static local.Faults.QUEUE_THROTTLED;
import static local.Faults.SLOW_DOWN;
import static local.Faults.always;
import static local.Faults.first;
import static local.Faults.only;
import static local.Faults.refusal;
import static local.Faults.to;
import static local.Faults.toS3;
import static org.assertj.core.api.Assertions.assertThat;

import covid.RunReport;
import covid.RunStatus;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import local.Call;
import local.Fault;
import local.LocalCloud;
import local.LogLines;
import local.Polling;
import local.Service;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.sqs.model.Message;

/** Faults on the way of a chunk to a worker and of its result back. */
@Tag("slow")
class ChunkFaultsTest extends ChunksTestBase {
  private static final Predicate<Call> TO_SEND = to(Service.SQS, "SendMessage");
  private static final Predicate<Call> TO_RECEIVE = to(Service.SQS, "ReceiveMessage");
  private static final Predicate<Call> TO_DELETE = to(Service.SQS, "DeleteMessage");
  private static final Predicate<Call> TO_BATCH = to(Service.DYNAMODB, "BatchExecuteStatement");
  private static final Predicate<Call> TO_WORK = toS3("PUT", "who/work/");
  private static final Predicate<Call> TO_RESULT = endsWith(TO_WORK, "results/0.json");
  private static final Predicate<Call> TO_CHUNK = endsWith(TO_WORK, ".csv.gz");
  private static final Predicate<Call> TO_PLAN = endsWith(TO_WORK, "plan.json");
  private static final Predicate<Call> TO_RESULTS =
      call -> call.operation().matches("GET covid-data\\?.*/results/.*");
  private static final Pattern RUN = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT[-0-9]+Z-[0-9a-f]{4}");
  private static final Fault QUEUE_FAILS = refusal(Service.SQS, 500, "InternalFailure");
  private static final Fault QUEUE_DENIES = refusal(Service.SQS, 403, "AccessDenied");
  private static final RunReport.Days ALL = new RunReport.Days(3, 3, 0, 0, 0);

  ChunkFaultsTest(LocalCloud cloud) {
    super(cloud);
  }

  @BeforeEach
  void begin() {
    worker();
    serve("DE,2021-01-03,10,1", "DE,2021-01-10,12,2", "FR,2021-01-03,20,3");
  }

  private RunReport run() throws Exception {
    return coordinator("chunks.resend-after", "200ms").run();
  }

  /** Whatever happened: all days are in the table, once, and nothing else is to be said. */
  private void assertStoresAll(RunReport report) {
    assertThat(report.warnings()).isEmpty();
    assertStoresAllWithWarnings(report);
  }

  private void assertStoresAllWithWarnings(RunReport report) {
    assertThat(report.status()).as(report.toString()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(report.days()).isEqualTo(ALL);
    assertThat(cloud.keys("who/dead-letter")).isEmpty();
    assertAddsUp(report);
  }

  // --- A chunk on its way to the queue

  static Stream<Fault> awayForAMoment() {
    return Stream.of(Fault.dropBefore(), Fault.dropAfter(), QUEUE_THROTTLED, QUEUE_FAILS);
  }

  @ParameterizedTest
  @MethodSource("awayForAMoment")
  void sendsAChunkAgainAtOnceWhenTheQueueFailsForAMoment(Fault fault) throws Exception {
    cloud.intercept(first(1, TO_SEND, fault));

    assertStoresAll(run());
  }

  static Stream<Fault> away() {
    return Stream.concat(awayForAMoment(), Stream.of(QUEUE_DENIES));
  }

  @ParameterizedTest
  @MethodSource("away")
  void sendsAChunkLaterThatCouldNotBeSent(Fault fault) throws Exception {
    for (int number = 1; number <= 2; number++) {
      letWorkersEnd();
      cloud.intercept(only(number, TO_SEND, fault));

      RunReport report = coordinator("chunks.resend-after", "200ms", "store.retries", "0").run();

      assertThat(report.warnings())
          .singleElement()
          .asString()
          .startsWith("Not all chunks could be sent at once: ");
      assertStoresAllWithWarnings(report);
    }
  }

  @Test
  void sendsAllChunksLaterWhenTheQueueIsAway() throws Exception {
    cloud.intercept(first(4, TO_SEND, Fault.dropBefore()));

    RunReport report = run();

    assertThat(report.warnings()).hasSize(1);
    assertStoresAllWithWarnings(report);
  }

  // --- A message

  @Test
  void storesAChunkOnceHoweverOftenAndInWhichOrderItsMessagesCome() throws Exception {
    List<String> sent = new CopyOnWriteArrayList<>();
    cloud.intercept(
        call -> {
          if (TO_SEND.test(call)) {
            sent.add(0, message(call).toString());
            sent.forEach(this::send);
          }
          return Fault.none();
        });

    assertStoresAll(run());
  }

  @Test
  void leavesAResultAsItIsWhenItsMessageComesOnceMore() throws Exception {
    List<String> sent = new CopyOnWriteArrayList<>();
    cloud.intercept(
        call -> {
          if (TO_SEND.test(call)) {
            sent.add(message(call).toString());
          }
          return Fault.none();
        });
    RunReport report = run();
    List<String> results = results(report);

    sent.forEach(this::send);
    untilTheQueueIsEmpty();

    assertThat(results(report)).isEqualTo(results).hasSize(2);
    assertStoresAll(report);
  }

  private List<String> results(RunReport report) {
    return cloud.keys("who/work/%s/results/".formatted(report.id())).stream()
        .map(key -> cloud.object(key).orElseThrow())
        .toList();
  }

  private void untilTheQueueIsEmpty() throws InterruptedException {
    Polling.until(() -> cloud.queuedMessages() + cloud.messagesInFlight() == 0);
  }

  @Test
  void endsARunThoughTheMessageOfASettledChunkCannotBeRemoved() throws Exception {
    cloud.intercept(always(TO_DELETE, Fault.dropBefore()));

    assertStoresAll(run());
    assertThat(cloud.messagesInFlight() + cloud.queuedMessages()).isPositive();
  }

  @Test
  void saysOnceThatTheQueueIsAwayAndGoesOnWhenItAnswers() throws Exception {
    for (Fault fault : away().toList()) {
      try (LogLines log = new LogLines()) {
        letWorkersEnd();
        cloud.intercept(first(2, TO_RECEIVE, fault));

        assertStoresAll(run());

        Polling.until(() -> log.texts().contains("The queue answers again"));
        assertThat(log.texts())
            .filteredOn(line -> line.startsWith("No chunks can be taken: "))
            .hasSize(1);
      }
    }
  }

  // --- A message of others

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x",
        "null",
        "[]",
        "\"\"",
        "{\"Records\":[{\"eventSource\":\"aws:s3\"}]}",
        "{\"run\":\"../../../secret\",\"chunk\":0,\"object\":\"%1$s\",\"records\":1}",
        "{\"run\":\"2026-11-22T21-00-00Z-7f3a\",\"chunk\":0,\"object\":\"../plan\",\"records\":1}",
        "{\"run\":\"2026-11-22T21-00-00Z-7f3a\",\"chunk\":-1,\"object\":\"%1$s\",\"records\":1}",
        "{\"run\":\"2026-11-22T21-00-00Z-7f3a\",\"chunk\":1e99,\"object\":\"%1$s\",\"records\":1}",
        "{\"run\":\"2026-11-22T21-00-00Z-7f3a\",\"chunk\":0,\"object\":\"%1$s\"}",
        "a line\nERROR another\u202eline",
      })
  void leavesAMessageThatIsNoneOfItsOwnInTheQueueAndSaysSoInOneLine(String text) throws Exception {
    String body = text.replace("%1$s", "0".repeat(64));
    try (LogLines log = new LogLines()) {
      cloud.forgetRequests();
      send(body);
      String line = lineOf(log, "A message stays in the queue: The message \"");

      assertThat(line)
          .endsWith("\" does not name a chunk: remove it from the queue, and look for who sent it.")
          .doesNotContain("\n", "\u202e");
    }
    assertThat(cloud.messagesInFlight()).isEqualTo(1);
    assertThat(requests("S3")).isEmpty();
    assertThat(requests("DynamoDB")).isEmpty();
    assertThat(requests("SQS DeleteMessage")).isEmpty();
    assertStoresAll(run());
  }

  @Test
  void showsTheBeginningOfALongMessageOnly() throws Exception {
    try (LogLines log = new LogLines()) {
      send("x".repeat(256 * 1024));

      assertThat(lineOf(log, "A message stays in the queue: The message \"xxx"))
          .hasSizeLessThan(700)
          .contains("does not name a chunk: remove it from the queue");
    }
    assertThat(cloud.messagesInFlight()).isEqualTo(1);
  }

  /** The log line that begins so, once there is one; and no other trouble. */
  private static String lineOf(LogLines log, String begin) throws InterruptedException {
    Polling.until(() -> log.texts().stream().anyMatch(line -> line.startsWith(begin)));
    assertThat(log.texts()).filteredOn(line -> line.contains("queue")).hasSize(1);
    return log.texts().stream().filter(line -> line.startsWith(begin)).findFirst().orElseThrow();
  }

  @Test
  void aMessageThatNobodyCanReadGoesToTheDeadLetterQueue() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    cloud.intercept(
        call -> {
          Fault answer = receiveAtOnceAgain(call);
          if (TO_RECEIVE.test(call)) {
            asked.countDown();
          }
          return answer;
        });
    await(asked);

    send("Not ours.");
    Polling.until(() -> !cloud.deadLetterMessages().isEmpty());

    assertThat(cloud.deadLetterMessages()).containsExactly("Not ours.");
    assertStoresAll(run());
  }

  /** A worker whose message is not hidden for 30 s. */
  private Fault receiveAtOnceAgain(Call call) {
    if (!TO_RECEIVE.test(call)) {
      return Fault.none();
    }
    List<Map<String, Object>> messages =
        cloud
            .sqsClient()
            .receiveMessage(receive -> receive.queueUrl(cloud.queueUrl()).visibilityTimeout(0))
            .messages()
            .stream()
            .map(ChunkFaultsTest::received)
            .toList();
    return Fault.answer(
        200,
        Map.of("Content-Type", "application/x-amz-json-1.0"),
        JSON.valueToTree(Map.of("Messages", messages)).toString());
  }

  private static Map<String, Object> received(Message message) {
    return Map.of(
        "MessageId", message.messageId(),
        "ReceiptHandle", message.receiptHandle(),
        "MD5OfBody", message.md5OfBody(),
        "Body", message.body());
  }

  @Test
  void removesTheMessageOfARunWhoseWorkIsGone() throws Exception {
    try (LogLines log = new LogLines()) {
      send(
          "{\"run\":\"2026-11-22T21-00-00Z-7f3a\",\"chunk\":3,\"object\":\"%s\",\"records\":1}"
              .formatted("0".repeat(64)));
      untilTheQueueIsEmpty();

      assertThat(log.texts())
          .contains(
              "Chunk 3 of run 2026-11-22T21-00-00Z-7f3a is gone, so that run has ended: its message"
                  + " is removed");
    }
    assertThat(cloud.itemsOfPlaces()).isEmpty();
  }

  @Test
  void leavesTheMessageOfAChunkThatMayNotBeReadInTheQueue() throws Exception {
    cloud.intercept(always(toS3("GET", "who/work/"), DENIED));
    try (LogLines log = new LogLines()) {
      send(
          "{\"run\":\"2026-11-22T21-00-00Z-7f3a\",\"chunk\":3,\"object\":\"%s\",\"records\":1}"
              .formatted("0".repeat(64)));

      lineOf(log, "Chunk 3 of run 2026-11-22T21-00-00Z-7f3a stays in the queue: ");
    }
    assertThat(cloud.messagesInFlight()).isEqualTo(1);
    assertThat(requests("SQS DeleteMessage")).isEmpty();
    assertThat(cloud.keys("who/work/")).isEmpty();
  }

  // --- The objects of the work

  @Test
  void aLostAnswerToThePutOfAChunkIsNoTrouble() throws Exception {
    cloud.intercept(first(2, TO_CHUNK, Fault.dropAfter()));

    assertStoresAll(run());
  }

  @Test
  void aLostAnswerToThePutOfThePlanIsNoTrouble() throws Exception {
    cloud.intercept(first(1, TO_PLAN, Fault.dropAfter()));

    assertStoresAll(run());
    assertThat(requests("S3 GET covid-data/who/raw/")).isEmpty();
  }

  static Stream<Fault> passing() {
    return Stream.of(Fault.dropBefore(), Fault.dropAfter(), CONFLICT, SLOW_DOWN);
  }

  @ParameterizedTest
  @MethodSource("passing")
  void putsAgainWhatCouldNotBePut(Fault fault) throws Exception {
    Predicate<Call> first = TO_CHUNK.or(TO_PLAN).or(TO_RESULT).or(toS3("PUT", OPEN_RUN));
    List<String> failed = new CopyOnWriteArrayList<>();
    cloud.intercept(
        call -> {
          if (first.test(call) && !failed.contains(call.operation())) {
            failed.add(call.operation());
            return fault;
          }
          return Fault.none();
        });

    assertStoresAll(run());
    assertThat(failed).hasSize(5);
  }

  @Test
  void theFirstResultCountsWhereAnotherWorkerWasFaster() throws Exception {
    AtomicBoolean once = new AtomicBoolean();
    cloud.intercept(
        call -> {
          if (TO_RESULT.test(call) && once.compareAndSet(false, true)) {
            // Both stored the chunk, and each saw what the table had when it asked.
            putObject(key(call), result(call, "[\"2021-01-03\",\"2021-01-10\"]"));
            return PRECONDITION_FAILED;
          }
          return Fault.none();
        });

    RunReport report = run();
    untilTheQueueIsEmpty();

    assertStoresAll(report);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "null",
        "[]",
        "{\"run\":\"%1$s\",\"chunk\":0,\"joined\":7,\"added\":[],\"present\":[],\"revised\":[],"
            + "\"unreadable\":[],\"deadLetters\":[],\"sealed\":false}",
        "{\"run\":\"%1$s\",\"chunk\":0,\"joined\":0,\"added\":[],\"present\":[],\"revised\":[],"
            + "\"unreadable\":[],\"deadLetters\":[],\"sealed\":false}",
        "{\"run\":\"%1$s\",\"chunk\":1,\"joined\":0,\"added\":[],\"present\":[],\"revised\":[],"
            + "\"unreadable\":[],\"deadLetters\":[],\"sealed\":false}"
      })
  void namesAResultThatIsDamagedAndTheNextRunMakesItGood(String damaged) throws Exception {
    cloud.intercept(
        call -> {
          if (TO_RESULT.test(call)) {
            putObject(key(call), damaged.replace("%1$s", run(call)));
          }
          return Fault.none();
        });

    RunReport report = run();
    cloud.intercept(call -> Fault.none());
    untilTheQueueIsEmpty();
    RunReport next = run();

    assertThat(report.status()).isEqualTo(RunStatus.FAILED);
    assertThat(report.reason())
        .isEqualTo(
            "The object who/work/%s/results/0.json in the bucket covid-data is not the result of chunk 0: look for who changed it; the next run stores what is missing."
                .formatted(report.id()));
    assertThat(next.status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(next.days()).isEqualTo(new RunReport.Days(3, 0, 3, 0, 0));
    assertAddsUp(next);
  }

  private static String key(Call call) {
    return call.operation().replace("PUT covid-data/", "");
  }

  private static String run(Call call) {
    return key(call).split("/", -1)[2];
  }

  private static String result(Call call, String added) {
    return "{\"run\":\"%s\",\"chunk\":0,\"joined\":2,\"added\":%s,\"present\":[],\"revised\":[],\"unreadable\":[],\"deadLetters\":[],\"sealed\":false}"
        .formatted(run(call), added);
  }

  @Test
  void waitsForResultsWhileTheBucketIsAwayAndSaysSoOnce() throws Exception {
    cloud.intercept(first(6, TO_RESULTS, SLOW_DOWN));

    try (LogLines log = new LogLines()) {
      assertStoresAll(run());

      assertThat(log.texts())
          .filteredOn(line -> line.startsWith("Results can"))
          .hasSize(2)
          .first()
          .asString()
          .startsWith("Results cannot be read: S3 ");
      assertThat(log.texts()).contains("Results can be read again");
    }
  }

  @Test
  void readsAResultLaterThatCannotBeReadNow() throws Exception {
    cloud.intercept(first(3, toS3("GET", "who/work/").and(contains("/results/0")), SLOW_DOWN));

    assertStoresAll(run());
  }

  @Test
  void failsWhenResultsMayNotBeRead() throws Exception {
    cloud.intercept(always(TO_RESULTS, local.Faults.DENIED));

    RunReport report = run();

    assertThat(report.status()).isEqualTo(RunStatus.FAILED);
    assertThat(report.reason()).contains("s3:ListBucket");
    assertEnds(report);
  }

  // --- The table, and the days

  @ParameterizedTest
  @ValueSource(strings = {"Query", "BatchExecuteStatement"})
  void acknowledgesNothingWhileAWorkerMayNotUseTheTable(String operation) throws Exception {
    cloud.intercept(
        always(
            to(Service.DYNAMODB, operation),
            refusal(Service.DYNAMODB, 400, "AccessDeniedException", "No.")));
    try (LogLines log = new LogLines()) {
      CompletableFuture<RunReport> report = async(this::run);
      Polling.until(() -> log.texts().stream().anyMatch(line -> line.contains("1 of run")));

      assertThat(log.texts())
          .anyMatch(
              line ->
                  line.matches(
                      "Chunk \\d of run .* stays in the queue: The AWS credentials do not allow "
                          + operation
                          + " on table CovidPlaces: grant them .*"));
      assertThat(requests("SQS DeleteMessage")).isEmpty();
      assertThat(requests("S3 PUT")).noneMatch(request -> request.contains("/results/"));

      cloud.intercept(call -> Fault.none());
      assertStoresAll(report.get());
    }
  }

  @Test
  void countsAsAddedWhatAnotherWorkerInsertsForTheRunBetweenQueryAndInsert() throws Exception {
    AtomicBoolean other = new AtomicBoolean();
    cloud.intercept(
        call -> {
          if (TO_BATCH.test(call) && call.body().contains("2021-01-10") && !other.getAndSet(true)) {
            put(day(DE, "2021-01-03", 10, 1), runOf(call));
          }
          return Fault.none();
        });

    assertStoresAll(run());
    assertThat(other).isTrue();
  }

  /** The run for which a call inserts days. */
  private static String runOf(Call call) {
    return RUN.matcher(call.body()).results().findFirst().orElseThrow().group();
  }

  @Test
  void keepsAChunkWhoseDaysMayBeInTheTableThoughNoAnswerComes() throws Exception {
    cloud.intercept(first(1, TO_BATCH, Fault.dropAfter()));

    assertStoresAll(run());
  }

  // ---

  private static Predicate<Call> endsWith(Predicate<Call> which, String end) {
    return which.and(call -> call.operation().endsWith(end));
  }

  private static Predicate<Call> contains(String part) {
    return call -> call.operation().contains(part);
  }
}
