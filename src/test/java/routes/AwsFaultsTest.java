package routes;

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

import app.TestApplication;
import covid.DeadLetter;
import covid.RunMarker;
import covid.RunReport;
import covid.RunStatus;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import local.Fault;
import local.LocalCloud;
import local.Message;
import local.Service;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** Faults of DynamoDB, S3 and SNS that pass, that stay, and that concern everything at once. */
class AwsFaultsTest extends IngestTestBase {
  AwsFaultsTest(LocalCloud cloud) {
    super(cloud);
  }

  /** As many days as asked for, in both feeds, instead of three. */
  private void serveDays(int days) {
    LocalDate start = LocalDate.parse("2020-01-22");
    StringBuilder nyt = new StringBuilder("date,cases,deaths\n");
    StringBuilder jhu = new StringBuilder("Date,Country/Region,Province/State,Recovered\n");
    IntStream.range(0, days)
        .mapToObj(start::plusDays)
        .forEach(
            date -> {
              nyt.append(date).append(",5,1\n");
              jhu.append(date).append(",US,,0\n");
            });
    TestApplication.nyt(feeds, nyt.toString());
    TestApplication.jhu(feeds, jhu.toString());
  }

  private static void assertAllSettled(RunReport report) {
    RunReport.Days days = report.days();
    assertThat(days.added() + days.present() + days.deadLettered()).isEqualTo(days.joined());
  }

  // --- DynamoDB

  @Test
  void addsEveryDayWhenEveryThirdCallIsThrottled() throws Exception {
    serveDays(12);
    application("store.retries", "9");
    AtomicInteger calls = new AtomicInteger();
    cloud.intercept(
        call ->
            call.service() == Service.DYNAMODB && calls.incrementAndGet() % 3 == 0
                ? THROTTLED
                : Fault.none());

    RunReport report = run();

    assertThat(report.status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(report.days()).isEqualTo(new RunReport.Days(12, 12, 0, 0, 0));
    assertThat(cloud.items()).hasSize(12);
    assertThat(cloud.keys("dead-letter/")).isEmpty();
  }

  @Test
  void addsEveryDayWhenTheTableIsBusyForAWhile() throws Exception {
    // One day may meet all of the refusals.
    application("store.retries", "6");
    cloud.intercept(first(6, to(Service.DYNAMODB, "PutItem"), THROTTLED));

    RunReport report = run();

    assertThat(report.status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(report.days()).isEqualTo(new RunReport.Days(3, 3, 0, 0, 0));
    assertThat(count("DynamoDB PutItem")).isEqualTo(6 + 3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Scan", "PutItem"})
  void triesAgainAfterAnErrorInsideTheTable(String operation) throws Exception {
    cloud.intercept(
        first(
            1,
            to(Service.DYNAMODB, operation),
            refusal(Service.DYNAMODB, 500, "InternalServerError")));

    RunReport report = run();

    assertThat(report.status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(report.days()).isEqualTo(new RunReport.Days(3, 3, 0, 0, 0));
    assertThat(count("DynamoDB")).isEqualTo(1 + 3 + 1);
  }

  @ParameterizedTest
  @CsvSource({
    "AccessDeniedException, 'The AWS credentials do not allow Scan on table CovidData: grant them"
        + " dynamodb:Scan (AccessDenied: No).'",
    "ExpiredTokenException, 'The AWS credentials have expired, so DynamoDB refuses Scan on table"
        + " CovidData: renew them and start again (ExpiredToken: No).'"
  })
  void endsTheRunWithOneReasonWhenTheTableMayNotBeRead(String code, String reason)
      throws Exception {
    cloud.intercept(always(to(Service.DYNAMODB), refusal(Service.DYNAMODB, 400, code)));

    RunReport report = run();

    assertThat(report.status()).isEqualTo(RunStatus.FAILED);
    assertThat(report.reason()).isEqualTo(reason);
    assertThat(report.warnings()).isEmpty();
    assertThat(count("DynamoDB")).isEqualTo(1);
    assertThat(cloud.object("CovidData.csv")).isEmpty();
    assertThat(cloud.messages()).hasSize(1);
    assertThat(cloud.messages().get(0).text()).startsWith(reason + "\n");
  }

  @ParameterizedTest
  @CsvSource({
    "date, S, , One of the required keys was not given a value",
    "Date, N, , One or more parameter values were invalid: Type mismatch for key",
    "Date, S, Place, One of the required keys was not given a value"
  })
  void endsTheRunAtOnceWhenTheTableHasAnotherKey(
      String partitionKey, ScalarAttributeType type, String sortKey, String refusal)
      throws Exception {
    serveDays(30);
    application("store.table", "OtherKey");
    createTable("OtherKey", partitionKey, type, sortKey);
    try {
      RunReport report = run();

      assertThat(report.status()).isEqualTo(RunStatus.FAILED);
      assertThat(report.reason())
          .isEqualTo(
              "Table OtherKey has another key: make a table whose only key is Date, a string, or"
                  + " correct store.table (Validation: %s).",
              refusal);
      assertThat(report.deadLetters()).isEmpty();
      assertThat(cloud.keys("dead-letter/")).isEmpty();
      assertThat(cloud.object("CovidData.csv")).isEmpty();
      // One of each writer at the most.
      assertThat(count("DynamoDB PutItem")).isLessThanOrEqualTo(8);
    } finally {
      cloud.dynamoDbClient().deleteTable(delete -> delete.tableName("OtherKey"));
    }
  }

  /** What DynamoDB itself says; DynamoDB Local has other words for some of it. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "One or more parameter values were invalid: Missing the key date in the item",
        "One or more parameter values were invalid: Type mismatch for key Date expected: N"
            + " actual: S",
        "One or more parameter values were invalid: Type mismatch for Index Key Cases Expected: S"
            + " Actual: N IndexName: ByCases"
      })
  void endsTheRunAtOnceWhenDynamoDbNamesAnotherKey(String refusal) throws Exception {
    cloud.intercept(
        always(
            to(Service.DYNAMODB, "PutItem"),
            refusal(Service.DYNAMODB, 400, "ValidationException", refusal)));

    RunReport report = run();

    assertThat(report.reason())
        .isEqualTo(
            "Table CovidData has another key: make a table whose only key is Date, a string, or"
                + " correct store.table (Validation: %s).",
            refusal);
    assertThat(report.deadLetters()).isEmpty();
    assertThat(cloud.keys("dead-letter/")).isEmpty();
  }

  private void createTable(
      String name, String partitionKey, ScalarAttributeType type, String sortKey) {
    List<KeySchemaElement> keys = new ArrayList<>();
    List<AttributeDefinition> attributes = new ArrayList<>();
    keys.add(KeySchemaElement.builder().attributeName(partitionKey).keyType(KeyType.HASH).build());
    attributes.add(
        AttributeDefinition.builder().attributeName(partitionKey).attributeType(type).build());
    if (sortKey != null) {
      keys.add(KeySchemaElement.builder().attributeName(sortKey).keyType(KeyType.RANGE).build());
      attributes.add(
          AttributeDefinition.builder()
              .attributeName(sortKey)
              .attributeType(ScalarAttributeType.S)
              .build());
    }
    cloud
        .dynamoDbClient()
        .createTable(
            create ->
                create
                    .tableName(name)
                    .billingMode(BillingMode.PAY_PER_REQUEST)
                    .keySchema(keys)
                    .attributeDefinitions(attributes));
  }

  @Test
  void failsSoonWhenNobodyAnswersAtTheTablesAddress() throws Exception {
    String property = "aws.endpointUrlDynamoDb";
    String address = System.getProperty(property);
    String nowhere = "http://127.0.0.1:" + closedPort();
    System.setProperty(property, nowhere);
    try {
      ownApplication();
      RunReport report = run();

      assertThat(report.status()).isEqualTo(RunStatus.FAILED);
      assertThat(report.reason())
          .isEqualTo(
              "DynamoDB at %s refuses the connection for Scan on table CovidData: the next run"
                  + " tries again; if it lasts, check the network and the endpoint.",
              nowhere);
      assertThat(report.duration()).isLessThan(Duration.ofSeconds(10));
      assertThat(report.days()).isEqualTo(new RunReport.Days(3, 0, 0, 0, 0));
      assertThat(cloud.object("CovidData.csv")).isEmpty();
      assertThat(cloud.messages().get(0).text()).startsWith(report.reason());
    } finally {
      System.setProperty(property, address);
    }
  }

  @Test
  void keepsTheOtherDaysWhenTheTableGoesAwayAfterTheFirstPut() throws Exception {
    serveDays(12);
    AtomicInteger puts = new AtomicInteger();
    cloud.intercept(
        call ->
            call.is(Service.DYNAMODB, "PutItem") && puts.incrementAndGet() > 1
                ? Fault.dropBefore()
                : Fault.none());

    RunReport report = run();

    assertThat(report.status()).isEqualTo(RunStatus.PARTIAL);
    assertThat(report.days()).isEqualTo(new RunReport.Days(12, 1, 0, 0, 11));
    assertThat(report.duration()).isLessThan(Duration.ofSeconds(10));
    assertThat(cloud.keys("dead-letter/")).hasSize(11);
    assertThat(cloud.messages()).hasSize(1);
  }

  @Test
  void waitsForTheFirstDaysOnlyWhenTheTableTakesNoneOfThem() throws Exception {
    serveDays(60);
    cloud.intercept(always(to(Service.DYNAMODB, "PutItem"), THROTTLED));

    RunReport report = run();

    assertThat(report.status()).isEqualTo(RunStatus.PARTIAL);
    assertThat(report.days()).isEqualTo(new RunReport.Days(60, 0, 0, 0, 60));
    assertThat(cloud.keys("dead-letter/")).hasSize(60);
    // Only those are tried again that failed before it was clear; without an end to it, all.
    assertThat(count("DynamoDB PutItem")).isBetween(60L, 60L + 24);
  }

  @Test
  void waitsAgainForDaysOnceTheTableHasTakenOne() throws Exception {
    serveDays(30);
    application("store.retries", "2", "store.concurrency", "1");
    AtomicInteger puts = new AtomicInteger();
    cloud.intercept(
        call -> {
          boolean down = call.is(Service.DYNAMODB, "PutItem") && puts.incrementAndGet() <= 10;
          return down || call.body().contains("2020-02-20\"")
              ? refusal(Service.DYNAMODB, 400, down ? "ValidationException" : "ThrottlingException")
              : Fault.none();
        });

    RunReport report = run();

    assertThat(report.days()).isEqualTo(new RunReport.Days(30, 19, 0, 0, 11));
    assertThat(report.deadLetters().get(10).attempts()).isEqualTo(3);
  }

  @Test
  void endsInTimeAndNamesEveryDayWhenEverythingGoesAwayAfterTheFirstPut() throws Exception {
    AtomicInteger puts = new AtomicInteger();
    cloud.intercept(
        call -> {
          if (call.is(Service.DYNAMODB, "PutItem")) {
            puts.incrementAndGet();
          }
          return puts.get() > 1 ? Fault.dropBefore() : Fault.none();
        });

    RunReport report = run();

    assertThat(report.status()).isEqualTo(RunStatus.FAILED);
    assertThat(report.duration()).isLessThan(Duration.ofSeconds(15));
    assertAllSettled(report);
    assertThat(report.days().added()).isEqualTo(1);
    assertThat(report.deadLetters()).hasSize(2);
    assertThat(cloud.messages()).isEmpty();
  }

  @Test
  void losesNothingToALongOutageOfTheTableInTheMiddleOfTheRun() throws Exception {
    cloud.intercept(always(to(Service.DYNAMODB, "PutItem"), Fault.dropBefore()));
    RunReport first = run();
    cloud.intercept(call -> Fault.none());

    RunReport second = run();

    assertThat(first.days()).isEqualTo(new RunReport.Days(3, 0, 0, 0, 3));
    assertThat(second.status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(second.added()).isEqualTo(3);
    assertThat(second.replay().added()).hasSize(3);
    assertThat(cloud.items()).containsExactlyInAnyOrder(item(DAY_22), item(DAY_23), item(DAY_24));
    assertThat(cloud.keys("dead-letter/")).isEmpty();
  }

  @Test
  void waitsForATableThatIsSlowAndStoresSeveralDaysAtOnce() throws Exception {
    serveDays(16);
    Duration late = Duration.ofMillis(200);
    cloud.intercept(always(to(Service.DYNAMODB), Fault.delay(late)));

    RunReport report = run();

    assertThat(report.days()).isEqualTo(new RunReport.Days(16, 16, 0, 0, 0));
    assertThat(count("DynamoDB")).isEqualTo(1 + 16);
    assertThat(report.duration()).isBetween(late.multipliedBy(3), late.multipliedBy(12));
  }

  @Test
  void asksForADayAsOftenAsItIsToldHoweverOftenTheTableWasReadAgain() throws Exception {
    application("store.retries", "2");
    AtomicInteger scans = new AtomicInteger();
    cloud.intercept(
        call ->
            call.is(Service.DYNAMODB, "Scan") && scans.incrementAndGet() <= 2
                    || toPutOf("2020-01-23").test(call)
                ? THROTTLED
                : Fault.none());

    RunReport report = run();

    assertThat(report.deadLetters()).singleElement().extracting(DeadLetter::attempts).isEqualTo(3);
    assertThat(count("DynamoDB PutItem")).isEqualTo(2 + 3);
  }

  @Test
  void getsOverOneFailureOfEveryRequestWithOneRetryEach() throws Exception {
    Set<String> failed = ConcurrentHashMap.newKeySet();
    cloud.intercept(
        call -> failed.add(call.service() + call.operation()) ? Fault.dropBefore() : Fault.none());

    RunReport report = run();

    assertThat(report.status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(report.warnings()).isEmpty();
    assertThat(cloud.messages()).hasSize(1);
    assertThat(failed).hasSizeGreaterThan(8);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3})
  void asksForAStuckDayOnceAndAsOftenAgainAsItIsTold(int retries) throws Exception {
    store(DAY_22);
    store(DAY_23);
    application("store.retries", Integer.toString(retries));
    cloud.intercept(always(to(Service.DYNAMODB, "PutItem"), THROTTLED));

    RunReport report = run();

    assertThat(report.days()).isEqualTo(new RunReport.Days(3, 0, 2, 0, 1));
    assertThat(count("DynamoDB PutItem")).isEqualTo(retries + 1);
    assertThat(count("DynamoDB")).isEqualTo(1 + retries + 1);
    assertThat(report.deadLetters().get(0).attempts()).isEqualTo(retries + 1);
  }

  // --- S3

  @Test
  void endsTheRunBeforeThePullWhenNothingIsAllowedInTheBucket() throws Exception {
    cloud.intercept(always(to(Service.S3), DENIED));

    RunReport report = run();

    assertThat(report.status()).isEqualTo(RunStatus.FAILED);
    String reason =
        "The AWS credentials do not allow ListObjects on open-runs/ in bucket covid-data: grant"
            + " them s3:ListBucket (AccessDenied: No).";
    assertThat(report.reason()).isEqualTo(reason);
    assertThat(feeds.requests(feeds.nyt().getPath())).isZero();
    assertThat(count("DynamoDB")).isZero();
    assertThat(count("S3")).isLessThanOrEqualTo(4);
    assertThat(cloud.messages()).hasSize(1);
    assertThat(cloud.messages().get(0).text()).startsWith(reason + "\n");
  }

  @Test
  void endsTheRunWithOneReasonWhenTheCredentialsHaveExpired() throws Exception {
    cloud.intercept(always(to(Service.S3), refusal(Service.S3, 400, "ExpiredToken")));

    RunReport report = run();

    assertThat(report.status()).isEqualTo(RunStatus.FAILED);
    assertThat(report.reason())
        .isEqualTo(
            "The AWS credentials have expired, so S3 refuses ListObjects on open-runs/ in bucket"
                + " covid-data: renew them and start again (ExpiredToken: No).");
    assertThat(count("S3")).isLessThanOrEqualTo(4);
    assertThat(count("DynamoDB")).isZero();
    assertThat(cloud.messages()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET covid-data?",
        "GET covid-data/CovidData.csv",
        "PUT covid-data/CovidData.csv",
        "PUT covid-data/runs/"
      })
  void triesAgainWhenTheBucketAsksToSlowDown(String request) throws Exception {
    application("store.retries", "2");
    cloud.intercept(
        first(
            2,
            call -> call.service() == Service.S3 && call.operation().startsWith(request),
            SLOW_DOWN));

    RunReport report = run();

    assertThat(report.status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(report.warnings()).isEmpty();
    assertThat(cloud.object("CovidData.csv")).contains(SET);
    assertThat(cloud.keys("runs/")).hasSize(1);
    assertThat(cloud.keys("open-runs/")).isEmpty();
    assertThat(cloud.messages()).hasSize(1);
  }

  @Test
  void publishesInTheNextRunWhatCouldNotBeArchived() throws Exception {
    cloud.intercept(always(toS3("PUT", "CovidData.csv"), Fault.dropBefore()));
    RunReport first = run();
    cloud.intercept(call -> Fault.none());

    RunReport second = run();

    assertThat(first.status()).isEqualTo(RunStatus.FAILED);
    assertThat(first.archive()).isNull();
    assertThat(cloud.messages().get(0).text()).contains("Archive   left as it was\n");
    assertThat(second.status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(second.days()).isEqualTo(new RunReport.Days(3, 0, 3, 0, 0));
    assertThat(cloud.object("CovidData.csv")).contains(SET);
  }

  @Test
  void keepsTheLastGoodSetWhenTheNewOneCannotBeArchived() throws Exception {
    run();
    TestApplication.nyt(feeds, TestApplication.NYT + "2020-01-25,9,1\n");
    TestApplication.jhu(feeds, TestApplication.JHU + "2020-01-25,US,,9,2,9\n");
    cloud.intercept(always(toS3("PUT", "CovidData.csv"), DENIED));

    RunReport report = run();

    assertThat(report.status()).isEqualTo(RunStatus.FAILED);
    assertThat(report.days()).isEqualTo(new RunReport.Days(4, 1, 3, 0, 0));
    assertThat(cloud.object("CovidData.csv")).contains(SET);
  }

  @Test
  void succeedsAndSaysItInTheMessageWhenTheReportCannotBeWritten() throws Exception {
    cloud.intercept(always(toS3("PUT", "runs/"), DENIED));

    RunReport report = run();

    assertThat(report.status()).isEqualTo(RunStatus.SUCCEEDED);
    String warning =
        "The step save-report failed: The AWS credentials do not allow PutObject on runs/%s.json in"
            + " bucket covid-data: grant them s3:PutObject (AccessDenied: No).";
    assertThat(report.warnings()).containsExactly(warning.formatted(report.id()));
    assertThat(cloud.messages()).hasSize(1);
    assertThat(cloud.messages().get(0).subject()).isEqualTo("Covid Table Update");
    assertThat(cloud.messages().get(0).text())
        .startsWith("3 row(s) have been added\n")
        .contains("Please note:\n  " + warning.formatted(report.id()) + "\n");
    assertThat(cloud.keys("runs/")).isEmpty();
  }

  @Test
  void passesOverTheMarkOfARunThatEndsWhileThisOneBegins() throws Exception {
    leave("open-runs/2026-01-01T00-00-00Z-dead.json", "{}");
    cloud.intercept(
        call -> {
          if (toS3("GET", "open-runs/").test(call)) {
            delete("open-runs/2026-01-01T00-00-00Z-dead.json");
          }
          return Fault.none();
        });

    RunReport report = run();

    assertThat(report.reason()).isNull();
    assertThat(report.status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(report.unfinishedRuns()).isEmpty();
    assertThat(report.warnings()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "nonsense", "{}", "null", "{\"id\": \"x\", \"owner\": {}}"})
  void namesAMarkThatCannotBeReadOnceAndGoesOn(String content) throws Exception {
    leave("open-runs/2026-01-01T00-00-00Z-dead.json", content);

    RunReport first = run();
    RunReport second = run();

    assertThat(first.reason()).isNull();
    assertThat(first.status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(first.unfinishedRuns().stream().map(RunMarker::id))
        .containsExactly("2026-01-01T00-00-00Z-dead");
    assertThat(second.unfinishedRuns()).isEmpty();
    assertThat(cloud.keys("open-runs/")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nonsense",
        "{}",
        "{\"id\": \"2026-01-01T00-00-00Z-dead\", \"owner\": {\"host\": \"a\"}}"
      })
  void asksInEveryRunToRemoveAForeignObjectAmongTheMarks(String content) throws Exception {
    leave("open-runs/notes.json", content);
    leave("open-runs/", "");
    String warning =
        "The object open-runs/notes.json in the bucket covid-data is not the marker of a run:"
            + " remove it.";

    RunReport first = run();
    RunReport second = run();

    assertThat(first.status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(first.unfinishedRuns()).isEmpty();
    assertThat(first.warnings()).containsExactly(warning);
    assertThat(second.warnings()).containsExactly(warning);
    assertThat(cloud.messages().get(0).text()).contains(warning);
    assertThat(cloud.keys("open-runs/")).contains("open-runs/notes.json");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "open-runs/${camelContext.name}.json",
        "open-runs/$simple{camelContext.name}.json",
        "open-runs/{{archive.bucket}}.json",
        "dead-letter/${camelContext.name}.json",
        "dead-letter/{{archive.bucket}}.json"
      })
  void evaluatesNoKeyThatItFindsInTheBucket(String key) throws Exception {
    leave(key, "{}");

    RunReport report = run();

    assertThat(report.status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(report.warnings())
        .containsExactly(
            "The object %s in the bucket covid-data has a key that this program does not give: remove it."
                .formatted(key));
    assertThat(cloud.keys(key.substring(0, key.indexOf('/') + 1))).contains(key);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "null",
        "{\"day\": {}}",
        "[]",
        "{\"day\": {\"date\": \"2020-01-23\", \"country\": \"US\", \"cases\": 1.5}}",
        "{\"day\": {\"date\": \"2020-13-23\", \"country\": \"US\", \"cases\": 1}}",
        "{\"firstFailure\": \"yesterday\"}"
      })
  void setsADeadLetterAsideHoweverItIsDamaged(String content) throws Exception {
    leave("dead-letter/2020-01-23.json", content);

    RunReport report = run();

    assertThat(report.reason()).isNull();
    assertThat(report.warnings())
        .containsExactly("dead-letter/2020-01-23.json cannot be read; it was set aside.");
    assertThat(cloud.keys("dead-letter-damaged/"))
        .singleElement()
        .satisfies(key -> assertThat(cloud.object(key)).contains(content));
    assertThat(cloud.keys("dead-letter/")).isEmpty();
  }

  @Test
  void passesOverADeadLetterThatAnotherProcessHasReplayedMeanwhile() throws Exception {
    cloud.intercept(always(toPutOf("2020-01-23"), THROTTLED));
    run();
    cloud.intercept(
        call -> {
          if (toS3("GET", "dead-letter/").test(call)) {
            store(DAY_23);
            delete("dead-letter/2020-01-23.json");
          }
          return Fault.none();
        });

    RunReport report = run();

    assertThat(report.reason()).isNull();
    assertThat(report.status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(report.days()).isEqualTo(new RunReport.Days(3, 0, 3, 0, 0));
    assertThat(report.warnings()).isEmpty();
  }

  // --- SNS

  @Test
  void tellsOnceWhenTheTopicIsBusyForAMoment() throws Exception {
    cloud.intercept(first(1, to(Service.SNS), refusal(Service.SNS, 400, "Throttling")));

    RunReport report = run();

    assertThat(report.status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(report.warnings()).isEmpty();
    assertThat(count("SNS")).isEqualTo(2);
    assertThat(cloud.messages()).hasSize(1);
  }

  @Test
  void standsByItsResultWhenTheTopicIsBusyForEver() throws Exception {
    cloud.intercept(always(to(Service.SNS), refusal(Service.SNS, 400, "Throttling")));

    assertStandsByItsResult(
        "SNS throttles Publish on topic covid-data: the next run tries again; if it lasts, check what"
            + " else calls it (Throttling: No).");
    // Two tries in the first run, one in the second.
    assertThat(count("SNS")).isEqualTo(3);
  }

  @Test
  void standsByItsResultWhenThereIsNoSuchTopic() throws Exception {
    cloud.intercept(always(to(Service.SNS), refusal(Service.SNS, 404, "NotFound")));

    assertStandsByItsResult(
        "Topic covid-data does not exist in us-east-1: create it, or correct announce.topic"
            + " (NotFound: No).");
    assertThat(count("SNS")).isEqualTo(2);
  }

  private void assertStandsByItsResult(String error) throws Exception {
    RunReport first = run();
    assertThat(first.status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(first.days()).isEqualTo(new RunReport.Days(3, 3, 0, 0, 0));
    assertThat(first.warnings()).containsExactly("The message could not be sent: " + error);
    assertThat(cloud.object("runs/" + first.id() + ".json").orElseThrow())
        .contains("\"succeeded\"", "The message could not be sent: " + error);
    assertThat(cloud.object("CovidData.csv")).contains(SET);

    cloud.intercept(call -> Fault.none());
    RunReport second = run();

    assertThat(second.status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(cloud.messages()).hasSize(1);
    Message message = cloud.messages().get(0);
    assertThat(message.attributes()).containsEntry("runId", second.id());
    assertThat(message.text())
        .contains(
            "Run %s ended, but its message could not be sent: 3 row(s) have been added\n"
                .formatted(first.id()));
    assertThat(cloud.keys("open-runs/")).isEmpty();
  }

  // --- Helping hands

  private void leave(String key, String content) {
    cloud
        .s3Client()
        .putObject(put -> put.bucket(cloud.bucket()).key(key), RequestBody.fromString(content));
  }

  private void delete(String key) {
    cloud.s3Client().deleteObject(delete -> delete.bucket(cloud.bucket()).key(key));
  }

  private static int closedPort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
