package routes;

import static local.Faults.SLOW_DOWN;
import static local.Faults.THROTTLED;
import static local.Faults.always;
import static local.Faults.first;
import static local.Faults.refusal;
import static local.Faults.to;
import static local.Faults.toConditionalPut;
import static local.Faults.toS3;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import covid.Day;
import covid.DeadLetter;
import covid.RunReport;
import covid.RunStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import local.Call;
import local.Fault;
import local.Interceptor;
import local.LocalCloud;
import local.Service;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;

/** Faults of a table of many places, and of its dead letter. */
class PlaceFaultsTest extends PlaceStoreTestBase {
  private static final Predicate<Call> TO_BATCH = to(Service.DYNAMODB, BATCH);
  private static final Predicate<Call> TO_QUERY = to(Service.DYNAMODB, "Query");
  private static final String LETTERS = "world/dead-letter/Korea_2C_20South.json";
  private static final String PLACE = "Korea, South";

  PlaceFaultsTest(LocalCloud cloud) {
    super(cloud);
  }

  // --- A batch

  @ParameterizedTest
  @ValueSource(
      strings = {"ThrottlingError", "ProvisionedThroughputExceeded", "TransactionConflict"})
  void sendsAThrottledStatementAgainAlone(String code) {
    List<String> batches = new CopyOnWriteArrayList<>();
    Interceptor throttled =
        first(1, TO_BATCH, Fault.statementsRefused(each -> each.contains("2020-01-23"), code));
    cloud.intercept(
        call -> {
          if (TO_BATCH.test(call)) {
            batches.add(call.body());
          }
          return throttled.intercept(call);
        });

    RunReport report = store(days(5, PLACE));

    assertThat(report.status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(report.days()).isEqualTo(new RunReport.Days(5, 5, 0, 0, 0));
    assertThat(batches).hasSize(2);
    assertThat(batches.get(1)).contains("2020-01-23").doesNotContain("2020-01-22", "2020-01-24");
  }

  @Test
  void deadLettersADayOfAPlaceThatIsThrottledForEverAndAddsTheOthers() {
    throttle("2020-01-23");

    RunReport report = store(days(5, PLACE, "DE"));

    assertThat(report.status()).isEqualTo(RunStatus.PARTIAL);
    assertThat(report.days()).isEqualTo(new RunReport.Days(10, 8, 0, 0, 2));
    assertThat(report.deadLetters())
        .extracting(letter -> letter.day(), DeadLetter::attempts)
        .containsExactly(tuple(day("DE", 1), 2), tuple(day(PLACE, 1), 2));
    assertThat(report.deadLetters().get(0).error())
        .isEqualTo(
            "DynamoDB throttles BatchExecuteStatement on table CovidPlaces: the next run tries"
                + " again; if it lasts, raise the capacity of the table or lower store.concurrency"
                + " (Throttling: No).");
    assertThat(cloud.keys("world/dead-letter/"))
        .containsExactly("world/dead-letter/DE.json", LETTERS);
  }

  @Test
  void countsABatchAsAddedWhoseAnswerIsLost() {
    cloud.intercept(first(1, TO_BATCH, Fault.dropAfter()));

    RunReport report = store(days(30, PLACE));

    assertThat(report.status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(report.days()).isEqualTo(new RunReport.Days(30, 30, 0, 0, 0));
    assertThat(cloud.itemsOfPlaces()).hasSize(30);
  }

  @Test
  void sendsABatchAgainThatWasNotDone() {
    cloud.intercept(first(1, TO_BATCH, Fault.dropBefore()));

    assertThat(store(days(30, PLACE)).days()).isEqualTo(new RunReport.Days(30, 30, 0, 0, 0));
    assertThat(count("DynamoDB Query")).isEqualTo(1);
  }

  @Test
  void countsAStatementAsAddedThatWasDoneThoughItsAnswerSaysOtherwise() {
    cloud.intercept(
        first(
            1,
            TO_BATCH,
            Fault.statementsDoneAndDenied(
                each -> each.contains("2020-01-23"), "InternalServerError")));

    assertThat(store(days(5, PLACE)).days()).isEqualTo(new RunReport.Days(5, 5, 0, 0, 0));
  }

  @Test
  void countsAPutAsAddedWhoseAnswerIsLostAndNotOneOfAnotherRun() {
    Interceptor lost = first(1, to(Service.DYNAMODB, "PutItem"), Fault.dropAfter());
    cloud.intercept(
        call -> {
          if (call.is(Service.DYNAMODB, "PutItem") && call.body().contains("2020-01-24")) {
            put(day(PLACE, 2), "other");
          }
          return lost.intercept(call);
        });

    assertThat(store(days(3, PLACE)).days()).isEqualTo(new RunReport.Days(3, 2, 1, 0, 0));
  }

  @Test
  void countsWhatAnotherRunInsertedMeanwhileAsPresentEvenAfterALostAnswer() {
    AtomicBoolean once = new AtomicBoolean();
    cloud.intercept(
        call -> {
          if (TO_BATCH.test(call) && once.compareAndSet(false, true)) {
            put(day(PLACE, 1), "other");
            put(day(PLACE, 3), "other");
            return Fault.dropAfter();
          }
          return Fault.none();
        });

    RunReport report = store(days(5, PLACE));

    assertThat(report.days()).isEqualTo(new RunReport.Days(5, 3, 2, 0, 0));
    assertThat(cloud.itemsOfPlaces()).contains(LAYOUT.item(day(PLACE, 1), "other"));
  }

  @Test
  void deadLettersTheOneDayOfABatchThatTheTableRefuses() {
    cloud.intercept(
        call ->
            TO_BATCH.test(call) && call.body().contains("2020-01-31")
                ? refusal(Service.DYNAMODB, 400, "ValidationException", "Bad number.")
                : Fault.none());

    RunReport report = store(days(25, PLACE));

    assertThat(report.days()).isEqualTo(new RunReport.Days(25, 24, 0, 0, 1));
    assertThat(report.deadLetters())
        .singleElement()
        .satisfies(
            letter -> {
              assertThat(letter.day().date()).isEqualTo("2020-01-31");
              assertThat(letter.attempts()).isEqualTo(1);
              assertThat(letter.error()).contains("refuses the values", "Bad number");
            });
  }

  @Test
  void deadLettersARefusedDayAlsoWhenAnotherOneIsTriedAgain() {
    Interceptor throttled =
        first(
            1,
            TO_BATCH,
            Fault.statementsRefused(each -> each.contains("2020-01-23"), "ThrottlingError"));
    cloud.intercept(
        call ->
            TO_BATCH.test(call) && call.body().contains("2020-01-22")
                ? refusal(Service.DYNAMODB, 400, "ValidationException", "Bad number.")
                : throttled.intercept(call));

    assertThat(store(days(5, PLACE)).days()).isEqualTo(new RunReport.Days(5, 4, 0, 0, 1));
    assertThat(cloud.keys("world/dead-letter/")).containsExactly(LETTERS);
  }

  @Test
  void triesEachBatchOnceWhileTheTableTakesNoDay() {
    start("store.concurrency", "1");
    cloud.intercept(always(TO_BATCH, THROTTLED));

    RunReport report = store(days(50, PLACE, "DE"));

    assertThat(report.days()).isEqualTo(new RunReport.Days(100, 0, 0, 0, 100));
    // The first one twice.
    assertThat(count("DynamoDB " + BATCH)).isEqualTo(5);
  }

  @ParameterizedTest
  @CsvSource({
    "AccessDenied, 'The AWS credentials do not allow BatchExecuteStatement on table CovidPlaces:"
        + " grant them dynamodb:PartiQLInsert (AccessDenied: No).'",
    "ResourceNotFound, 'Table CovidPlaces does not exist in us-east-1: create it, or correct"
        + " store.table or AWS_REGION (ResourceNotFound: No).'"
  })
  void endsTheRunOnceABatchSaysThatNoDayCanBeWritten(String code, String reason) {
    start("store.concurrency", "1");
    cloud.intercept(always(TO_BATCH, Fault.statementsRefused(each -> true, code)));

    RunReport report = store(days(30, PLACE, "DE"));

    assertThat(report.status()).isEqualTo(RunStatus.FAILED);
    assertThat(report.reason()).isEqualTo(reason);
    assertThat(report.deadLetters()).isEmpty();
    assertThat(count("DynamoDB " + BATCH)).isEqualTo(1);
    assertThat(count("DynamoDB Query")).isEqualTo(1);
  }

  @Test
  void putsDaysOneByOneWhereTheRoleAllowsNoBatchAndAsksOnce() {
    cloud.intercept(
        always(
            TO_BATCH,
            refusal(
                Service.DYNAMODB,
                400,
                "AccessDeniedException",
                "Not authorized to perform: dynamodb:PartiQLInsert")));

    RunReport report = store(days(30, PLACE, "DE", "FR", "US"));

    assertThat(report.status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(report.days()).isEqualTo(new RunReport.Days(120, 120, 0, 0, 0));
    assertThat(report.warnings())
        .containsExactly(
            "Each day took a request of its own. The AWS credentials do not allow"
                + " BatchExecuteStatement on table CovidPlaces: grant them dynamodb:PartiQLInsert"
                + " (AccessDenied: Not authorized to perform: dynamodb:PartiQLInsert).");
    assertThat(count("DynamoDB " + BATCH)).isEqualTo(1);
    assertThat(count("DynamoDB PutItem")).isEqualTo(120);
  }

  @Test
  void asksAgainInTheNextRunWhetherTheRoleAllowsBatches() {
    cloud.intercept(
        first(1, TO_BATCH, refusal(Service.DYNAMODB, 400, "AccessDeniedException", "PartiQL")));
    store(days(5, PLACE));

    RunReport report = store(days(10, PLACE));

    assertThat(report.warnings()).isEmpty();
    assertThat(count("DynamoDB " + BATCH)).isEqualTo(2);
    assertThat(count("DynamoDB PutItem")).isEqualTo(5);
  }

  // --- The query

  @ParameterizedTest
  @CsvSource({
    "CovidData, 'Table CovidData has another key: make one with partition key Place and"
        + " sort key Date, both strings, or correct store.table or store.key'",
    "NoSuchTable, 'Table NoSuchTable does not exist in us-east-1: create it, or correct store.table"
        + " or AWS_REGION'"
  })
  void writesNothingIntoATableThatIsAnother(String table, String reason) {
    start("store.table", table);

    RunReport report = store(days(5, PLACE, "DE"));

    assertThat(report.status()).isEqualTo(RunStatus.FAILED);
    assertThat(report.reason()).startsWith(reason);
    assertThat(cloud.items()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Place S", "Place N Date S", "Place S Date N", "Date S Place S", "Place S Day S"})
  void writesNothingIntoATableWithOtherKeys(String keys) {
    createTable("OtherKeys", keys.split(" "));
    try {
      start("store.table", "OtherKeys");

      RunReport report = store(days(5, PLACE));

      assertThat(report.reason())
          .startsWith(
              "Table OtherKeys has another key: make one with partition key Place and"
                  + " sort key Date, both strings, or correct store.table or store.key");
      assertThat(cloud.dynamoDbClient().scan(scan -> scan.tableName("OtherKeys")).items())
          .isEmpty();
    } finally {
      cloud.dynamoDbClient().deleteTable(delete -> delete.tableName("OtherKeys"));
    }
  }

  /** Creates a table with these keys, each a name and a type. */
  private void createTable(String name, String... keys) {
    List<KeySchemaElement> schema = new ArrayList<>();
    List<AttributeDefinition> attributes = new ArrayList<>();
    for (int i = 0; i < keys.length; i += 2) {
      schema.add(
          KeySchemaElement.builder()
              .attributeName(keys[i])
              .keyType(i == 0 ? KeyType.HASH : KeyType.RANGE)
              .build());
      attributes.add(
          AttributeDefinition.builder().attributeName(keys[i]).attributeType(keys[i + 1]).build());
    }
    cloud
        .dynamoDbClient()
        .createTable(
            create ->
                create
                    .tableName(name)
                    .billingMode(BillingMode.PAY_PER_REQUEST)
                    .keySchema(schema)
                    .attributeDefinitions(attributes));
  }

  @Test
  void readsAPlaceAgainAfterAnErrorThatPasses() {
    cloud.intercept(first(1, TO_QUERY, THROTTLED));

    assertThat(store(days(5, PLACE)).days()).isEqualTo(new RunReport.Days(5, 5, 0, 0, 0));
  }

  @Test
  void endsTheRunWhenAPlaceCannotBeRead() {
    start("store.concurrency", "1");
    cloud.intercept(always(TO_QUERY, THROTTLED));

    RunReport report = store(days(5, PLACE, "DE", "FR"));

    assertThat(report.status()).isEqualTo(RunStatus.FAILED);
    assertThat(report.reason()).startsWith("DynamoDB throttles Query on table CovidPlaces");
    assertThat(count("DynamoDB")).isEqualTo(2);
  }

  // --- The dead letter

  @Test
  void replaysTheDeadLetterOfAPlaceFirstAndRemovesIt() {
    throttle("2020-01-23");
    store(days(5, PLACE));
    cloud.intercept(call -> Fault.none());

    RunReport report = store(days(4, PLACE));

    assertThat(report.status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(report.days()).isEqualTo(new RunReport.Days(4, 1, 3, 0, 0));
    assertThat(report.replay().added()).containsExactly(day(PLACE, 1).key());
    assertThat(cloud.keys("world/dead-letter/")).isEmpty();
    assertThat(cloud.itemsOfPlaces()).contains(LAYOUT.item(day(PLACE, 1), lastRun()));
  }

  @Test
  void keepsTheDaysOfAPlaceThatFailAgainAndRemovesTheOthers() {
    throttle("2020-01-23", "2020-01-24");
    RunReport before = store(days(5, PLACE));
    throttle("2020-01-24");

    RunReport report = store(List.of());

    assertThat(report.replay().added()).containsExactly(day(PLACE, 1).key());
    assertThat(report.replay().failed()).containsExactly(day(PLACE, 2).key());
    DeadLetter again = report.deadLetters().get(0);
    assertThat(again.attempts()).isEqualTo(4);
    assertThat(again.firstFailure()).isEqualTo(before.deadLetters().get(1).firstFailure());
    assertThat(cloud.object(LETTERS).orElseThrow())
        .contains("2020-01-24", "\"attempts\":4")
        .doesNotContain("2020-01-23");
  }

  @Test
  void doesNotTryADayAgainInTheSameRunThatItsReplayDeadLettered() {
    throttle("2020-01-23");
    store(days(5, PLACE));

    RunReport report = store(days(5, PLACE));

    assertThat(report.days()).isEqualTo(new RunReport.Days(5, 0, 4, 0, 1));
    assertThat(report.deadLetters().get(0).attempts()).isEqualTo(4);
  }

  @Test
  void removesADeadLetterThatIsInTheTableAlready() {
    throttle("2020-01-23");
    store(days(5, PLACE));
    put(day(PLACE, 1), "other");

    RunReport report = store(days(5, PLACE));

    assertThat(report.replay().present()).containsExactly(day(PLACE, 1).key());
    assertThat(cloud.keys("world/dead-letter/")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "[]",
        "[null]",
        "{\"day\": 1}",
        "[{\"day\":{\"date\":\"2020-01-23\",\"place\":\"Korea, South\"},\"attempts\":1,"
            + "\"error\":\"\",\"firstFailure\":\"2020-06-01T20:00:00Z\","
            + "\"lastFailure\":\"2020-06-01T20:00:00Z\"}]",
        "[{\"day\":{\"date\":\"2020-01-23\",\"place\":\"DE\",\"cases\":1},\"attempts\":1,"
            + "\"error\":\"\",\"firstFailure\":\"2020-06-01T20:00:00Z\","
            + "\"lastFailure\":\"2020-06-01T20:00:00Z\"}]"
      })
  void setsADamagedDeadLetterOfAPlaceAsideAndNamesIt(String damaged) {
    putObject(LETTERS, damaged);

    RunReport report = store(days(5, PLACE));

    assertThat(report.status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(report.added()).isEqualTo(5);
    assertThat(report.warnings()).containsExactly(LETTERS + " cannot be read; it was set aside.");
    assertThat(cloud.keys("world/dead-letter"))
        .singleElement()
        .asString()
        .matches("world/dead-letter-damaged/Korea_2C_20South\\.\\w+\\.json");
  }

  @Test
  void losesNoDeadLetterThatAnotherRunAddsMeanwhile() {
    throttle("2020-01-22");
    store(days(5, PLACE));
    String other = cloud.object(LETTERS).orElseThrow();
    cloud.s3Client().deleteObject(delete -> delete.bucket(cloud.bucket()).key(LETTERS));
    AtomicBoolean once = new AtomicBoolean();
    Predicate<Call> put = toConditionalPut(LETTERS);
    cloud.intercept(
        call -> {
          if (put.test(call) && once.compareAndSet(false, true)) {
            putObject(LETTERS, other);
          }
          return refuse(call, "2020-02-01");
        });

    assertThat(store(List.of(day(PLACE, 10))).warnings()).isEmpty();
    RunReport report = store(List.of());

    assertThat(report.replay().failed()).containsExactly(day(PLACE, 10).key());
    assertThat(report.replay().added()).containsExactly(day(PLACE, 0).key());
  }

  @Test
  void removesNoDeadLetterThatAnotherRunAddsMeanwhile() {
    throttle("2020-01-23");
    store(days(5, PLACE));
    String other = cloud.object(LETTERS).orElseThrow().replace("2020-01-23", "2020-02-23");
    AtomicBoolean once = new AtomicBoolean();
    cloud.intercept(
        call -> {
          if (toS3("DELETE", LETTERS).test(call) && once.compareAndSet(false, true)) {
            putObject(LETTERS, other);
          }
          return Fault.none();
        });

    RunReport report = store(days(5, PLACE));

    assertThat(report.status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(cloud.object(LETTERS)).contains(other);
  }

  @Test
  void keepsADayOfAPlaceAlthoughTheBucketFailsOnce() {
    Interceptor busy = first(1, toS3("PUT", LETTERS), SLOW_DOWN);
    cloud.intercept(
        call -> call.service() == Service.S3 ? busy.intercept(call) : refuse(call, "2020-01-23"));

    assertThat(store(days(5, PLACE)).warnings()).isEmpty();
    assertThat(cloud.keys("world/dead-letter/")).containsExactly(LETTERS);
  }

  @Test
  void namesADayOfAPlaceThatCouldNotEvenBeKept() {
    Interceptor away = always(toS3("PUT", "world/dead-letter/"), SLOW_DOWN);
    cloud.intercept(
        call -> call.service() == Service.S3 ? away.intercept(call) : refuse(call, "2020-01-23"));

    RunReport report = store(days(5, PLACE));

    assertThat(report.deadLetters()).hasSize(1);
    assertThat(report.warnings())
        .singleElement()
        .asString()
        .startsWith("The step keep-dead-letters failed: S3 throttles PutObject on " + LETTERS);
  }

  @Test
  void keepsDaysOfAPlaceWhateverItsName() {
    throttle("2020-01-23");
    List<String> places = List.of("a/../b", ".", "x".repeat(1_000));

    store(days(5, places.toArray(String[]::new)));
    cloud.intercept(call -> Fault.none());
    RunReport report = store(List.of());

    assertThat(report.replay().added()).hasSize(3);
    assertThat(cloud.keys("world/dead-letter")).isEmpty();
  }

  @Test
  void deadLettersThePlaceWhoseNameIsLongerThanAKeyAndStoresTheOthers() {
    String tooLong = "é".repeat(1_025);
    List<Day> days = days(5, PLACE, tooLong);

    RunReport first = store(days);
    RunReport second = store(days);

    assertThat(first.days()).isEqualTo(new RunReport.Days(10, 5, 0, 0, 5));
    assertThat(first.deadLetters())
        .extracting(DeadLetter::error)
        .containsOnly(
            "The name of the place is longer than a key of DynamoDB, 2,048 bytes: correct it in the"
                + " feed.");
    assertThat(second.days()).isEqualTo(new RunReport.Days(10, 0, 5, 0, 5));
    assertThat(second.deadLetters()).extracting(DeadLetter::attempts).containsOnly(2);
    assertThat(count("DynamoDB Query")).isEqualTo(2);
  }

  // --- Any call may be the last

  @Test
  @Tag("slow")
  void losesNothingWhicheverCallIsTheLast() {
    int calls = callsUntilTheEnd();
    assertThat(calls).isGreaterThan(10);
    for (int last = 0; last < calls; last++) {
      for (boolean done : new boolean[] {false, true}) {
        cloud.reset();
        dieAt(last, done);
        cloud.intercept(call -> Fault.none());

        RunReport report = store(days(30, PLACE, "DE"));

        assertThat(report.status()).as("call %d", last).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(cloud.itemsOfPlaces())
            .as("call %d", last)
            .extracting(item -> LAYOUT.day(item).orElseThrow())
            .containsExactlyInAnyOrderElementsOf(daysWithLetter());
        assertThat(cloud.keys("world/dead-letter")).as("call %d", last).isEmpty();
      }
    }
  }

  private int callsUntilTheEnd() {
    start("store.concurrency", "1", "store.retries", "0");
    return dieAt(Integer.MAX_VALUE, false);
  }

  /** A day of the dead letter that the feeds do not have any more, and one that fails. */
  private int dieAt(int last, boolean done) {
    throttle("2020-06-01");
    store(List.of(day(PLACE, 131), day(PLACE, 0), day(PLACE, 2), day(PLACE, 4)));
    AtomicInteger calls = new AtomicInteger();
    cloud.intercept(
        call -> {
          int number = calls.getAndIncrement();
          if (number > last) {
            return Fault.dropBefore();
          }
          if (number == last) {
            return done ? Fault.dropAfter() : Fault.dropBefore();
          }
          return refuse(call, "2020-01-23");
        });
    store(days(30, PLACE, "DE"));
    return calls.get();
  }

  private static List<Day> daysWithLetter() {
    List<Day> days = days(30, PLACE, "DE");
    days.add(day(PLACE, 131));
    return days;
  }

  // ---

  private void throttle(String... dates) {
    cloud.intercept(call -> refuse(call, dates));
  }

  /** Throttles days, whether they are inserted in a batch or put alone. */
  private static Fault refuse(Call call, String... dates) {
    Predicate<String> which = text -> List.of(dates).stream().anyMatch(text::contains);
    if (TO_BATCH.test(call)) {
      return Fault.statementsRefused(which, "ThrottlingError");
    }
    return call.is(Service.DYNAMODB, "PutItem") && which.test(call.body())
        ? THROTTLED
        : Fault.none();
  }

  private void putObject(String key, String text) {
    cloud
        .s3Client()
        .putObject(put -> put.bucket(cloud.bucket()).key(key), RequestBody.fromString(text));
  }
}
