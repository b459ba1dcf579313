package aws;

import static org.assertj.core.api.Assertions.assertThat;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromN;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromNul;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import covid.Day;
import covid.DayKey;
import covid.KeySchema;
import covid.Metric;
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
import software.amazon.awssdk.services.dynamodb.model.AttributeAction;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.AttributeValueUpdate;
import software.amazon.awssdk.services.dynamodb.model.ExpectedAttributeValue;

class ItemLayoutTest {
  private static final ItemLayout LAYOUT = ItemLayout.OF_ONE_PLACE;
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
    assertThat(LAYOUT.item(DAY, "run")).isEqualTo(ITEM);
    assertThat(LAYOUT.key(DAY.key())).isEqualTo(Map.of("Date", fromS("2020-01-22")));
  }

  @Test
  void isReadAsItWasWritten() {
    assertThat(LAYOUT.day(ITEM)).contains(DAY);
    assertThat(LAYOUT.days(US, List.of(ITEM))).isEqualTo(Map.of(DAY.key(), Optional.of(DAY)));
  }

  @Test
  void mayHaveFurtherAttributes() {
    assertThat(LAYOUT.day(with("Source", fromS("nyt")))).contains(DAY);
  }

  @Test
  void isOnlyPutIfTheDayIsAbsent() {
    assertThat(ItemLayout.ABSENT)
        .isEqualTo(Map.of("Date", ExpectedAttributeValue.builder().exists(false).build()));
  }

  @ParameterizedTest
  @MethodSource
  void standsAsEmptyIfItCannotBeRead(Map<String, AttributeValue> item) {
    assertThat(LAYOUT.day(item)).isEmpty();
    assertThat(LAYOUT.days(US, List.of(item))).isEqualTo(Map.of(DAY.key(), Optional.empty()));
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
    assertThat(LAYOUT.day(item)).isEmpty();
    assertThat(LAYOUT.days(US, List.of(item, ITEM))).isEqualTo(Map.of(DAY.key(), Optional.of(DAY)));
  }

  static Stream<Map<String, AttributeValue>> isLeftOutIfItsKeyIsNoDate() {
    return Stream.of(
        with("Date", fromS("latest")),
        with("Date", fromS("2020-1-22")),
        with("Date", fromN("20200122")),
        without("Date"));
  }

  // --- Of many places

  private static final ItemLayout OF_PLACES =
      new ItemLayout(
          KeySchema.PLACE_DATE, List.of(Metric.CASES, Metric.DEATHS, new Metric("testedPositive")));

  private static final DayKey KEY = new DayKey(new Place("Korea, South"), DATE);
  private static final Map<String, AttributeValue> ITEM_OF_PLACES =
      Map.of(
          "Place", fromS("Korea, South"),
          "Date", fromS("2020-01-22"),
          "Cases", fromN("1"),
          "TestedPositive", fromN("3"),
          "Run", fromS("run"));

  @Test
  void hasNoAttributeForAFigureThatTheDayLacks() {
    Day day = new Day(KEY, Map.of(Metric.CASES, 1L, new Metric("testedPositive"), 3L));

    assertThat(OF_PLACES.item(day, "run")).isEqualTo(ITEM_OF_PLACES);
    assertThat(OF_PLACES.key(KEY))
        .isEqualTo(Map.of("Place", fromS("Korea, South"), "Date", fromS("2020-01-22")));
    assertThat(OF_PLACES.day(ITEM_OF_PLACES)).contains(day);
    assertThat(OF_PLACES.run(ITEM_OF_PLACES)).contains("run");
  }

  @Test
  void hasNoFiguresOfOtherMetrics() {
    Day day = new Day(KEY, Map.of(Metric.CASES, 1L, Metric.RECOVERED, 2L));

    assertThat(OF_PLACES.item(day, "run")).doesNotContainKey("Recovered").containsKey("Cases");
  }

  @Test
  void isOfTheRunThatInsertedIt() {
    assertThat(OF_PLACES.run(Map.of())).isEmpty();
    assertThat(OF_PLACES.run(Map.of("Run", fromN("1")))).isEmpty();
  }

  @ParameterizedTest
  @MethodSource
  void ofPlacesStandsAsEmptyIfItCannotBeRead(Map<String, AttributeValue> item) {
    assertThat(OF_PLACES.day(item)).isEmpty();
  }

  static Stream<Map<String, AttributeValue>> ofPlacesStandsAsEmptyIfItCannotBeRead() {
    Map<String, AttributeValue> textInPlaceOfANumber = new HashMap<>(ITEM_OF_PLACES);
    textInPlaceOfANumber.put("Deaths", fromS("none"));
    return Stream.of(
        Map.of("Place", fromS("Korea, South"), "Date", fromS("2020-01-22")),
        Map.of("Date", fromS("2020-01-22"), "Cases", fromN("1")),
        Map.of("Place", fromS("Korea, South"), "Date", fromS("today"), "Cases", fromN("1")),
        textInPlaceOfANumber);
  }

  @Test
  void isUpdatedInAllItsFiguresIfItHasExactlyThoseOfBefore() {
    Day before = new Day(KEY, Map.of(Metric.CASES, 1L, Metric.DEATHS, 2L));
    Day after = new Day(KEY, Map.of(Metric.CASES, 3L));

    assertThat(OF_PLACES.unchanged(before))
        .isEqualTo(
            Map.of(
                "Cases", ExpectedAttributeValue.builder().value(fromN("1")).build(),
                "Deaths", ExpectedAttributeValue.builder().value(fromN("2")).build(),
                "TestedPositive", ExpectedAttributeValue.builder().exists(false).build()));
    assertThat(OF_PLACES.update(after))
        .isEqualTo(
            Map.of(
                "Cases",
                AttributeValueUpdate.builder()
                    .action(AttributeAction.PUT)
                    .value(fromN("3"))
                    .build(),
                "Deaths",
                AttributeValueUpdate.builder().action(AttributeAction.DELETE).build(),
                "TestedPositive",
                AttributeValueUpdate.builder().action(AttributeAction.DELETE).build()));
  }

  @Test
  void isQueriedFromTheFirstDayToTheLast() {
    List<Day> days = Stream.of(3, 1, 2).map(i -> Day.of(DATE.plusDays(i), "US", 0, 0, 0)).toList();

    assertThat(ItemLayout.between(days).get("Place").attributeValueList())
        .containsExactly(fromS("US"));
    assertThat(ItemLayout.between(days).get("Date").attributeValueList())
        .containsExactly(fromS("2020-01-23"), fromS("2020-01-25"));
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
