package local;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.sns.SnsClient;

@ExtendWith(LocalCloudExtension.class)
class LocalCloudExtensionTest {
  private final LocalCloud cloud;

  LocalCloudExtensionTest(LocalCloud cloud) {
    this.cloud = cloud;
  }

  @RepeatedTest(2)
  void everyTestFindsItEmptyAndUndisturbed() {
    assertThat(cloud.items()).isEmpty();
    assertThat(cloud.keys("")).isEmpty();
    assertThat(cloud.messages()).isEmpty();
    assertThat(cloud.requests()).isEmpty();

    try (var dynamoDb = DynamoDbClient.create();
        var sns = SnsClient.create()) {
      var day = Map.of("Date", AttributeValue.fromS("2020-01-22"));
      dynamoDb.putItem(put -> put.tableName(cloud.table()).item(day));
      sns.publish(publish -> publish.topicArn(cloud.topicArn()).message("done"));
    }
    cloud.s3Client().putObject(p -> p.bucket(cloud.bucket()).key("a"), RequestBody.fromString("b"));
    cloud.intercept(call -> Fault.dropBefore());
  }

  @Test
  void clientsBuiltWithoutSettingsFindTheirWayThere() {
    try (var dynamoDb = DynamoDbClient.create()) {
      assertThat(dynamoDb.listTables().tableNames())
          .containsExactly(cloud.table(), cloud.tableOfPlaces());
    }
    assertThat(cloud.requests()).isEqualTo(List.of("DynamoDB ListTables"));
  }

  @Test
  void givesTheSameCloudToAMethod(LocalCloud given) {
    assertThat(given).isSameAs(cloud);
  }

  @Nested
  class InAnInnerClass {
    @Test
    void thePropertiesAreThereToo() {
      assertThat(System.getProperties()).containsAllEntriesOf(cloud.systemProperties());
    }
  }
}
