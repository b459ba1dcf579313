package check;

import covid.KeySchema;
import java.util.Map;
import java.util.function.Function;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/**
 * Whether the table has the key of the dataset, and may be read and written. It is written with a
 * condition that contradicts itself, so DynamoDB refuses the item, and does so only once it has
 * found key and right to be good.
 *
 * @param client of the table
 * @param table its name
 * @param key that it should have
 * @param reason puts a failure into a sentence
 */
public record TableCheck(
    DynamoDbClient client, String table, KeySchema key, Function<Throwable, String> reason) {
  private static final String SUBJECT = "table";
  private static final String NO_DAY = "check";
  private static final String CONTRADICTION =
      "attribute_exists(#date) AND attribute_not_exists(#date)";

  /** Asks DynamoDB twice. */
  public Finding find() {
    try {
      read();
      put();
      // Not even then: a condition of any kind was ignored, so it is no DynamoDB.
      return Finding.wrong(
          SUBJECT, "%s ignores the condition of a put: use DynamoDB".formatted(table));
    } catch (ConditionalCheckFailedException e) {
      return Finding.ok(SUBJECT, text());
    } catch (SdkException e) {
      return Finding.wrong(SUBJECT, reason.apply(e));
    }
  }

  private String text() {
    return key == KeySchema.DATE
        ? "%s has the key Date, and may be read and written".formatted(table)
        : ("%s has the keys Place and Date, and may be read and written; whether days may go in by"
                + " the batch (dynamodb:PartiQLInsert) shows only in a run, which else puts each")
            .formatted(table);
  }

  private void read() {
    if (key == KeySchema.DATE) {
      client.scan(scan -> scan.tableName(table).limit(1));
    } else {
      client.query(
          query ->
              query
                  .tableName(table)
                  .limit(1)
                  .keyConditionExpression("#place = :place")
                  .expressionAttributeNames(Map.of("#place", "Place"))
                  .expressionAttributeValues(Map.of(":place", AttributeValue.fromS(NO_DAY))));
    }
  }

  private void put() {
    AttributeValue none = AttributeValue.fromS(NO_DAY);
    Map<String, AttributeValue> item =
        key == KeySchema.DATE ? Map.of("Date", none) : Map.of("Place", none, "Date", none);
    client.putItem(
        put ->
            put.tableName(table)
                .item(item)
                .conditionExpression(CONTRADICTION)
                .expressionAttributeNames(Map.of("#date", "Date")));
  }
}
