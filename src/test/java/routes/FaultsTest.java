package routes;

import static java.util.function.Predicate.not;
import static local.Faults.DENIED;
import static local.Faults.SLOW_DOWN;
import static local.Faults.THROTTLED;
import static local.Faults.always;
import static local.Faults.first;
import static local.Faults.refusal;
import static local.Faults.to;
import static local.Faults.toPutOf;
import static local.Faults.toS3;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import app.TestApplication;
import covid.DeadLetter;
import covid.RunMarker;
import covid.RunReport;
import covid.RunStatus;
import feeds.ArchiveRecords;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import local.Fault;
import local.Interceptor;
import local.LocalCloud;
import local.LogLines;
import local.Service;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;

class FaultsTest extends IngestTestBase {
  /** The connection ends before the body does. */
  private static final Fault BROKEN_OFF =
      Fault.answerCut(
          Map.of("Content-Type", "text/csv", "Content-Length", "1000", "ETag", "\"1\""),
          "Date,Cases,Deaths,Country,Recovered\n2020-01-22,1,0,US,0\n");

  private static final String THROTTLES =
      "DynamoDB throttles PutItem on table CovidData: the next run tries again; if it lasts, raise"
          + " the capacity of the table or lower store.concurrency"
          + " (ProvisionedThroughputExceeded: No).";
  private static final Fault UNAVAILABLE =
      refusal(Service.S3, 503, "SlowDown", "Please reduce your request rate.");
  private static final Fault NO_SUCH_KEY = refusal(Service.S3, 404, "NoSuchKey");

  FaultsTest(LocalCloud cloud) {
    super(cloud);
  }

  // --- DynamoDB

  @Test
  void deadLettersADayThatIsThrottledForEverAndAddsTheOthers() throws Exception {
    cloud.intercept(always(toPutOf("2020-01-23"), THROTTLED));

    RunReport report;
    try (LogLines log = new LogLines()) {
      report = run();

      assertThat(log.texts())
          .contains("store-day: try 2 after: " + THROTTLES.replace("the next run", "this run"));
    }

    assertThat(report.status()).isEqualTo(RunStatus.PARTIAL);
    assertThat(report.days()).isEqualTo(new RunReport.Days(3, 2, 0, 0, 1));
    assertThat(deadLetters(report)).containsExactly(LocalDate.parse("2020-01-23"));
    assertThat(report.deadLetters().get(0).attempts()).isEqualTo(2);
    assertThat(count("DynamoDB PutItem")).isEqualTo(4);
    assertThat(cloud.object("dead-letter/2020-01-23.json").orElseThrow())
        .contains("\"" + THROTTLES + "\"");
    assertThat(cloud.object("CovidData.csv")).contains(SET);
    assertThat(cloud.messages().get(0).text())
        .startsWith("2 row(s) have been added\n")
        .contains("2020-01-23  " + THROTTLES + " (2 attempts)\n");
  }

  @Test
  void replaysTheDeadLetterFirstAndRemovesWhatIsInTheTable() throws Exception {
    cloud.intercept(always(toPutOf("2020-01-23"), THROTTLED));
    run();
    cloud.intercept(call -> Fault.none());

    RunReport report = run();

    assertThat(report.status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(report.days()).isEqualTo(new RunReport.Days(3, 1, 2, 0, 0));
    assertThat(report.replay().added()).containsExactly(DAY_23.key());
    assertThat(cloud.keys("dead-letter/")).isEmpty();
    assertThat(cloud.items()).contains(item(DAY_23));
    assertThat(cloud.messages().get(1).text()).startsWith("1 row(s) have been added\n");
  }

  @Test
  void replaysTheDeadLetterEvenWhenTheFeedsAreDown() throws Exception {
    cloud.intercept(always(toPutOf("2020-01-23"), THROTTLED));
    run();
    cloud.intercept(call -> Fault.none());
    feeds.answer(feeds.nyt().getPath(), exchange -> exchange.sendResponseHeaders(404, -1));

    RunReport report = run();

    assertThat(report.status()).isEqualTo(RunStatus.FAILED);
    assertThat(report.added()).isEqualTo(1);
    assertThat(cloud.items()).contains(item(DAY_23));
    assertThat(cloud.keys("dead-letter/")).isEmpty();
  }

  @Test
  void notesADayOnceHoweverOftenItFails() throws Exception {
    cloud.intercept(always(toPutOf("2020-01-23"), THROTTLED));
    DeadLetter first = run().deadLetters().get(0);

    DeadLetter second = run().deadLetters().get(0);

    assertThat(second.firstFailure()).isEqualTo(first.firstFailure());
    assertThat(second.lastFailure()).isAfter(first.lastFailure());
    assertThat(second.attempts()).isEqualTo(4);
    assertThat(cloud.keys("dead-letter/")).containsExactly("dead-letter/2020-01-23.json");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"day\": nonsense",
        "{\"day\":{\"date\":\"2020-01-23\",\"country\":\"US\",\"deaths\":1,\"recovered\":1},"
            + "\"error\":\"throttled\",\"attempts\":6,"
            + "\"firstFailure\":\"2020-06-01T20:00:00Z\",\"lastFailure\":\"2020-06-01T20:00:00Z\"}",
        // Of another day than its name says.
        "{\"day\":{\"date\":\"2020-01-24\",\"country\":\"US\",\"cases\":1,\"deaths\":1,\"recovered\":1},"
            + "\"error\":\"throttled\",\"attempts\":6,"
            + "\"firstFailure\":\"2020-06-01T20:00:00Z\",\"lastFailure\":\"2020-06-01T20:00:00Z\"}"
      })
  void setsADamagedDeadLetterAsideAndNamesIt(String damaged) throws Exception {
    put("dead-letter/2020-01-23.json", damaged);

    RunReport report = run();

    assertThat(report.status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(report.warnings())
        .containsExactly("dead-letter/2020-01-23.json cannot be read; it was set aside.");
    assertSetAside(1);
  }

  @Test
  void keepsWhatWasSetAsideBeforeUnderTheSameName() throws Exception {
    put("dead-letter/2020-01-23.json", "{");
    run();
    put("dead-letter/2020-01-23.json", "[");
    run();

    assertSetAside(2);
    assertThat(cloud.keys("dead-letter"))
        .extracting(key -> cloud.object(key).orElseThrow())
        .containsExactlyInAnyOrder("{", "[");
  }

  /** As a file that somebody has put into the folder of an S3, past it. */
  @Test
  void setsADamagedDeadLetterAsideThatHasNoEntityTag() throws Exception {
    put("dead-letter/2020-01-23.json", "{");
    cloud.intercept(
        always(
            toS3("GET", "dead-letter/2020-01-23.json"),
            Fault.answer(200, Map.of("Content-Type", "application/json"), "{")));
    run();

    assertThat(cloud.keys("dead-letter")).containsExactly("dead-letter-damaged/2020-01-23.json");
  }

  private void assertSetAside(int times) {
    assertThat(cloud.keys("dead-letter"))
        .hasSize(times)
        .allMatch(key -> key.matches("dead-letter-damaged/2020-01-23\\.\\w+\\.json"));
  }

  @Test
  void setsADamagedDeadLetterAsideAlthoughCopyAndRemovalBothFailOnce() throws Exception {
    put("dead-letter/2020-01-23.json", "{");
    Interceptor copy = first(1, toS3("PUT", "dead-letter-damaged/"), SLOW_DOWN);
    Interceptor removal = first(1, toS3("DELETE", "dead-letter/"), SLOW_DOWN);
    cloud.intercept(
        call ->
            call.operation().startsWith("PUT") ? copy.intercept(call) : removal.intercept(call));

    assertThat(run().status()).isEqualTo(RunStatus.SUCCEEDED);

    assertSetAside(1);
  }

  @Test
  void setsADamagedDeadLetterAsideOnceThoughARunDiedBetweenCopyAndRemoval() throws Exception {
    put("dead-letter/2020-01-23.json", "{");
    cloud.intercept(always(toS3("DELETE", "dead-letter/"), DENIED));
    run();
    assertThat(cloud.keys("dead-letter")).hasSize(2);
    cloud.intercept(call -> Fault.none());

    run();

    assertSetAside(1);
  }

  @Test
  void setsADamagedDeadLetterAsideWhoseRemovalHadNoAnswer() throws Exception {
    put("dead-letter/2020-01-23.json", "{");
    cloud.intercept(first(1, toS3("DELETE", "dead-letter/"), Fault.dropAfter()));

    assertThat(run().warnings())
        .containsExactly("dead-letter/2020-01-23.json cannot be read; it was set aside.");
    assertSetAside(1);
  }

  @Test
  void keepsADeadLetterThatAnotherRunPutsWhileADamagedOneIsSetAside() throws Exception {
    cloud.intercept(always(toPutOf("2020-01-23"), THROTTLED));
    run();
    String whole = cloud.object("dead-letter/2020-01-23.json").orElseThrow();
    put("dead-letter/2020-01-23.json", "{");
    cloud.intercept(
        call -> {
          if (toS3("DELETE", "dead-letter/").test(call)) {
            put("dead-letter/2020-01-23.json", whole);
          }
          return Fault.none();
        });

    assertThat(run().warnings()).isEmpty();

    assertThat(cloud.object("dead-letter/2020-01-23.json")).contains(whole);
  }

  @Test
  void readsADeadLetterAgainThatBreaksOff() throws Exception {
    cloud.intercept(always(toPutOf("2020-01-23"), THROTTLED));
    run();
    cloud.intercept(first(1, toS3("GET", "dead-letter/"), BROKEN_OFF));

    RunReport report = run();

    assertThat(report.status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(report.warnings()).isEmpty();
    assertThat(report.replay().added()).containsExactly(DAY_23.key());
  }

  @Test
  void readsAMarkerAgainThatBreaksOff() throws Exception {
    cloud.intercept(always(to(Service.SNS), Fault.dropBefore()));
    RunReport unsaid = run();
    cloud.intercept(first(1, toS3("GET", "open-runs/"), BROKEN_OFF));

    RunReport report = run();

    assertThat(report.status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(report.unfinishedRuns())
        .singleElement()
        .asString()
        .startsWith("Run %s ended, but its message could not be sent".formatted(unsaid.id()));
  }

  @Test
  @Tag("slow")
  void replaysTheLastOfMoreDeadLettersThanOnePageOfAListHolds() throws Exception {
    LocalDate oldest = LocalDate.parse("2017-01-01");
    String last = "dead-letter/2019-09-28.json";
    putAll(
        IntStream.rangeClosed(0, 1_000)
            .mapToObj(oldest::plusDays)
            .map("dead-letter/%s.json"::formatted)
            .toList(),
        """
        {"day":{"date":"2019-09-28","country":"US","cases":1,"deaths":1,"recovered":1},
         "error":"throttled","attempts":6,
         "firstFailure":"2020-06-01T20:00:00Z","lastFailure":"2020-06-01T20:00:00Z"}
        """);
    // As if another process had replayed the others meanwhile: that is quick.
    cloud.intercept(always(toS3("GET", "dead-letter/").and(not(toS3("GET", last))), NO_SUCH_KEY));

    RunReport report = run();

    assertThat(report.status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(report.replay().added()).containsExactly(day("2019-09-28", 1, 1, 1).key());
    assertThat(count("S3 GET covid-data/dead-letter/")).isEqualTo(1_001);
  }

  /** Puts the same text under each key. */
  private void putAll(List<String> keys, String text) {
    keys.parallelStream().forEach(key -> put(key, text));
  }

  @Test
  void setsADeadLetterAsideThatIsFarTooLong() throws Exception {
    put("dead-letter/2020-01-23.json", " ".repeat(16_000_001));

    RunReport report = run();

    assertThat(report.status()).isEqualTo(RunStatus.SUCCEEDED);
    assertSetAside(1);
  }

  @Test
  void readsASetAgainThatBreaksOff() throws Exception {
    RunReport before = run();
    cloud.forgetRequests();
    cloud.intercept(first(1, toS3("GET", "CovidData.csv"), BROKEN_OFF));

    RunReport report = run();

    assertThat(report.status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(report.archive().version()).isEqualTo(before.archive().version());
    assertThat(count("S3 GET covid-data/CovidData.csv")).isEqualTo(2);
  }

  @Test
  void failsAfterTheRetriesOnASetThatBreaksOff() throws Exception {
    run();
    cloud.intercept(always(toS3("GET", "CovidData.csv"), BROKEN_OFF));

    RunReport report = run();

    assertThat(report.status()).isEqualTo(RunStatus.FAILED);
    assertThat(report.reason())
        .startsWith(
            "The published set broke off while it was read from S3: the next run tries again; if it"
                + " lasts, check the network (");
    assertThat(count("S3 GET covid-data/CovidData.csv")).isEqualTo(3);
  }

  @Test
  void doesNotReadAnArchiveThatIsFarTooLong() throws Exception {
    put("CovidData.csv", " ".repeat(16_000_001));

    RunReport report = run();

    assertThat(report.status()).isEqualTo(RunStatus.FAILED);
    assertThat(report.reason())
        .isEqualTo(
            "The object CovidData.csv in the bucket covid-data has 16000001 bytes, more than any that"
                + " this program writes: "
                + ArchiveRecords.REMEDY
                + ".");
  }

  private void put(String key, String text) {
    cloud
        .s3Client()
        .putObject(put -> put.bucket(cloud.bucket()).key(key), RequestBody.fromString(text));
  }

  @Test
  void namesADayInReportAndMessageThatCouldNotEvenBeKept() throws Exception {
    cloud.intercept(
        call -> {
          if (toPutOf("2020-01-23").test(call)) {
            return THROTTLED;
          }
          return toS3("PUT", "dead-letter/").test(call) ? UNAVAILABLE : Fault.none();
        });

    RunReport report = run();

    assertThat(report.status()).isEqualTo(RunStatus.PARTIAL);
    assertThat(deadLetters(report)).containsExactly(LocalDate.parse("2020-01-23"));
    assertThat(report.warnings())
        .containsExactly(
            "The step dead-letter-day failed: S3 throttles PutObject on dead-letter/2020-01-23.json"
                + " in bucket covid-data: the next run tries again; if it lasts, check what else"
                + " calls it (SlowDown: Please reduce your request rate).");
    assertThat(cloud.messages().get(0).text()).contains("2020-01-23", "dead-letter-day");
  }

  @Test
  void doesNotTryAgainWhatTheTableRefusesForOneDay() throws Exception {
    cloud.intercept(
        always(toPutOf("2020-01-23"), refusal(Service.DYNAMODB, 400, "ValidationException")));

    RunReport report = run();

    assertThat(report.status()).isEqualTo(RunStatus.PARTIAL);
    assertThat(count("DynamoDB PutItem")).isEqualTo(3);
    assertThat(deadLetters(report)).containsExactly(LocalDate.parse("2020-01-23"));
  }

  @Test
  void addsADayOnceWhoseAnswerGotLost() throws Exception {
    cloud.intercept(first(1, toPutOf("2020-01-23"), Fault.dropAfter()));

    RunReport report = run();

    assertThat(report.status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(report.days()).isEqualTo(new RunReport.Days(3, 3, 0, 0, 0));
  }

  @Test
  void doesNotCountADayOfAnotherProcessAsAddedAfterARetryOfSomethingElse() throws Exception {
    AtomicBoolean scanned = new AtomicBoolean();
    AtomicBoolean stored = new AtomicBoolean();
    cloud.intercept(
        call -> {
          if (toPutOf("2020-01-23").test(call) && !stored.getAndSet(true)) {
            store(DAY_23);
          }
          boolean first =
              call.is(Service.DYNAMODB, "Scan") && !scanned.getAndSet(true)
                  || call.is(Service.DYNAMODB, "GetItem") && count("DynamoDB GetItem") == 1;
          return first ? Fault.dropBefore() : Fault.none();
        });

    RunReport report = run();

    assertThat(count("DynamoDB Scan")).isEqualTo(2);
    assertThat(count("DynamoDB GetItem")).isEqualTo(2);
    assertThat(report.days()).isEqualTo(new RunReport.Days(3, 2, 1, 0, 0));
  }

  @Test
  void doesNotCallADayRevisedThatCannotBeReadAgain() throws Exception {
    AtomicBoolean stored = new AtomicBoolean();
    cloud.intercept(
        call -> {
          if (toPutOf("2020-01-23").test(call) && !stored.getAndSet(true)) {
            store(DAY_23);
          }
          return call.is(Service.DYNAMODB, "GetItem")
              ? refusal(Service.DYNAMODB, 400, "ValidationException")
              : Fault.none();
        });

    RunReport report = run();

    assertThat(report.days()).isEqualTo(new RunReport.Days(3, 2, 1, 0, 0));
    assertThat(report.warnings()).singleElement().asString().contains("settle-present-day");
  }

  @ParameterizedTest
  @CsvSource({
    "ResourceNotFoundException, 'Table CovidData does not exist in us-east-1: create it, or correct"
        + " store.table or AWS_REGION (ResourceNotFound: No).'",
    "AccessDeniedException, 'The AWS credentials do not allow PutItem on table CovidData: grant them"
        + " dynamodb:PutItem (AccessDenied: No).'",
    "ExpiredTokenException, 'The AWS credentials have expired, so DynamoDB refuses PutItem on table"
        + " CovidData: renew them and start again (ExpiredToken: No).'"
  })
  void endsTheRunAtOnceOnACauseThatConcernsEveryWrite(String code, String reason) throws Exception {
    application("store.concurrency", "1");
    cloud.intercept(always(to(Service.DYNAMODB, "PutItem"), refusal(Service.DYNAMODB, 400, code)));

    RunReport report = run();

    assertThat(report.status()).isEqualTo(RunStatus.FAILED);
    assertThat(report.reason()).isEqualTo(reason);
    assertThat(count("DynamoDB PutItem")).isEqualTo(1);
    assertThat(cloud.keys("dead-letter/")).isEmpty();
    assertThat(cloud.object("CovidData.csv")).isEmpty();
    assertThat(cloud.messages()).hasSize(1);
    assertThat(cloud.messages().get(0).subject()).isEqualTo("Covid Table Update FAILED");
  }

  @Test
  void failsWithoutArchivingWhenTheTableCannotBeRead() throws Exception {
    application("store.table", "NoSuchTable");

    RunReport report = run();

    assertThat(report.status()).isEqualTo(RunStatus.FAILED);
    assertThat(report.reason())
        .isEqualTo(
            "Table NoSuchTable does not exist in us-east-1: create it, or correct store.table or"
                + " AWS_REGION (ResourceNotFound: Cannot do operations on a non-existent table).");
    assertThat(cloud.object("CovidData.csv")).isEmpty();
    assertThat(count("DynamoDB")).isEqualTo(1);
  }

  // --- S3

  @Test
  void saysHowManyDaysItAddedWhenTheSetCannotBeArchived() throws Exception {
    cloud.intercept(always(toS3("PUT", "CovidData.csv"), UNAVAILABLE));

    RunReport report = run();

    assertThat(report.status()).isEqualTo(RunStatus.FAILED);
    assertThat(report.reason())
        .isEqualTo(
            "S3 throttles PutObject on CovidData.csv in bucket covid-data: the next run tries"
                + " again; if it lasts, check what else calls it"
                + " (SlowDown: Please reduce your request rate).");
    assertThat(report.days()).isEqualTo(new RunReport.Days(3, 3, 0, 0, 0));
    assertThat(cloud.messages().get(0).text())
        .startsWith(report.reason())
        .contains("3 joined: 3 added");
  }

  @Test
  void tellsTheTopicEvenWhenTheBucketIsAway() throws Exception {
    cloud.intercept(always(to(Service.S3), Fault.dropBefore()));

    RunReport report = run();

    assertThat(report.status()).isEqualTo(RunStatus.FAILED);
    assertThat(cloud.messages()).hasSize(1);
    assertThat(cloud.messages().get(0).attributes()).containsEntry("status", "failed");
    assertThat(cloud.messages().get(0).text()).contains("The step save-report failed: ");
  }

  // --- SNS

  @Test
  void saysInTheReportThatTheMessageDidNotGoOutAndTheNextRunSaysItToo() throws Exception {
    cloud.intercept(always(to(Service.SNS), Fault.dropBefore()));
    RunReport first = run();
    cloud.intercept(call -> Fault.none());

    RunReport second = run();

    assertThat(first.status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(cloud.object("runs/" + first.id() + ".json").orElseThrow())
        .contains("The message could not be sent: ");
    assertThat(cloud.messages()).hasSize(1);
    assertThat(cloud.messages().get(0).text())
        .contains(
            "Run "
                + first.id()
                + " ended, but its message could not be sent:"
                + " 3 row(s) have been added");
    assertThat(second.unfinishedRuns()).hasSize(1);
    assertThat(cloud.keys("open-runs/")).isEmpty();
  }

  // --- Processes

  @Test
  void namesARunThatDiedInTheNextReportAndMessageAndOnlyThere() throws Exception {
    cloud
        .s3Client()
        .putObject(
            put -> put.bucket(cloud.bucket()).key("open-runs/2026-01-01T00-00-00Z-dead.json"),
            RequestBody.fromString(
                """
                {"id": "2026-01-01T00-00-00Z-dead", "trigger": "schedule",
                 "startedAt": "2026-01-01T00:00:00Z",
                 "owner": {"host": "elsewhere", "pid": 1, "startedAt": "2026-01-01T00:00:00Z"}}
                """));

    RunReport first = run();
    RunReport second = run();

    assertThat(first.unfinishedRuns()).hasSize(1);
    assertThat(cloud.messages().get(0).text())
        .contains("Run 2026-01-01T00-00-00Z-dead (schedule, on elsewhere) did not finish.");
    assertThat(second.unfinishedRuns()).isEmpty();
  }

  @Test
  void namesTheLastOfMoreRunsThatDiedThanOnePageOfAListHolds() throws Exception {
    String last = "open-runs/2026-01-01T00-00-00Z-03e8.json";
    putAll(
        IntStream.rangeClosed(0, 1_000)
            .mapToObj("open-runs/2026-01-01T00-00-00Z-%04x.json"::formatted)
            .toList(),
        "{nonsense");
    // As if the others had ended meanwhile: that is quick.
    cloud.intercept(always(toS3("GET", "open-runs/").and(not(toS3("GET", last))), NO_SUCH_KEY));

    RunReport report = run();

    assertThat(report.status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(report.unfinishedRuns().stream().map(RunMarker::id))
        .containsExactly("2026-01-01T00-00-00Z-03e8");
    assertThat(count("S3 GET covid-data/open-runs/")).isEqualTo(1_001);
  }

  @Test
  void namesARunWhoseMarkCannotBeReadOnce() throws Exception {
    cloud
        .s3Client()
        .putObject(
            put -> put.bucket(cloud.bucket()).key("open-runs/2026-01-01T00-00-00Z-dead.json"),
            RequestBody.fromString("{nonsense"));

    RunReport report = run();

    assertThat(report.status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(cloud.messages().get(0).text()).contains("Run 2026-01-01T00-00-00Z-dead");
    assertThat(cloud.keys("open-runs/")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"open-runs/x.json", "dead-letter/2020-01-23.json"})
  void doesNotMindThatAnotherProcessRemovesWhatItHasJustListed(String key) throws Exception {
    cloud
        .s3Client()
        .putObject(put -> put.bucket(cloud.bucket()).key(key), RequestBody.fromString("{}"));
    cloud.intercept(
        call -> {
          if (toS3("GET", key).test(call)) {
            cloud.s3Client().deleteObject(delete -> delete.bucket(cloud.bucket()).key(key));
          }
          return Fault.none();
        });

    RunReport report = run();

    assertThat(report.status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(report.warnings()).isEmpty();
    assertThat(report.unfinishedRuns()).isEmpty();
  }

  @Test
  void doesOneRunAtATime() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    cloud.intercept(
        call -> {
          if (call.is(Service.DYNAMODB, "Scan")) {
            begun.countDown();
            assertThatCode(goOn::await).doesNotThrowAnyException();
          }
          return Fault.none();
        });
    TestApplication running = application();
    var threads = Executors.newSingleThreadExecutor();
    Future<RunReport> first = threads.submit(running::run);
    begun.await();

    RunReport second = running.run();
    goOn.countDown();

    assertThat(second).isNull();
    assertThat(first.get().status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(cloud.keys("runs/")).hasSize(1);
    threads.shutdown();
  }

  // --- Feeds

  @Test
  void asksOnceForAFeedThatIsNotThere() throws Exception {
    feeds.answer(feeds.nyt().getPath(), exchange -> exchange.sendResponseHeaders(404, -1));

    RunReport report = run();

    assertThat(report.status()).isEqualTo(RunStatus.FAILED);
    assertThat(report.reason())
        .isEqualTo(
            "Feed nyt: %s answered 404 Not Found: the feed has moved or ended; correct"
                + " feed.nyt.url.",
            feeds.nyt());
    assertThat(feeds.requests(feeds.nyt().getPath())).isEqualTo(1);
    assertThat(report.feeds()).hasSize(1);
    assertThat(count("DynamoDB")).isZero();
  }

  @Test
  void namesBothFeedsWhenBothAreAway() throws Exception {
    feeds.answer(feeds.nyt().getPath(), exchange -> exchange.sendResponseHeaders(404, -1));
    feeds.answer(feeds.jhu().getPath(), exchange -> exchange.sendResponseHeaders(410, -1));

    assertThat(run().reason())
        .isEqualTo(
            "Feed jhu: %s answered 410 Gone: the feed has moved or ended; correct feed.jhu.url."
                + " Feed nyt: %s answered 404 Not Found: the feed has moved or ended; correct"
                + " feed.nyt.url.",
            feeds.jhu(), feeds.nyt());
  }

  @Test
  void triesAFeedAgainThatIsAwayForAMoment() throws Exception {
    CountDownLatch failures = new CountDownLatch(1);
    feeds.answer(
        feeds.nyt().getPath(),
        exchange -> {
          if (failures.getCount() > 0) {
            failures.countDown();
            exchange.getResponseHeaders().set("Retry-After", "0");
            exchange.sendResponseHeaders(429, -1);
          } else {
            byte[] body = TestApplication.NYT.getBytes(java.nio.charset.StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
          }
        });
    Instant before = Instant.now();

    RunReport report = run();

    assertThat(report.status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(feeds.requests(feeds.nyt().getPath())).isEqualTo(2);
    assertThat(List.of(report.startedAt()))
        .allMatch(start -> !start.isBefore(before.minusSeconds(1)));
  }

  @Test
  void failsAfterTheRetriesWhenABodyIsCutShort() throws Exception {
    feeds.answer(
        feeds.nyt().getPath(),
        exchange -> {
          exchange.sendResponseHeaders(200, 1_000);
          exchange
              .getResponseBody()
              .write(
                  "date,cases,deaths\n2020-01-22,1,0\n"
                      .getBytes(java.nio.charset.StandardCharsets.UTF_8));
          exchange.getResponseBody().flush();
          throw new java.io.IOException("cut");
        });

    RunReport report = run();

    assertThat(report.status()).isEqualTo(RunStatus.FAILED);
    assertThat(report.reason())
        .isEqualTo(
            "Feed nyt: %s: its body ended early: 33 of the 1000 bytes of its Content-Length arrived:"
                + " the next run tries again; if it lasts, check the feed's site.",
            feeds.nyt());
    assertThat(feeds.requests(feeds.nyt().getPath())).isEqualTo(2);
  }

  @Test
  void failsOnAFeedThatIsTooLong() throws Exception {
    application("feed.max-bytes", "20");

    assertThat(run().reason())
        .isEqualTo(
            "Feed jhu: %s: it is longer than 20 bytes (feed.max-bytes): raise it if the feed is"
                + " right. Feed nyt: %s: it is longer than 20 bytes (feed.max-bytes): raise it if"
                + " the feed is right.",
            feeds.jhu(), feeds.nyt());
  }
}
