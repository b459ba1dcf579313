package simulator;

import aws.ItemLayout;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;

/** A table with the string key {@code Date}; what it can is what the program asks of it. */
final class SimulatedTable {
  /** A page of a scan is so small that each scan has several. */
  private static final int PAGE = 4;

  private static final String KEY = "Date";

  private final NavigableMap<String, Map<String, AttributeValue>> items = new TreeMap<>();

  /** What it holds, by key. */
  NavigableMap<String, Map<String, AttributeValue>> items() {
    return items;
  }

  private PutItemResponse put(PutItemRequest request) {
    String key = request.item().get(KEY).s();
    if (request.hasExpected() && !request.expected().equals(ItemLayout.ABSENT)) {
      throw new IllegalArgumentException("Only the condition of an insert is simulated.");
    }
    if (request.hasExpected() && items.containsKey(key)) {
      throw AwsAnswers.refusal(
          ConditionalCheckFailedException.builder(),
          "DynamoDb",
          400,
          "ConditionalCheckFailedException");
    }
    items.put(key, Map.copyOf(request.item()));
    return PutItemResponse.builder().build();
  }

  private GetItemResponse get(GetItemRequest request) {
    Map<String, AttributeValue> item = items.get(request.key().get(KEY).s());
    return item == null
        ? GetItemResponse.builder().build()
        : GetItemResponse.builder().item(item).build();
  }

  private ScanResponse scan(ScanRequest request) {
    NavigableMap<String, Map<String, AttributeValue>> rest =
        request.hasExclusiveStartKey()
            ? items.tailMap(request.exclusiveStartKey().get(KEY).s(), false)
            : items;
    var page = rest.entrySet().stream().limit(PAGE).toList();
    ScanResponse.Builder response =
        ScanResponse.builder()
            .items(page.stream().map(Map.Entry::getValue).toList())
            .count(page.size())
            .scannedCount(page.size());
    if (page.size() == PAGE) {
      response.lastEvaluatedKey(Map.of(KEY, AttributeValue.fromS(page.get(PAGE - 1).getKey())));
    }
    return response.build();
  }

  /** The table as one process calls it. */
  record Client(Caller caller, Supplier<SimulatedTable> table) implements DynamoDbClient {
    @Override
    public PutItemResponse putItem(PutItemRequest request) {
      return call("PutItem " + request.item().get(KEY).s(), () -> table.get().put(request));
    }

    @Override
    public GetItemResponse getItem(GetItemRequest request) {
      return call("GetItem " + request.key().get(KEY).s(), () -> table.get().get(request));
    }

    @Override
    public ScanResponse scan(ScanRequest request) {
      return call("Scan", () -> table.get().scan(request));
    }

    private <T> T call(String what, Supplier<T> effect) {
      return caller.call(
          what,
          effect,
          AwsAnswers::lost,
          () -> {
            throw AwsAnswers.refusal(
                ProvisionedThroughputExceededException.builder(),
                "DynamoDb",
                400,
                "ProvisionedThroughputExceededException");
          });
    }

    @Override
    public String serviceName() {
      return "dynamodb";
    }

    @Override
    public void close() {
      // It holds nothing.
    }
  }
}
