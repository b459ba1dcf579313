package aws;

import covid.Day;
import covid.DayKey;
import covid.Metric;
import covid.Place;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ExpectedAttributeValue;

/**
 * A day as an item of the table: {@code Date} (key) and {@code Country} are strings; {@code Cases},
 * {@code Deaths} and {@code Recovered} numbers.
 */
public final class DayItem {
  private static final String DATE = "Date";
  private static final String COUNTRY = "Country";

  /** The attribute of each metric. */
  private static final Map<Metric, String> FIGURES =
      Map.of(Metric.CASES, "Cases", Metric.DEATHS, "Deaths", Metric.RECOVERED, "Recovered");

  /** The condition of an insert: no item of this day exists. */
  public static final Map<String, ExpectedAttributeValue> ABSENT =
      Map.of(DATE, ExpectedAttributeValue.builder().exists(false).build());

  private DayItem() {}

  /** The item of a day. */
  public static Map<String, AttributeValue> of(Day day) {
    Map<String, AttributeValue> item = new HashMap<>(key(day));
    item.put(COUNTRY, AttributeValue.fromS(day.place().name()));
    FIGURES.forEach(
        (metric, name) ->
            day.figure(metric)
                .ifPresent(figure -> item.put(name, AttributeValue.fromN(Long.toString(figure)))));
    return item;
  }

  /** The key of a day's item. */
  public static Map<String, AttributeValue> key(Day day) {
    return Map.of(DATE, AttributeValue.fromS(day.date().toString()));
  }

  /**
   * The days of items, written by any program. An item whose key is not a date is skipped; one with
   * unreadable figures has an empty value.
   */
  public static Map<DayKey, Optional<Day>> days(
      Place place, Collection<Map<String, AttributeValue>> items) {
    Map<DayKey, Optional<Day>> days = new HashMap<>();
    for (Map<String, AttributeValue> item : items) {
      date(item).ifPresent(date -> days.put(new DayKey(place, date), day(item)));
    }
    return days;
  }

  /** The day of an item; empty if unreadable. */
  public static Optional<Day> day(Map<String, AttributeValue> item) {
    Map<Metric, Long> figures = new HashMap<>();
    FIGURES.forEach(
        (metric, name) -> number(item, name).ifPresent(figure -> figures.put(metric, figure)));
    if (figures.size() < FIGURES.size()) {
      return Optional.empty();
    }
    return text(item, COUNTRY)
        .map(Place::new)
        .flatMap(place -> date(item).map(date -> new Day(new DayKey(place, date), figures)));
  }

  private static Optional<LocalDate> date(Map<String, AttributeValue> item) {
    try {
      return text(item, DATE).map(LocalDate::parse);
    } catch (DateTimeException e) {
      return Optional.empty();
    }
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
