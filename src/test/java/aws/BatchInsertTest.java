package aws;

import static org.assertj.core.api.Assertions.assertThat;

import covid.Day;
import covid.DayKey;
import covid.KeySchema;
import covid.Metric;
import covid.Place;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import local.Fault;
import local.Faults;
import local.LocalCloud;
import local.LocalCloudExtension;
import local.Service;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

/** Every outcome of a batch, against DynamoDB Local. */
@ExtendWith(LocalCloudExtension.class)
class BatchInsertTest {
  private static final String BATCH = "BatchExecuteStatement";
  private static final String RUN = "2026-11-29T06-00-00Z-7f3a";
  private static final String OTHER_RUN = "2026-11-28T06-00-00Z-0001";
  private static final ItemLayout LAYOUT = new ItemLayout(KeySchema.PLACE_DATE, Metric.PUBLISHED);
  private static final LocalDate START = LocalDate.parse("2020-01-22");

  private final LocalCloud cloud;
  private final AwsClients aws = new AwsClients(2, true);
  private final BatchInsert inserts;

  BatchInsertTest(LocalCloud cloud) {
    this.cloud = cloud;
    inserts = new BatchInsert(aws.dynamoDb(), cloud.tableOfPlaces(), LAYOUT);
  }

  @AfterEach
  void close() throws Exception {
    aws.stop();
  }

  @Test
  void addsDaysInOneRequest() {
    List<Day> days = days(25);

    assertThat(insert(days)).isEqualTo(added(days));
    assertThat(cloud.itemsOfPlaces())
        .containsExactlyElementsOf(days.stream().map(day -> LAYOUT.item(day, RUN)).toList());
    assertThat(cloud.requests()).containsExactly("DynamoDB " + BATCH);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Korea, South", "Côte d'Ivoire", "\"", "a/b", "."})
  void addsDaysOfAPlaceWhateverItsName(String place) {
    Day day = day(place, 0, Map.of(Metric.DEATHS, 1L));

    assertThat(insert(List.of(day))).isEqualTo(added(List.of(day)));
    assertThat(LAYOUT.day(cloud.itemsOfPlaces().get(0))).contains(day);
  }

  @Test
  void leavesWhatIsPresentAsItIs() {
    store(day(1, 7), OTHER_RUN);

    assertThat(insert(days(3)))
        .containsExactly(
            new BatchInsert.Added(day(0, 0)),
            new BatchInsert.Present(day(1, 1)),
            new BatchInsert.Added(day(2, 2)));
    assertThat(cloud.itemsOfPlaces()).contains(LAYOUT.item(day(1, 7), OTHER_RUN));
  }

  @Test
  void readsEitherCodeOfADuplicate() {
    cloud.intercept(
        call ->
            Fault.statementsRefused(each -> each.contains("2020-01-23"), "ConditionalCheckFailed"));

    assertThat(insert(days(2)))
        .containsExactly(new BatchInsert.Added(day(0, 0)), new BatchInsert.Present(day(1, 1)));
  }

  @Test
  void countsTheFirstOfTwoDaysWithTheSameKey() {
    assertThat(insert(List.of(day(0, 5), day(1, 1), day(0, 6))))
        .isEqualTo(added(List.of(day(0, 5), day(1, 1))));
    assertThat(cloud.requests()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ThrottlingError",
        "ProvisionedThroughputExceeded",
        "RequestLimitExceeded",
        "InternalServerError",
        "TransactionConflict"
      })
  void failsTransientlyWhatAnAnswerOf200SaysSoOf(String code) {
    cloud.intercept(call -> Fault.statementsRefused(each -> each.contains("2020-01-23"), code));

    List<BatchInsert.Outcome> outcomes = insert(days(3));

    assertThat(outcomes.get(0)).isInstanceOf(BatchInsert.Added.class);
    assertThat(AwsErrors.isTransient(error(outcomes.get(1)))).isTrue();
    assertThat(AwsErrors.mayBeDone(error(outcomes.get(1))))
        .isEqualTo(code.equals("InternalServerError"));
    assertThat(outcomes.get(2)).isInstanceOf(BatchInsert.Added.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"AccessDenied", "ResourceNotFound"})
  void failsForEveryWriteWhatAnAnswerOf200SaysSoOf(String code) {
    cloud.intercept(call -> Fault.statementsRefused(each -> true, code));

    assertThat(insert(days(2)))
        .allMatch(outcome -> AwsErrors.concernsEveryWrite(error(outcome)))
        .noneMatch(outcome -> AwsErrors.refusesBatches(error(outcome)));
  }

  @Test
  void failsForEveryWriteWithoutATable() {
    BatchInsert elsewhere = new BatchInsert(aws.dynamoDb(), "NoSuchTable", LAYOUT);

    assertThat(elsewhere.insert(days(2), RUN, false))
        .allMatch(outcome -> AwsErrors.concernsEveryWrite(error(outcome)));
  }

  @Test
  void failsForThisDayWhatAnAnswerOf200SaysNothingElseOf() {
    cloud.intercept(
        call -> Fault.statementsRefused(each -> true, "ItemCollectionSizeLimitExceeded"));

    SdkException error = error(insert(days(1)).get(0));

    assertThat(AwsErrors.isTransient(error)).isFalse();
    assertThat(AwsErrors.concernsEveryWrite(error)).isFalse();
    assertThat(AwsCall.of(error).orElseThrow().facts())
        .containsEntry("table", cloud.tableOfPlaces())
        .containsEntry("permission", "dynamodb:PartiQLInsert")
        .containsEntry("region", "us-east-1");
  }

  @Test
  void aDayThatFailsAloneLetsTheOthersPass() {
    Day unnamed = day("", 0, Map.of(Metric.CASES, 1L));

    List<BatchInsert.Outcome> outcomes = insert(List.of(unnamed, day(1, 1)));

    assertThat(error(outcomes.get(0))).isInstanceOf(DynamoDbException.class);
    assertThat(AwsErrors.isTransient(error(outcomes.get(0)))).isFalse();
    assertThat(AwsErrors.concernsEveryWrite(error(outcomes.get(0)))).isFalse();
    assertThat(outcomes.get(1)).isInstanceOf(BatchInsert.Added.class);
  }

  @Test
  void halvesARefusedRequestUntilTheCulpritIsAlone() {
    cloud.intercept(
        call ->
            call.body().contains("2020-01-31")
                ? Faults.refusal(Service.DYNAMODB, 400, "ValidationException", "Bad number.")
                : Fault.none());

    List<BatchInsert.Outcome> outcomes = insert(days(25));

    assertThat(outcomes.stream().map(BatchInsert.Outcome::day)).isEqualTo(days(25));
    assertThat(outcomes)
        .filteredOn(BatchInsert.Failed.class::isInstance)
        .singleElement()
        .satisfies(
            failed -> {
              assertThat(failed.day().date()).isEqualTo("2020-01-31");
              assertThat(error(failed)).hasMessageContaining("Bad number.");
            });
    assertThat(cloud.itemsOfPlaces()).hasSize(24);
    // 25, then the halves with it of 12 or 13, 6, 3, 1 or 2, and their other halves.
    assertThat(cloud.requests()).hasSizeLessThanOrEqualTo(11);
  }

  @Test
  void countsADayAsAddedThatARefusedRequestInserted() {
    cloud.intercept(
        Faults.first(
            1,
            call -> {
              boolean refused = call.is(Service.DYNAMODB, BATCH) && call.body().contains("01-22");
              if (refused && cloud.itemsOfPlaces().isEmpty()) {
                store(day(0, 0), RUN);
              }
              return refused;
            },
            Faults.refusal(Service.DYNAMODB, 400, "ValidationException", "Bad number.")));

    assertThat(insert(days(4))).isEqualTo(added(days(4)));
  }

  @Test
  void failsEveryDayOfARequestThatIsThrottled() {
    cloud.intercept(Faults.always(Faults.to(Service.DYNAMODB, BATCH), Faults.THROTTLED));

    assertThat(insert(days(2)))
        .hasSize(2)
        .allMatch(outcome -> AwsErrors.isTransient(error(outcome)))
        .noneMatch(outcome -> AwsErrors.mayBeDone(error(outcome)));
  }

  @Test
  void tellsARoleThatAllowsNoBatches() {
    cloud.intercept(
        Faults.always(
            Faults.to(Service.DYNAMODB, BATCH),
            Faults.refusal(
                Service.DYNAMODB,
                400,
                "AccessDeniedException",
                "User: x is not authorized to perform: dynamodb:PartiQLInsert on resource: y")));

    SdkException error = error(insert(days(2)).get(1));

    assertThat(AwsErrors.refusesBatches(error)).isTrue();
    assertThat(AwsCall.of(error).orElseThrow().facts())
        .containsEntry("resource", "table " + cloud.tableOfPlaces())
        .containsEntry("permission", "dynamodb:PartiQLInsert");
  }

  // --- Again, after an attempt of which the outcome is not known

  @Test
  void addedByALostAttemptIsAddedByThisRun() {
    cloud.intercept(Faults.first(1, Faults.to(Service.DYNAMODB, BATCH), Fault.dropAfter()));

    assertThat(insert(days(3)))
        .allMatch(outcome -> AwsErrors.isTransient(error(outcome)))
        .allMatch(outcome -> AwsErrors.mayBeDone(error(outcome)));

    cloud.forgetRequests();
    assertThat(inserts.insert(days(3), RUN, true)).isEqualTo(added(days(3)));
    assertThat(cloud.requests()).containsExactly("DynamoDB " + BATCH, "DynamoDB Query");
  }

  @Test
  void neitherDoneByALostAttemptIsAddedNow() {
    cloud.intercept(Faults.first(1, Faults.to(Service.DYNAMODB, BATCH), Fault.dropBefore()));
    insert(days(3));

    cloud.forgetRequests();
    assertThat(inserts.insert(days(3), RUN, true)).isEqualTo(added(days(3)));
    assertThat(cloud.requests()).containsExactly("DynamoDB " + BATCH);
  }

  @Test
  void ofAnotherRunIsPresentEvenWithTheSameFigures() {
    store(day(0, 0), OTHER_RUN);
    store(day(1, 1), RUN);
    cloud
        .dynamoDbClient()
        .putItem(
            put ->
                put.tableName(cloud.tableOfPlaces())
                    .item(
                        Map.of(
                            "Place", AttributeValue.fromS("US"),
                            "Date", AttributeValue.fromS("2020-01-24"))));

    assertThat(inserts.insert(days(4), RUN, true))
        .containsExactly(
            new BatchInsert.Present(day(0, 0)),
            new BatchInsert.Added(day(1, 1)),
            new BatchInsert.Present(day(2, 2)),
            new BatchInsert.Added(day(3, 3)));
  }

  @Test
  void readsTheRunConsistently() {
    store(day(0, 0), RUN);
    List<String> queries = new CopyOnWriteArrayList<>();
    cloud.intercept(
        call -> {
          if (call.is(Service.DYNAMODB, "Query")) {
            queries.add(call.body());
          }
          return Fault.none();
        });

    assertThat(inserts.insert(days(1), RUN, true)).isEqualTo(added(days(1)));
    assertThat(queries).singleElement().asString().contains("\"ConsistentRead\":true");
  }

  @Test
  void failsTransientlyWhatCannotBeReadBack() {
    store(day(0, 0), RUN);
    cloud.intercept(Faults.always(Faults.to(Service.DYNAMODB, "Query"), Faults.THROTTLED));

    List<BatchInsert.Outcome> outcomes = inserts.insert(days(2), RUN, true);

    assertThat(AwsErrors.isTransient(error(outcomes.get(0)))).isTrue();
    assertThat(outcomes.get(1)).isInstanceOf(BatchInsert.Added.class);
  }

  @Test
  void failsTransientlyWhatIsGoneWhenItIsReadBack() {
    cloud.intercept(
        Faults.always(
            Faults.to(Service.DYNAMODB, BATCH),
            Fault.statementsRefused(each -> true, "DuplicateItem")));

    assertThat(AwsErrors.isTransient(error(inserts.insert(days(1), RUN, true).get(0)))).isTrue();
  }

  private List<BatchInsert.Outcome> insert(List<Day> days) {
    return inserts.insert(days, RUN, false);
  }

  private void store(Day day, String run) {
    cloud
        .dynamoDbClient()
        .putItem(put -> put.tableName(cloud.tableOfPlaces()).item(LAYOUT.item(day, run)));
  }

  private static List<BatchInsert.Outcome> added(List<Day> days) {
    return days.stream().<BatchInsert.Outcome>map(BatchInsert.Added::new).toList();
  }

  private static SdkException error(BatchInsert.Outcome outcome) {
    assertThat(outcome).isInstanceOf(BatchInsert.Failed.class);
    return ((BatchInsert.Failed) outcome).error();
  }

  private static List<Day> days(int count) {
    return IntStream.range(0, count).mapToObj(i -> day(i, i)).toList();
  }

  private static Day day(int number, long cases) {
    return day("US", number, Map.of(Metric.CASES, cases, Metric.DEATHS, 2L));
  }

  private static Day day(String place, int number, Map<Metric, Long> figures) {
    return new Day(new DayKey(new Place(place), START.plusDays(number)), figures);
  }
}
