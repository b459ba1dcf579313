package local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchStatementRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchStatementResponse;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.sns.SnsClient;

@ExtendWith(LocalCloudExtension.class)
class FaultTest {
  private static final Map<String, AttributeValue> DAY =
      Map.of("Date", AttributeValue.fromS("2020-01-22"));

  private final LocalCloud cloud;
  private final DynamoDbClient dynamoDb =
      DynamoDbClient.builder().overrideConfiguration(FaultTest::once).build();
  private final S3Client s3 = S3Client.builder().overrideConfiguration(FaultTest::once).build();
  private final SnsClient sns = SnsClient.builder().overrideConfiguration(FaultTest::once).build();

  FaultTest(LocalCloud cloud) {
    this.cloud = cloud;
  }

  private static void once(ClientOverrideConfiguration.Builder configuration) {
    configuration.retryStrategy(retry -> retry.maxAttempts(1));
  }

  @AfterEach
  void closeClients() {
    dynamoDb.close();
    s3.close();
    sns.close();
  }

  @Test
  void throttlesDynamoDb() {
    cloud.intercept(
        call ->
            call.is(Service.DYNAMODB, "PutItem")
                ? Fault.answer(
                    400,
                    Map.of("Content-Type", "application/x-amz-json-1.0"),
                    """
                    {"__type": "com.amazonaws.dynamodb.v20120810#\
                    ProvisionedThroughputExceededException", "message": "slow down"}\
                    """)
                : Fault.none());
    assertThatExceptionOfType(ProvisionedThroughputExceededException.class)
        .isThrownBy(this::putDay)
        .withMessageStartingWith("slow down");
    assertThat(dynamoDb.scan(scan -> scan.tableName(cloud.table())).items()).isEmpty();
  }

  @Test
  void forbidsAnS3Put() {
    cloud.intercept(
        call ->
            call.is(Service.S3, "PUT covid-data/runs/x.json")
                ? Fault.answer(403, Map.of(), "<Error><Code>AccessDenied</Code></Error>")
                : Fault.none());
    assertThatExceptionOfType(S3Exception.class)
        .isThrownBy(() -> putObject("runs/x.json"))
        .returns(403, S3Exception::statusCode)
        .returns("AccessDenied", refusal -> refusal.awsErrorDetails().errorCode());
    putObject("runs/y.json");
    assertThat(cloud.keys("")).isEqualTo(List.of("runs/y.json"));
  }

  @Test
  void cutsTheConnectionBeforeAnythingHappened() {
    cloud.intercept(call -> Fault.dropBefore());
    assertThatExceptionOfType(SdkClientException.class).isThrownBy(this::putDay);
    assertThatExceptionOfType(SdkClientException.class).isThrownBy(() -> putObject("a"));
    assertThatExceptionOfType(SdkClientException.class).isThrownBy(this::publish);
    assertThat(cloud.items()).isEmpty();
    assertThat(cloud.keys("")).isEmpty();
    assertThat(cloud.messages()).isEmpty();
    assertThat(cloud.requests())
        .isEqualTo(List.of("DynamoDB PutItem", "S3 PUT covid-data/a", "SNS Publish"));
  }

  @Test
  void losesTheAnswerAfterItHappened() {
    cloud.intercept(call -> Fault.dropAfter());
    assertThatExceptionOfType(SdkClientException.class).isThrownBy(this::putDay);
    assertThatExceptionOfType(SdkClientException.class).isThrownBy(() -> putObject("a"));
    assertThatExceptionOfType(SdkClientException.class).isThrownBy(this::publish);
    assertThat(cloud.items()).isEqualTo(List.of(DAY));
    assertThat(cloud.object("a")).contains("text");
    assertThat(cloud.messages())
        .isEqualTo(List.of(new Message(null, "done", Map.of(), cloud.topicArn())));
  }

  @Test
  void delaysACall() {
    cloud.intercept(call -> Fault.delay(Duration.ofMillis(150)));
    long start = System.nanoTime();
    publish();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(149));
    assertThat(cloud.messages()).hasSize(1);
  }

  @Test
  void delaysBeforeAnotherFault() {
    cloud.intercept(call -> Fault.delay(Duration.ofMillis(1), Fault.dropBefore()));
    assertThatExceptionOfType(SdkClientException.class).isThrownBy(this::publish);
    assertThat(cloud.messages()).isEmpty();
  }

  @Test
  void anInterceptorSeesWhatIsAsked() {
    var calls = new ArrayList<Call>();
    cloud.intercept(
        call -> {
          calls.add(call);
          return Fault.none();
        });
    putDay();
    putObject("a");
    publish();
    assertThat(calls)
        .isEqualTo(
            List.of(
                new Call(
                    Service.DYNAMODB,
                    "PutItem",
                    "{\"TableName\":\"CovidData\",\"Item\":{\"Date\":{\"S\":\"2020-01-22\"}}}",
                    ""),
                new Call(Service.S3, "PUT covid-data/a", "", ""),
                new Call(Service.SNS, "Publish", calls.get(2).body(), "")));
    assertThat(calls.get(2).body()).contains("&Message=done");
  }

  @ParameterizedTest
  @ValueSource(strings = {"PutItem", "GetItem", "Query", "Scan", "BatchExecuteStatement"})
  void throttlesAnyOperationOfTheTable(String operation) {
    cloud.intercept(Faults.always(Faults.to(Service.DYNAMODB, operation), Faults.THROTTLED));
    Map<String, Runnable> calls =
        Map.of(
            "PutItem", this::putDay,
            "GetItem", () -> dynamoDb.getItem(get -> get.tableName(cloud.table()).key(DAY)),
            "Query", this::query,
            "Scan", () -> dynamoDb.scan(scan -> scan.tableName(cloud.table())),
            "BatchExecuteStatement", () -> insert("2020-01-22"));

    assertThatExceptionOfType(ProvisionedThroughputExceededException.class)
        .isThrownBy(calls.get(operation)::run);
  }

  @Test
  void onlyTheCallsThatAreMeantMeetAFault() {
    cloud.intercept(Faults.only(2, Faults.to(Service.SNS), Fault.dropBefore()));
    publish();
    assertThatExceptionOfType(SdkClientException.class).isThrownBy(this::publish);
    publish();

    assertThat(cloud.messages()).hasSize(2);
  }

  @Test
  void failsOneStatementOfABatchBeforeItIsDone() {
    cloud.intercept(
        call -> Fault.statementsRefused(each -> each.contains("2020-01-23"), "ThrottlingError"));

    List<BatchStatementResponse> answers = insert("2020-01-22", "2020-01-23", "2020-01-24");

    assertThat(codes(answers)).containsExactly("", "ThrottlingError", "");
    assertThat(dates()).containsExactly("2020-01-22", "2020-01-24");
  }

  @Test
  void failsAllStatementsOfABatchBeforeTheyAreDone() {
    cloud.intercept(call -> Fault.statementsRefused(each -> true, "ThrottlingError"));

    assertThat(codes(insert("2020-01-22"))).containsExactly("ThrottlingError");
    assertThat(dates()).isEmpty();
  }

  @Test
  void losesTheAnswerOfOneStatementOfABatch() {
    cloud.intercept(
        Faults.always(
            Faults.to(Service.DYNAMODB, "BatchExecuteStatement"),
            Fault.statementsDoneAndDenied(
                each -> each.contains("2020-01-23"), "InternalServerError")));

    putDay();

    List<BatchStatementResponse> answers = insert("2020-01-22", "2020-01-23", "2020-01-24");

    assertThat(codes(answers)).containsExactly("DuplicateItem", "InternalServerError", "");
    assertThat(dates()).containsExactly("2020-01-22", "2020-01-23", "2020-01-24");
  }

  @Test
  void knowsAConditionalPutOfS3() {
    cloud.intercept(Faults.always(Faults.toConditionalPut("a"), Faults.CONFLICT));
    putObject("a");

    assertThatExceptionOfType(S3Exception.class)
        .isThrownBy(
            () ->
                s3.putObject(
                    put -> put.bucket(cloud.bucket()).key("a").ifNoneMatch("*"),
                    RequestBody.fromString("other")))
        .returns(409, S3Exception::statusCode);
    assertThat(cloud.object("a")).contains("text");
  }

  @RepeatedTest(10)
  void ofManyConditionalPutsAtOnceOneWins() throws Exception {
    putObject("a");
    String etag = s3.headObject(head -> head.bucket(cloud.bucket()).key("a")).eTag();
    ExecutorService writers = Executors.newFixedThreadPool(8);
    try {
      List<Callable<Boolean>> puts =
          IntStream.range(0, 8)
              .<Callable<Boolean>>mapToObj(writer -> () -> putIfMatch(etag, "writer " + writer))
              .toList();
      int won = 0;
      for (Future<Boolean> put : writers.invokeAll(puts)) {
        won += put.get() ? 1 : 0;
      }
      assertThat(won).isEqualTo(1);
    } finally {
      writers.shutdown();
    }
  }

  @Test
  void passesOnTheRefusalOfAWholeBatch() {
    cloud.intercept(call -> Fault.statementsRefused(each -> false, "ThrottlingError"));

    assertThatExceptionOfType(DynamoDbException.class)
        .isThrownBy(() -> insert("2020-01-22", "2020-01-22"))
        .returns("ValidationException", refusal -> refusal.awsErrorDetails().errorCode());
  }

  private boolean putIfMatch(String etag, String text) {
    try {
      s3.putObject(
          put -> put.bucket(cloud.bucket()).key("a").ifMatch(etag), RequestBody.fromString(text));
      return true;
    } catch (S3Exception e) {
      assertThat(e.statusCode()).isEqualTo(412);
      return false;
    }
  }

  private List<BatchStatementResponse> insert(String... dates) {
    return dynamoDb
        .batchExecuteStatement(
            batch ->
                batch.statements(
                    Stream.of(dates)
                        .map(
                            date ->
                                BatchStatementRequest.builder()
                                    .statement("INSERT INTO \"CovidData\" VALUE {'Date': ?}")
                                    .parameters(AttributeValue.fromS(date))
                                    .build())
                        .toList()))
        .responses();
  }

  private static List<String> codes(List<BatchStatementResponse> answers) {
    return answers.stream()
        .map(answer -> answer.error() == null ? "" : answer.error().codeAsString())
        .toList();
  }

  private List<String> dates() {
    return cloud.items().stream().map(item -> item.get("Date").s()).sorted().toList();
  }

  private void query() {
    dynamoDb.query(
        query ->
            query
                .tableName(cloud.table())
                .keyConditionExpression("#date = :date")
                .expressionAttributeNames(Map.of("#date", "Date"))
                .expressionAttributeValues(Map.of(":date", DAY.get("Date"))));
  }

  private void putDay() {
    dynamoDb.putItem(put -> put.tableName(cloud.table()).item(DAY));
  }

  private void putObject(String key) {
    s3.putObject(put -> put.bucket(cloud.bucket()).key(key), RequestBody.fromString("text"));
  }

  private void publish() {
    sns.publish(publish -> publish.topicArn(cloud.topicArn()).message("done"));
  }
}
