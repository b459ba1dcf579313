package simulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import aws.BatchInsert;
import aws.ItemLayout;
import covid.Day;
import covid.KeySchema;
import covid.Metric;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import local.LocalCloud;
import local.LocalCloudExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.ListObjectsResponse;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/**
 * The simulated ends answer as DynamoDB Local, S3Proxy and ElasticMQ do: the same calls, the same
 * outcomes.
 */
@ExtendWith(LocalCloudExtension.class)
class EndsContractTest {
  private static final String BUCKET = "covid-data";
  private static final ItemLayout OF_PLACES =
      new ItemLayout(KeySchema.PLACE_DATE, Metric.PUBLISHED);

  @Test
  void theTableAnswersAsDynamoDbLocal(LocalCloud cloud) {
    SimulatedTable table = new SimulatedTable(KeySchema.DATE);

    assertThat(table(new SimulatedTable.Client(Caller.FINE, () -> table), cloud.table()))
        .isEqualTo(table(cloud.dynamoDbClient(), cloud.table()));
  }

  private static List<String> table(DynamoDbClient client, String table) {
    List<String> outcomes = new ArrayList<>();
    for (int i = 1; i < 7; i++) {
      Day day = day(i, i);
      outcomes.add(outcome(() -> insert(client, table, day)));
    }
    outcomes.add(outcome(() -> insert(client, table, day(1, 9))));
    outcomes.add(outcome(() -> get(client, table, day(1, 0))));
    outcomes.add(outcome(() -> get(client, table, day(9, 0))));
    outcomes.add(
        outcome(
            () ->
                client
                    .putItem(
                        put ->
                            put.tableName(table).item(ItemLayout.OF_ONE_PLACE.item(day(1, 7), "")))
                    .attributes()));
    outcomes.add(outcome(() -> new TreeSet<>(scan(client, table))));
    return outcomes;
  }

  @Test
  void theTableOfManyPlacesAnswersAsDynamoDbLocal(LocalCloud cloud) {
    SimulatedTable table = new SimulatedTable(KeySchema.PLACE_DATE);

    assertThat(places(new SimulatedTable.Client(Caller.FINE, () -> table), cloud.tableOfPlaces()))
        .isEqualTo(places(cloud.dynamoDbClient(), cloud.tableOfPlaces()));
  }

  private static List<String> places(DynamoDbClient client, String table) {
    List<String> outcomes = new ArrayList<>();
    BatchInsert batches = new BatchInsert(client, table, OF_PLACES);
    for (int i = 1; i < 4; i++) {
      List<Day> days = List.of(day(2 * i, i), day(2 * i + 1, i), day(6, 9));
      outcomes.add(outcome(() -> batches.insert(days, "run", false)));
    }
    List<Day> other = List.of(Day.of(LocalDate.of(2020, 2, 2), "DE", 5, 0, 0));
    outcomes.add(outcome(() -> batches.insert(other, "other", false)));
    outcomes.add(outcome(() -> batches.insert(other, "run", true)));
    outcomes.add(outcome(() -> batches.insert(List.of(day(2, 1), day(8, 1)), "run", true)));
    outcomes.add(outcome(() -> putIfAbsent(client, table, day(2, 5))));
    outcomes.add(outcome(() -> putIfAbsent(client, table, day(9, 5))));
    outcomes.add(outcome(() -> query(client, table, List.of(day(3, 0), day(9, 0)))));
    outcomes.add(outcome(() -> query(client, table, List.of(day(20, 0), day(21, 0)))));
    outcomes.add(
        outcome(
            () ->
                client
                    .getItem(get -> get.tableName(table).key(OF_PLACES.key(day(3, 0).key())))
                    .item()
                    .get("Run")));
    return outcomes;
  }

  private static Object putIfAbsent(DynamoDbClient client, String table, Day day) {
    return client
        .putItem(
            put ->
                put.tableName(table).item(OF_PLACES.item(day, "run")).expected(ItemLayout.ABSENT))
        .attributes();
  }

  /** As the program queries: page by page. */
  private static List<String> query(DynamoDbClient client, String table, List<Day> days) {
    return client
        .queryPaginator(
            query ->
                query.tableName(table).keyConditions(ItemLayout.between(days)).consistentRead(true))
        .items()
        .stream()
        .map(item -> item.get("Date").s() + item.get("Cases").n())
        .toList();
  }

  private static Object insert(DynamoDbClient client, String table, Day day) {
    return client
        .putItem(
            put ->
                put.tableName(table)
                    .item(ItemLayout.OF_ONE_PLACE.item(day, ""))
                    .expected(ItemLayout.ABSENT))
        .attributes();
  }

  private static Object get(DynamoDbClient client, String table, Day day) {
    return client
        .getItem(
            get ->
                get.tableName(table)
                    .key(ItemLayout.OF_ONE_PLACE.key(day.key()))
                    .consistentRead(true))
        .item()
        .get("Cases");
  }

  private static List<String> scan(DynamoDbClient client, String table) {
    List<String> items = new ArrayList<>();
    Map<String, AttributeValue> start = null;
    do {
      Map<String, AttributeValue> from = start;
      ScanResponse page = client.scan(scan -> scan.tableName(table).exclusiveStartKey(from));
      page.items().forEach(item -> items.add(item.get("Date").s() + item.get("Cases").n()));
      start = page.hasLastEvaluatedKey() ? page.lastEvaluatedKey() : null;
    } while (start != null);
    return items;
  }

  private static Day day(int day, long cases) {
    return Day.of(LocalDate.of(2020, 2, day), "US", cases, 0, 0);
  }

  @Test
  void theBucketAnswersAsS3Proxy(LocalCloud cloud) {
    SimulatedBucket bucket = new SimulatedBucket(() -> Instant.EPOCH);

    assertThat(bucket(new SimulatedBucket.Client(Caller.FINE, () -> bucket)))
        .isEqualTo(bucket(cloud.s3Client()));
  }

  private static List<String> bucket(S3Client client) {
    List<String> outcomes = new ArrayList<>();
    for (String key : List.of("a/1", "a/2", "a/3", "b/1", "c")) {
      outcomes.add(outcome(() -> put(client, key, key)));
    }
    outcomes.add(outcome(() -> list(client, "a/")));
    outcomes.add(outcome(() -> list(client, "x/")));
    for (String prefix : List.of("", "a/", "x/")) {
      outcomes.add(outcome(() -> folders(client, prefix)));
    }
    outcomes.add(outcome(() -> get(client, "a/1")));
    outcomes.add(outcome(() -> get(client, "x")));
    outcomes.add(outcome(() -> put(client, "c", "changed")));
    outcomes.add(outcome(() -> get(client, "c")));
    outcomes.add(
        outcome(
            () ->
                client
                    .copyObject(
                        copy ->
                            copy.sourceBucket(BUCKET)
                                .sourceKey("a/1")
                                .destinationBucket(BUCKET)
                                .destinationKey("e"))
                    .copyObjectResult()
                    .eTag()));
    outcomes.add(outcome(() -> get(client, "e")));
    for (String key : List.of("e", "e")) {
      outcomes.add(outcome(() -> delete(client, key)));
    }
    outcomes.add(outcome(() -> get(client, "e")));
    for (String etag : List.of("\"0\"", "")) {
      outcomes.add(outcome(() -> putIf(client, "a/1", etag)));
      outcomes.add(outcome(() -> putIf(client, "new" + etag.length(), etag)));
      outcomes.add(outcome(() -> deleteIf(client, "a/2", "\"0\"")));
    }
    outcomes.add(outcome(() -> putIf(client, "a/1", etag(client, "a/1"))));
    outcomes.add(outcome(() -> get(client, "a/1")));
    outcomes.add(outcome(() -> head(client, "a/1")));
    outcomes.add(outcome(() -> head(client, "a/0")));
    outcomes.add(outcome(() -> deleteIf(client, "a/1", etag(client, "a/1"))));
    outcomes.add(outcome(() -> list(client, "")));
    outcomes.add(outcome(() -> deleteAll(client, List.of("a/2", "a/0", "b/1"))));
    outcomes.add(outcome(() -> list(client, "")));
    return outcomes;
  }

  private static String put(S3Client client, String key, String text) {
    return client
        .putObject(
            put ->
                put.bucket(BUCKET).key(key).contentType("text/csv").metadata(Map.of("rows", "1")),
            RequestBody.fromString(text))
        .eTag();
  }

  private static Object get(S3Client client, String key) {
    var object = client.getObjectAsBytes(get -> get.bucket(BUCKET).key(key));
    return List.of(
        object.asString(UTF_8), object.response().contentType(), object.response().metadata());
  }

  private static Object head(S3Client client, String key) {
    var object = client.headObject(head -> head.bucket(BUCKET).key(key));
    return List.of(object.contentLength(), object.contentType(), object.metadata());
  }

  private static Object delete(S3Client client, String key) {
    client.deleteObject(delete -> delete.bucket(BUCKET).key(key));
    return "deleted";
  }

  private static String etag(S3Client client, String key) {
    return client.getObjectAsBytes(get -> get.bucket(BUCKET).key(key)).response().eTag();
  }

  /**
   * @param etag of the object that it replaces; empty if there must be none
   */
  private static Object putIf(S3Client client, String key, String etag) {
    return client
        .putObject(
            put ->
                put.bucket(BUCKET)
                    .key(key)
                    .contentType("text/csv")
                    .ifMatch(etag.isEmpty() ? null : etag)
                    .ifNoneMatch(etag.isEmpty() ? "*" : null),
            RequestBody.fromString("under a condition"))
        .eTag();
  }

  private static Object deleteIf(S3Client client, String key, String etag) {
    client.deleteObject(delete -> delete.bucket(BUCKET).key(key).ifMatch(etag));
    return "deleted";
  }

  /** As the program lists: page by page, until one is empty. */
  private static List<String> list(S3Client client, String prefix) {
    List<String> keys = new ArrayList<>();
    String last = null;
    while (true) {
      String marker = last;
      ListObjectsResponse page =
          client.listObjects(list -> list.bucket(BUCKET).prefix(prefix).marker(marker));
      if (page.contents().isEmpty()) {
        return keys;
      }
      page.contents().stream().map(S3Object::key).forEach(keys::add);
      last = keys.get(keys.size() - 1);
    }
  }

  @Test
  void theQueueAnswersAsElasticMq(LocalCloud cloud) {
    AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
    SimulatedQueue queue = new SimulatedQueue(now::get);

    assertThat(
            queue(
                new SimulatedQueue.Client(
                    Caller.FINE, () -> queue, time -> now.updateAndGet(then -> then.plus(time))),
                "any"))
        .isEqualTo(queue(cloud.sqsClient(), cloud.queueUrl()));
  }

  private static List<String> queue(SqsClient client, String url) {
    List<String> outcomes = new ArrayList<>();
    outcomes.add(outcome(() -> receive(client, url, 0, 30).size()));
    client.sendMessage(send -> send.queueUrl(url).messageBody("one"));
    List<Message> first = receive(client, url, 0, 1);
    outcomes.add(received(first));
    // It is not visible to others until its time is over.
    outcomes.add(received(receive(client, url, 0, 1)));
    List<Message> again = receive(client, url, 5, 30);
    outcomes.add(received(again));
    outcomes.add(outcome(() -> delete(client, url, again)));
    outcomes.add(received(receive(client, url, 0, 0)));
    client.sendMessage(send -> send.queueUrl(url).messageBody("two"));
    for (int receives = 0; receives < SimulatedQueue.MOST_RECEIVES; receives++) {
      outcomes.add(received(receive(client, url, 0, 0)));
    }
    // It is in the dead-letter queue now.
    outcomes.add(received(receive(client, url, 0, 0)));
    return outcomes;
  }

  private static List<Message> receive(SqsClient client, String url, int wait, int visibility) {
    return client
        .receiveMessage(
            receive ->
                receive
                    .queueUrl(url)
                    .maxNumberOfMessages(1)
                    .waitTimeSeconds(wait)
                    .visibilityTimeout(visibility)
                    .messageSystemAttributeNames(
                        MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT))
        .messages();
  }

  private static String received(List<Message> messages) {
    return messages.stream()
        .map(message -> message.body() + " " + message.attributesAsStrings())
        .toList()
        .toString();
  }

  private static Object delete(SqsClient client, String url, List<Message> messages) {
    client.deleteMessage(
        delete -> delete.queueUrl(url).receiptHandle(messages.get(0).receiptHandle()));
    return "deleted";
  }

  /** As the program lists the work of runs. */
  private static Object folders(S3Client client, String prefix) {
    var pages =
        client.listObjectsV2Paginator(list -> list.bucket(BUCKET).prefix(prefix).delimiter("/"));
    return List.of(
        pages.commonPrefixes().stream().map(CommonPrefix::prefix).toList(),
        pages.contents().stream().map(S3Object::key).toList());
  }

  private static Object deleteAll(S3Client client, List<String> keys) {
    List<ObjectIdentifier> objects =
        keys.stream().map(key -> ObjectIdentifier.builder().key(key).build()).toList();
    client.deleteObjects(delete -> delete.bucket(BUCKET).delete(some -> some.objects(objects)));
    return "deleted";
  }

  private static String outcome(Supplier<Object> call) {
    try {
      return String.valueOf(call.get());
    } catch (AwsServiceException e) {
      return "%s %d %s"
          .formatted(e.getClass().getSimpleName(), e.statusCode(), e.awsErrorDetails().errorCode());
    }
  }
}
