package aws;

import static org.assertj.core.api.Assertions.assertThat;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromN;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromNul;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import covid.Day;
import covid.Place;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ExpectedAttributeValue;

class DayItemTest {
  private static final Place US = new Place("US");
  private static final LocalDate DATE = LocalDate.of(2020, 1, 22);
  private static final Day DAY = Day.of(DATE, "US", 1, 2, Long.MAX_VALUE);
  private static final Map<String, AttributeValue> ITEM =
      Map.of(
          "Date", fromS("2020-01-22"),
          "Country", fromS("US"),
          "Cases", fromN("1"),
          "Deaths", fromN("2"),
          "Recovered", fromN("9223372036854775807"));

  @Test
  void hasStringsAndNumbers() {
    assertThat(DayItem.of(DAY)).isEqualTo(ITEM);
    assertThat(DayItem.key(DAY)).isEqualTo(Map.of("Date", fromS("2020-01-22")));
  }

  @Test
  void isReadAsItWasWritten() {
    assertThat(DayItem.day(ITEM)).contains(DAY);
    assertThat(DayItem.days(US, List.of(ITEM))).isEqualTo(Map.of(DAY.key(), Optional.of(DAY)));
  }

  @Test
  void mayHaveFurtherAttributes() {
    assertThat(DayItem.day(with("Source", fromS("nyt")))).contains(DAY);
  }

  @Test
  void isOnlyPutIfTheDayIsAbsent() {
    assertThat(DayItem.ABSENT)
        .isEqualTo(Map.of("Date", ExpectedAttributeValue.builder().exists(false).build()));
  }

  @ParameterizedTest
  @MethodSource
  void standsAsEmptyIfItCannotBeRead(Map<String, AttributeValue> item) {
    assertThat(DayItem.day(item)).isEmpty();
    assertThat(DayItem.days(US, List.of(item))).isEqualTo(Map.of(DAY.key(), Optional.empty()));
  }

  static Stream<Map<String, AttributeValue>> standsAsEmptyIfItCannotBeRead() {
    return Stream.of(
        Map.of("Date", fromS("2020-01-22")),
        without("Country"),
        without("Cases"),
        without("Recovered"),
        with("Country", fromN("1")),
        with("Country", fromNul(true)),
        with("Cases", fromS("1")),
        with("Cases", fromN("1.5")),
        with("Cases", fromN("9223372036854775808")));
  }

  @ParameterizedTest
  @MethodSource
  void isLeftOutIfItsKeyIsNoDate(Map<String, AttributeValue> item) {
    assertThat(DayItem.day(item)).isEmpty();
    assertThat(DayItem.days(US, List.of(item, ITEM)))
        .isEqualTo(Map.of(DAY.key(), Optional.of(DAY)));
  }

  static Stream<Map<String, AttributeValue>> isLeftOutIfItsKeyIsNoDate() {
    return Stream.of(
        with("Date", fromS("latest")),
        with("Date", fromS("2020-1-22")),
        with("Date", fromN("20200122")),
        without("Date"));
  }

  private static Map<String, AttributeValue> with(String name, AttributeValue value) {
    Map<String, AttributeValue> item = new HashMap<>(ITEM);
    item.put(name, value);
    return item;
  }

  private static Map<String, AttributeValue> without(String name) {
    Map<String, AttributeValue> item = new HashMap<>(ITEM);
    item.remove(name);
    return item;
  }
}
