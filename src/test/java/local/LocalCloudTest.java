package local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.InvalidParameterException;
import software.amazon.awssdk.services.sns.model.MessageAttributeValue;

@ExtendWith(LocalCloudExtension.class)
class LocalCloudTest {
  private static final Map<String, AttributeValue> DAY =
      Map.of("Date", AttributeValue.fromS("2020-01-22"), "Cases", AttributeValue.fromN("1"));

  private final LocalCloud cloud;
  private final DynamoDbClient dynamoDb = DynamoDbClient.create();
  private final S3Client s3 = S3Client.create();
  private final SnsClient sns = SnsClient.create();

  LocalCloudTest(LocalCloud cloud) {
    this.cloud = cloud;
  }

  @AfterEach
  void closeClients() {
    dynamoDb.close();
    s3.close();
    sns.close();
  }

  @Test
  void hasAnOnDemandTableKeyedByDate() {
    var table = dynamoDb.describeTable(describe -> describe.tableName("CovidData")).table();
    assertThat(table.billingModeSummary().billingMode()).isEqualTo(BillingMode.PAY_PER_REQUEST);
    assertThat(table.keySchema())
        .containsExactly(
            KeySchemaElement.builder().attributeName("Date").keyType(KeyType.HASH).build());
  }

  @Test
  void refusesAPutWhenTheDayIsThere() {
    putIfAbsent(DAY);
    assertThatExceptionOfType(ConditionalCheckFailedException.class)
        .isThrownBy(() -> putIfAbsent(DAY));
    assertThat(cloud.items()).isEqualTo(List.of(DAY));
  }

  @Test
  void givesAnObjectBackAsItWasPut() {
    var bytes = new byte[100_000];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (i * 31);
    }
    s3.putObject(
        put ->
            put.bucket(cloud.bucket())
                .key("runs/a b+c.bin")
                .contentType("image/png")
                .metadata(Map.of("days", "816")),
        RequestBody.fromBytes(bytes));
    var object = s3.getObjectAsBytes(get -> get.bucket(cloud.bucket()).key("runs/a b+c.bin"));
    assertThat(object.asByteArray()).isEqualTo(bytes);
    assertThat(object.response())
        .returns("image/png", GetObjectResponse::contentType)
        .returns(Map.of("days", "816"), GetObjectResponse::metadata);
    var head = s3.headObject(get -> get.bucket(cloud.bucket()).key("runs/a b+c.bin"));
    assertThat(head.contentLength()).isEqualTo(bytes.length);
  }

  @Test
  void refusesAPutWhenTheObjectIsThere() {
    putIfAbsent("runs/x.json", "first");
    assertThatExceptionOfType(S3Exception.class)
        .isThrownBy(() -> putIfAbsent("runs/x.json", "second"))
        .returns(412, S3Exception::statusCode);
    assertThat(cloud.object("runs/x.json")).contains("first");
  }

  @Test
  void findsObjectsByPrefix() {
    for (var key : List.of("b", "a/2", "a/1")) {
      putIfAbsent(key, "");
    }
    assertThat(cloud.keys("a/")).isEqualTo(List.of("a/1", "a/2"));
    assertThat(cloud.object("a/3")).isEqualTo(Optional.empty());
  }

  @Test
  void keepsWhatIsPublished() {
    sns.publish(
        publish ->
            publish
                .topicArn(cloud.topicArn())
                .subject("816 days")
                .message("1 + 1 = 2 & so on\nMünchen")
                .messageAttributes(
                    Map.of(
                        "status",
                        MessageAttributeValue.builder()
                            .dataType("String")
                            .stringValue("SUCCEEDED")
                            .build())));
    sns.publish(publish -> publish.topicArn("arn:aws:sns:us-east-1:1:other").message("bare"));
    assertThat(cloud.messages())
        .isEqualTo(
            List.of(
                new Message(
                    "816 days",
                    "1 + 1 = 2 & so on\nMünchen",
                    Map.of("status", "SUCCEEDED"),
                    "arn:aws:sns:us-east-1:000000000000:covid-data"),
                new Message(null, "bare", Map.of(), "arn:aws:sns:us-east-1:1:other")));
  }

  @Test
  void refusesASubjectThatAwsWouldRefuse() {
    for (var subject : List.of("x".repeat(101), "two\nlines", "ü")) {
      assertThatExceptionOfType(InvalidParameterException.class)
          .isThrownBy(
              () ->
                  sns.publish(p -> p.topicArn(cloud.topicArn()).subject(subject).message("text")));
    }
    assertThat(cloud.messages()).isEmpty();
  }

  @Test
  void listsWhatItWasAsked() {
    putIfAbsent(DAY);
    putIfAbsent("runs/x.json", "{}");
    s3.listObjectsV2(list -> list.bucket(cloud.bucket()).prefix("dead-letter/"));
    sns.publish(publish -> publish.topicArn(cloud.topicArn()).message("done"));
    cloud.items();
    assertThat(cloud.requests())
        .isEqualTo(
            List.of(
                "DynamoDB PutItem",
                "S3 PUT covid-data/runs/x.json",
                "S3 GET covid-data?list-type=2&prefix=dead-letter/",
                "SNS Publish"));
    cloud.forgetRequests();
    assertThat(cloud.requests()).isEmpty();
  }

  private void putIfAbsent(Map<String, AttributeValue> item) {
    dynamoDb.putItem(
        put ->
            put.tableName(cloud.table())
                .item(item)
                .conditionExpression("attribute_not_exists(#date)")
                .expressionAttributeNames(Map.of("#date", "Date")));
  }

  private void putIfAbsent(String key, String text) {
    s3.putObject(
        put -> put.bucket(cloud.bucket()).key(key).ifNoneMatch("*"), RequestBody.fromString(text));
  }
}
