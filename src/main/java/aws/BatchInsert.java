package aws;

import static java.util.stream.Collectors.joining;

import covid.Day;
import covid.DayKey;
import covid.Place;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchStatementError;
import software.amazon.awssdk.services.dynamodb.model.BatchStatementRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchStatementResponse;

/**
 * Inserts days of one place into a table with the key {@link covid.KeySchema#PLACE_DATE}, up to 25
 * in a request: PartiQL's {@code INSERT}, which never overwrites, in {@code BatchExecuteStatement}.
 * Each day has an outcome of its own. It retries nothing.
 */
public final class BatchInsert {
  /** The maximum number of statements that DynamoDB takes in a request. */
  public static final int MOST = 25;

  private final DynamoDbClient client;
  private final String table;
  private final ItemLayout layout;

  /** By the names of the attributes: most days have the same ones. */
  private final Map<List<String>, String> statements = new ConcurrentHashMap<>();

  /**
   * @param client of the table, whose own retries are off
   * @param table its name
   * @param layout of its items
   */
  public BatchInsert(DynamoDbClient client, String table, ItemLayout layout) {
    this.client = client;
    this.table = table;
    this.layout = layout;
  }

  /** What became of one day. */
  public sealed interface Outcome {
    /** The day. */
    Day day();
  }

  /** This run inserted the day, with this attempt or an earlier one. */
  public record Added(Day day) implements Outcome {}

  /** The table had the day already. */
  public record Present(Day day) implements Outcome {}

  /**
   * The day was not inserted, or it is not known whether it was.
   *
   * @param error as {@link AwsErrors} classifies it: transient, of every write, or of this day
   */
  public record Failed(Day day, SdkException error) implements Outcome {}

  /**
   * Inserts days.
   *
   * @param days of one place, at most {@link #MOST}; of two with the same key the first counts
   * @param run the id of the run that inserts them
   * @param again whether any of them was tried before: then those in the table may be of that
   *     attempt, and a consistent read of their {@code Run} decides
   * @return one outcome for each key
   */
  public List<Outcome> insert(List<Day> days, String run, boolean again) {
    Map<DayKey, Day> distinct = new LinkedHashMap<>();
    days.forEach(day -> distinct.putIfAbsent(day.key(), day));
    return send(List.copyOf(distinct.values()), run, again);
  }

  private List<Outcome> send(List<Day> days, String run, boolean again) {
    List<BatchStatementResponse> answers;
    try {
      answers =
          client
              .batchExecuteStatement(
                  batch -> batch.statements(days.stream().map(day -> statement(day, run)).toList()))
              .responses();
    } catch (SdkException error) {
      return days.size() > 1 && AwsErrors.saysInvalid(error)
          ? halves(days, run)
          : days.stream().<Outcome>map(day -> new Failed(day, error)).toList();
    }
    List<Outcome> outcomes = new ArrayList<>();
    for (int i = 0; i < days.size(); i++) {
      outcomes.add(outcome(days.get(i), answers.get(i).error()));
    }
    return again ? settled(outcomes, run) : outcomes;
  }

  /**
   * Sends a request in two that was refused because of what one of its days says, until that one is
   * alone. DynamoDB Local may have inserted some of the others.
   */
  private List<Outcome> halves(List<Day> days, String run) {
    int half = days.size() / 2;
    List<Outcome> outcomes = new ArrayList<>(send(days.subList(0, half), run, true));
    outcomes.addAll(send(days.subList(half, days.size()), run, true));
    return outcomes;
  }

  private BatchStatementRequest statement(Day day, String run) {
    TreeMap<String, AttributeValue> item = new TreeMap<>(layout.item(day, run));
    return BatchStatementRequest.builder()
        .statement(statements.computeIfAbsent(List.copyOf(item.keySet()), this::statement))
        .parameters(item.values())
        .build();
  }

  private String statement(List<String> attributes) {
    return attributes.stream()
        .map(name -> "'" + name + "': ?")
        .collect(joining(", ", "INSERT INTO \"" + table + "\" VALUE {", "}"));
  }

  private Outcome outcome(Day day, @Nullable BatchStatementError error) {
    if (error == null) {
      return new Added(day);
    }
    return switch (error.codeAsString()) {
      case "DuplicateItem", "ConditionalCheckFailed" -> new Present(day);
      default -> new Failed(day, StatementError.exception(error, table, region()));
    };
  }

  private String region() {
    return client.serviceClientConfiguration().region().id();
  }

  /** Decides which of the present days are of an earlier attempt of this run. */
  private List<Outcome> settled(List<Outcome> outcomes, String run) {
    List<Day> present =
        outcomes.stream().filter(Present.class::isInstance).map(Outcome::day).toList();
    if (present.isEmpty()) {
      return outcomes;
    }
    Map<DayKey, Optional<String>> runs;
    try {
      runs = runs(present);
    } catch (SdkException error) {
      return outcomes.stream()
          .map(outcome -> outcome instanceof Present ? new Failed(outcome.day(), error) : outcome)
          .toList();
    }
    return outcomes.stream()
        .map(outcome -> outcome instanceof Present ? settled(outcome.day(), runs, run) : outcome)
        .toList();
  }

  private static Outcome settled(Day day, Map<DayKey, Optional<String>> runs, String run) {
    Optional<String> inserted = runs.get(day.key());
    if (inserted == null) {
      return new Failed(
          day, SdkClientException.create("The item was in the table, and is not any more"));
    }
    return inserted.equals(Optional.of(run)) ? new Added(day) : new Present(day);
  }

  /** Which run inserted the items from the first of these days to the last. */
  private Map<DayKey, Optional<String>> runs(Collection<Day> days) {
    Place place = days.iterator().next().place();
    Map<DayKey, Optional<String>> runs = new HashMap<>();
    client
        .queryPaginator(
            query ->
                query.tableName(table).keyConditions(ItemLayout.between(days)).consistentRead(true))
        .items()
        .forEach(
            item ->
                layout
                    .date(item)
                    .ifPresent(date -> runs.put(new DayKey(place, date), layout.run(item))));
    return runs;
  }
}
