package simulator;

import static java.util.stream.Collectors.toSet;

import aws.ItemLayout;
import covid.DayKey;
import covid.KeySchema;
import covid.Place;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbServiceClientConfiguration;
import software.amazon.awssdk.services.dynamodb.model.AttributeAction;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchExecuteStatementRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchExecuteStatementResponse;
import software.amazon.awssdk.services.dynamodb.model.BatchStatementErrorCodeEnum;
import software.amazon.awssdk.services.dynamodb.model.BatchStatementRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchStatementResponse;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;

/**
 * A table with the string key {@code Date}, or {@code Place} and {@code Date}; what it can is what
 * the program asks of it.
 */
final class SimulatedTable {
  /** A page is so small that each scan or query has several. */
  private static final int PAGE = 4;

  static final String BATCH = "BatchExecuteStatement";

  /** The place of a table that has one. */
  static final Place US = new Place("US");

  private static final String PLACE = "Place";
  private static final String DATE = "Date";
  private static final Pattern ATTRIBUTE = Pattern.compile("'(\\w+)': \\?");

  private final KeySchema schema;
  private final NavigableMap<String, Map<String, AttributeValue>> items = new TreeMap<>();
  private final Set<String> overwritten = new TreeSet<>();

  SimulatedTable(KeySchema schema) {
    this.schema = schema;
  }

  /** The key of an item in one string, by which items are sorted. */
  private String key(Map<String, AttributeValue> item) {
    String date = item.get(DATE).s();
    return schema == KeySchema.DATE ? date : item.get(PLACE).s() + '\n' + date;
  }

  /** The days of all items. */
  Set<DayKey> days() {
    return items.values().stream().map(this::day).collect(toSet());
  }

  /** The day of an item. */
  DayKey day(Map<String, AttributeValue> item) {
    return new DayKey(
        schema == KeySchema.DATE ? US : new Place(item.get(PLACE).s()),
        LocalDate.parse(item.get(DATE).s()));
  }

  /** The keys of items that were overwritten. */
  Set<String> overwritten() {
    return overwritten;
  }

  void store(Map<String, AttributeValue> item) {
    String key = key(item);
    if (items.put(key, Map.copyOf(item)) != null) {
      overwritten.add(key);
    }
  }

  /** What it holds, by key. */
  NavigableMap<String, Map<String, AttributeValue>> items() {
    return items;
  }

  private PutItemResponse put(PutItemRequest request) {
    if (request.hasExpected() && !request.expected().equals(ItemLayout.ABSENT)) {
      throw new IllegalArgumentException("Only the condition of an insert is simulated.");
    }
    if (request.hasExpected() && items.containsKey(key(request.item()))) {
      throw AwsAnswers.refusal(
          ConditionalCheckFailedException.builder(),
          "DynamoDb",
          400,
          "ConditionalCheckFailedException");
    }
    store(request.item());
    return PutItemResponse.builder().build();
  }

  /** Changes attributes of an item, if those that are expected are as they are expected. */
  private UpdateItemResponse update(UpdateItemRequest request) {
    Map<String, AttributeValue> item = items.getOrDefault(key(request.key()), Map.of());
    request
        .expected()
        .forEach(
            (name, expected) -> {
              if (!Objects.equals(item.get(name), expected.value())) {
                throw AwsAnswers.refusal(
                    ConditionalCheckFailedException.builder(),
                    "DynamoDb",
                    400,
                    "ConditionalCheckFailedException");
              }
            });
    Map<String, AttributeValue> changed = new HashMap<>(request.key());
    changed.putAll(item);
    request
        .attributeUpdates()
        .forEach(
            (name, update) -> {
              if (update.action() == AttributeAction.PUT) {
                changed.put(name, update.value());
              } else {
                changed.remove(name);
              }
            });
    items.put(key(request.key()), Map.copyOf(changed));
    return UpdateItemResponse.builder().build();
  }

  private GetItemResponse get(GetItemRequest request) {
    Map<String, AttributeValue> item = items.get(key(request.key()));
    return item == null
        ? GetItemResponse.builder().build()
        : GetItemResponse.builder().item(item).build();
  }

  private ScanResponse scan(ScanRequest request) {
    Page page = page(items, request.exclusiveStartKey());
    ScanResponse.Builder response = ScanResponse.builder().items(page.items);
    page.last().ifPresent(response::lastEvaluatedKey);
    return response.count(page.items.size()).scannedCount(page.items.size()).build();
  }

  /** By the place, from one date to another. */
  private QueryResponse query(QueryRequest request) {
    String place = request.keyConditions().get(PLACE).attributeValueList().get(0).s() + '\n';
    List<AttributeValue> dates = request.keyConditions().get(DATE).attributeValueList();
    Page page =
        page(
            items.subMap(place + dates.get(0).s(), true, place + dates.get(1).s(), true),
            request.exclusiveStartKey());
    QueryResponse.Builder response = QueryResponse.builder().items(page.items);
    page.last().ifPresent(response::lastEvaluatedKey);
    return response.count(page.items.size()).scannedCount(page.items.size()).build();
  }

  private record Page(List<Map<String, AttributeValue>> items) {
    Optional<Map<String, AttributeValue>> last() {
      if (items.size() < PAGE) {
        return Optional.empty();
      }
      Map<String, AttributeValue> key = new HashMap<>(items.get(PAGE - 1));
      key.keySet().retainAll(Set.of(PLACE, DATE));
      return Optional.of(key);
    }
  }

  private Page page(
      NavigableMap<String, Map<String, AttributeValue>> all, Map<String, AttributeValue> after) {
    var rest = after.isEmpty() ? all : all.tailMap(key(after), false);
    return new Page(rest.values().stream().limit(PAGE).toList());
  }

  /**
   * Inserts one item a statement.
   *
   * @param most so many statements are done; the others are throttled
   */
  private BatchExecuteStatementResponse insert(BatchExecuteStatementRequest request, int most) {
    List<Map<String, AttributeValue>> all =
        request.statements().stream().map(SimulatedTable::item).toList();
    List<BatchStatementResponse> answers = new ArrayList<>();
    for (Map<String, AttributeValue> item : all) {
      if (answers.size() >= most) {
        answers.add(error(BatchStatementErrorCodeEnum.THROTTLING_ERROR));
      } else if (items.containsKey(key(item))) {
        answers.add(error(BatchStatementErrorCodeEnum.DUPLICATE_ITEM));
      } else {
        store(item);
        answers.add(BatchStatementResponse.builder().build());
      }
    }
    return BatchExecuteStatementResponse.builder().responses(answers).build();
  }

  private static Map<String, AttributeValue> item(BatchStatementRequest insert) {
    Map<String, AttributeValue> item = new HashMap<>();
    Iterator<AttributeValue> values = insert.parameters().iterator();
    ATTRIBUTE
        .matcher(insert.statement())
        .results()
        .forEach(attribute -> item.put(attribute.group(1), values.next()));
    return item;
  }

  private static BatchStatementResponse error(BatchStatementErrorCodeEnum code) {
    return BatchStatementResponse.builder().error(error -> error.code(code).message("No.")).build();
  }

  /** The table as one process calls it. */
  record Client(Caller caller, Supplier<SimulatedTable> table) implements DynamoDbClient {
    @Override
    public PutItemResponse putItem(PutItemRequest request) {
      return call("PutItem " + request.item().get(DATE).s(), () -> table.get().put(request));
    }

    @Override
    public GetItemResponse getItem(GetItemRequest request) {
      return call("GetItem " + request.key().get(DATE).s(), () -> table.get().get(request));
    }

    @Override
    public UpdateItemResponse updateItem(UpdateItemRequest request) {
      return call("UpdateItem " + request.key().get(DATE).s(), () -> table.get().update(request));
    }

    @Override
    public ScanResponse scan(ScanRequest request) {
      return call("Scan", () -> table.get().scan(request));
    }

    @Override
    public QueryResponse query(QueryRequest request) {
      return call("Query", () -> table.get().query(request));
    }

    /** If it is throttled, half of its statements are. */
    @Override
    public BatchExecuteStatementResponse batchExecuteStatement(
        BatchExecuteStatementRequest request) {
      int all = request.statements().size();
      return caller.call(
          BATCH,
          () -> table.get().insert(request, all),
          AwsAnswers::lost,
          () -> table.get().insert(request, all / 2));
    }

    @Override
    public DynamoDbServiceClientConfiguration serviceClientConfiguration() {
      return DynamoDbServiceClientConfiguration.builder().region(Region.US_EAST_1).build();
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
