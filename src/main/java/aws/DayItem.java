package aws;

import covid.Day;
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
  private static final String CASES = "Cases";
  private static final String DEATHS = "Deaths";
  private static final String RECOVERED = "Recovered";

  /** The condition of an insert: no item has this day yet. */
  public static final Map<String, ExpectedAttributeValue> ABSENT =
      Map.of(DATE, ExpectedAttributeValue.builder().exists(false).build());

  private DayItem() {}

  /** The item of a day. */
  public static Map<String, AttributeValue> of(Day day) {
    return Map.of(
        DATE, AttributeValue.fromS(day.date().toString()),
        COUNTRY, AttributeValue.fromS(day.country()),
        CASES, AttributeValue.fromN(Long.toString(day.cases())),
        DEATHS, AttributeValue.fromN(Long.toString(day.deaths())),
        RECOVERED, AttributeValue.fromN(Long.toString(day.recovered())));
  }

  /** The key of a day's item. */
  public static Map<String, AttributeValue> key(Day day) {
    return Map.of(DATE, AttributeValue.fromS(day.date().toString()));
  }

  /**
   * The days of items, whoever wrote them. An item without a date as its key is none of ours and is
   * left out; one whose figures cannot be read stands as empty.
   */
  public static Map<LocalDate, Optional<Day>> days(Collection<Map<String, AttributeValue>> items) {
    Map<LocalDate, Optional<Day>> days = new HashMap<>();
    for (Map<String, AttributeValue> item : items) {
      try {
        days.put(LocalDate.parse(item.get(DATE).s()), day(item));
      } catch (NullPointerException | DateTimeException e) {
        continue;
      }
    }
    return days;
  }

  /** The day of an item; empty if it cannot be read as one. */
  public static Optional<Day> day(Map<String, AttributeValue> item) {
    try {
      return Optional.of(
          new Day(
              LocalDate.parse(item.get(DATE).s()),
              item.get(COUNTRY).s(),
              Long.parseLong(item.get(CASES).n()),
              Long.parseLong(item.get(DEATHS).n()),
              Long.parseLong(item.get(RECOVERED).n())));
    } catch (NullPointerException | DateTimeException | NumberFormatException e) {
      return Optional.empty();
    }
  }
}
