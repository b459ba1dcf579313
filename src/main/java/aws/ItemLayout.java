package aws;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import covid.Dataset;
import covid.Dates;
import covid.Day;
import covid.DayKey;
import covid.KeySchema;
import covid.Metric;
import covid.Place;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeAction;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.AttributeValueUpdate;
import software.amazon.awssdk.services.dynamodb.model.ComparisonOperator;
import software.amazon.awssdk.services.dynamodb.model.Condition;
import software.amazon.awssdk.services.dynamodb.model.ExpectedAttributeValue;

/**
 * How a day is an item of the table. Its figures are numbers, under the capitalised names of their
 * metrics; all other attributes are strings.
 *
 * <pre>
 *   DATE         Date (partition key), Country, Cases, Deaths, Recovered
 *   PLACE_DATE   Place (partition key), Date (sort key), the figures that the day has, and
 *                Run, the id of the run that inserted it
 * </pre>
 *
 * @param key of the table
 * @param metrics of the dataset
 */
public record ItemLayout(KeySchema key, List<Metric> metrics) {
  /** The layout of version 0.1. */
  public static final ItemLayout OF_ONE_PLACE = new ItemLayout(KeySchema.DATE, Metric.PUBLISHED);

  /** The layout of a dataset's items. */
  public static ItemLayout of(Dataset dataset) {
    return new ItemLayout(dataset.key(), dataset.metrics());
  }

  private static final String PLACE = "Place";
  private static final String DATE = "Date";
  private static final String COUNTRY = "Country";
  private static final String RUN = "Run";
  private static final int MOST_BYTES_OF_A_KEY = 2_048;

  /** The condition of an insert: no item of this day exists. */
  public static final Map<String, ExpectedAttributeValue> ABSENT =
      Map.of(DATE, ExpectedAttributeValue.builder().exists(false).build());

  public ItemLayout {
    requireNonNull(key, "key");
    metrics = List.copyOf(metrics);
  }

  /**
   * The item of a day.
   *
   * @param run the id of the run that inserts it
   */
  public Map<String, AttributeValue> item(Day day, String run) {
    Map<String, AttributeValue> item = new HashMap<>(key(day.key()));
    if (key == KeySchema.DATE) {
      item.put(COUNTRY, AttributeValue.fromS(day.place().name()));
    } else {
      item.put(RUN, AttributeValue.fromS(run));
    }
    for (Metric metric : metrics) {
      day.figure(metric).ifPresent(figure -> item.put(attribute(metric), number(figure)));
    }
    return item;
  }

  /** What gives an item the figures of a day, and no others. */
  public Map<String, AttributeValueUpdate> update(Day day) {
    Map<String, AttributeValueUpdate> update = new HashMap<>();
    for (Metric metric : metrics) {
      OptionalLong figure = day.figure(metric);
      update.put(
          attribute(metric),
          figure.isPresent()
              ? AttributeValueUpdate.builder()
                  .action(AttributeAction.PUT)
                  .value(number(figure.getAsLong()))
                  .build()
              : AttributeValueUpdate.builder().action(AttributeAction.DELETE).build());
    }
    return update;
  }

  /**
   * The condition that an item has exactly the figures of a day. Without the item it does not hold,
   * since a day has at least one.
   */
  public Map<String, ExpectedAttributeValue> unchanged(Day day) {
    Map<String, ExpectedAttributeValue> expected = new HashMap<>();
    for (Metric metric : metrics) {
      OptionalLong figure = day.figure(metric);
      expected.put(
          attribute(metric),
          figure.isPresent()
              ? ExpectedAttributeValue.builder().value(number(figure.getAsLong())).build()
              : ExpectedAttributeValue.builder().exists(false).build());
    }
    return expected;
  }

  private static AttributeValue number(long figure) {
    return AttributeValue.fromN(Long.toString(figure));
  }

  /** Whether DynamoDB takes a place as a partition key, which has at most 2,048 bytes of UTF-8. */
  public static boolean isKey(Place place) {
    return place.name().getBytes(UTF_8).length <= MOST_BYTES_OF_A_KEY;
  }

  /** The key of a day's item. */
  public Map<String, AttributeValue> key(DayKey day) {
    AttributeValue date = AttributeValue.fromS(day.date().toString());
    return key == KeySchema.DATE
        ? Map.of(DATE, date)
        : Map.of(PLACE, AttributeValue.fromS(day.place().name()), DATE, date);
  }

  /**
   * The condition of a query for the items of a place, from the first of its days to the last.
   *
   * @param days of one place, at least one
   */
  public static Map<String, Condition> between(Collection<Day> days) {
    Day any = days.iterator().next();
    LocalDate first = any.date();
    LocalDate last = any.date();
    for (Day day : days) {
      first = day.date().isBefore(first) ? day.date() : first;
      last = day.date().isAfter(last) ? day.date() : last;
    }
    return Map.of(
        PLACE,
        condition(ComparisonOperator.EQ, any.place().name()),
        DATE,
        condition(ComparisonOperator.BETWEEN, first.toString(), last.toString()));
  }

  private static Condition condition(ComparisonOperator operator, String... values) {
    return Condition.builder()
        .comparisonOperator(operator)
        .attributeValueList(Stream.of(values).map(AttributeValue::fromS).toList())
        .build();
  }

  /**
   * The days of items, written by any program. An item whose key is not a date is skipped; one with
   * unreadable figures has an empty value.
   *
   * @param place the place of all items
   */
  public Map<DayKey, Optional<Day>> days(
      Place place, Collection<Map<String, AttributeValue>> items) {
    Map<DayKey, Optional<Day>> days = new HashMap<>();
    for (Map<String, AttributeValue> item : items) {
      date(item).ifPresent(date -> days.put(new DayKey(place, date), day(item)));
    }
    return days;
  }

  /**
   * The day of an item. Without a figure of every metric, an item of one place is not a day; one of
   * many places needs only one.
   *
   * @return empty if unreadable
   */
  public Optional<Day> day(Map<String, AttributeValue> item) {
    Map<Metric, Long> figures = new HashMap<>();
    for (Metric metric : metrics) {
      Optional<Long> figure = number(item, attribute(metric));
      if (figure.isPresent()) {
        figures.put(metric, figure.get());
      } else if (key == KeySchema.DATE || item.containsKey(attribute(metric))) {
        return Optional.empty();
      }
    }
    return text(item, key == KeySchema.DATE ? COUNTRY : PLACE)
        .filter(place -> !figures.isEmpty())
        .map(Place::new)
        .flatMap(place -> date(item).map(date -> new Day(new DayKey(place, date), figures)));
  }

  /** The id of the run that inserted an item; empty in a table of one place. */
  public Optional<String> run(Map<String, AttributeValue> item) {
    return text(item, RUN);
  }

  /** The dates of those of some items that a run inserted. */
  public Dates datesOf(String run, Collection<Map<String, AttributeValue>> items) {
    return Dates.of(
        items.stream()
            .filter(item -> run(item).equals(Optional.of(run)))
            .flatMap(item -> date(item).stream())
            .toList());
  }

  /** The date of an item; empty if its key is not one. */
  public Optional<LocalDate> date(Map<String, AttributeValue> item) {
    try {
      return text(item, DATE).map(LocalDate::parse);
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static String attribute(Metric metric) {
    String name = metric.name();
    return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
  }

  private static Optional<Long> number(Map<String, AttributeValue> item, String name) {
    try {
      return Optional.ofNullable(item.get(name)).map(AttributeValue::n).map(Long::parseLong);
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> text(Map<String, AttributeValue> item, String name) {
    return Optional.ofNullable(item.get(name)).map(AttributeValue::s);
  }
}
