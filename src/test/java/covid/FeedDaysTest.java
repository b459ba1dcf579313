package covid;

import static covid.Metric.RECOVERED;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FeedDaysTest {
  private static final LocalDate MONDAY = LocalDate.of(2020, 3, 2);
  private static final LocalDate TUESDAY = LocalDate.of(2020, 3, 3);

  /** At UTC+14 the seventeenth begins in this moment. */
  private static final Clock NOW =
      Clock.fixed(Instant.parse("2021-03-16T10:00:00Z"), ZoneOffset.UTC);

  private final FeedDays days = new FeedDays("jhu", NOW);
  private long line = 1;

  @Test
  void sumsThePlacesOfADay() {
    add(MONDAY, "Ontario", "5");
    add(MONDAY, "Quebec", "7");
    add(MONDAY, "", "100");
    assertThat(days.days()).containsExactly(Map.entry(MONDAY, Map.of(RECOVERED, 112L)));
    assertThat(days.counts()).isEqualTo(new RowCounts(3, 3, 0, 0));
  }

  @Test
  void sumsEachMetricByItself() {
    Map<Metric, String> ontario = Map.of(Metric.CASES, "1", Metric.DEATHS, "2");
    Map<Metric, String> quebec = Map.of(Metric.CASES, "30", Metric.DEATHS, "40");
    days.add(new FeedRow(2, "", "", "2020-03-02", "Ontario", ontario));
    days.add(new FeedRow(3, "", "", "2020-03-02", "Quebec", quebec));
    assertThat(days.days())
        .containsExactly(Map.entry(MONDAY, Map.of(Metric.CASES, 31L, Metric.DEATHS, 42L)));
  }

  @Test
  void takesTheRowsOfADayInAnyOrder() {
    add(TUESDAY, "Ontario", "1");
    add(MONDAY, "Ontario", "2");
    add(TUESDAY, "Quebec", "3");
    add(MONDAY, "Quebec", "4");
    assertThat(days.days())
        .containsExactly(
            Map.entry(MONDAY, Map.of(RECOVERED, 6L)), Map.entry(TUESDAY, Map.of(RECOVERED, 4L)));
  }

  @Test
  void waitsNoLongerForAPlaceWhenLaterRowsHaveNoFigureEither() {
    add(MONDAY, "Ontario", "1");
    add(MONDAY, "Quebec", "2");
    add(TUESDAY, "Quebec", "3");
    assertThat(days.days()).containsOnlyKeys(MONDAY);
    add(MONDAY.plusDays(28), "Quebec", "");
    assertThat(days.days()).containsOnlyKeys(MONDAY, TUESDAY);
  }

  @Test
  void letsTheFirstRowOfADayAndPlaceStand() {
    add(MONDAY, "Ontario", "5");
    add(MONDAY, "Ontario", "5");
    add(MONDAY, " Ontario ", "6");
    assertThat(days.days()).containsExactly(Map.entry(MONDAY, Map.of(RECOVERED, 5L)));
    assertThat(days.counts()).isEqualTo(new RowCounts(3, 1, 0, 2));
    assertThat(days.quarantine())
        .containsExactly(
            new QuarantinedRow(
                "jhu", 3, "2020-03-02,Ontario,5", "2020-03-02 is there a second time"),
            new QuarantinedRow(
                "jhu", 4, "2020-03-02, Ontario ,6", "2020-03-02 is there a second time"));
  }

  @Test
  void takesAFigureThatComesAfterAnEmptyOrBadRowOfTheDay() {
    add(MONDAY, "", "NA");
    add(MONDAY, "", "-1");
    add(MONDAY, "", "3");
    assertThat(days.days()).containsExactly(Map.entry(MONDAY, Map.of(RECOVERED, 3L)));
    assertThat(days.counts()).isEqualTo(new RowCounts(3, 1, 1, 1));
  }

  @Test
  void countsEveryRowOnce() {
    add(MONDAY, "", "1");
    add(MONDAY, "", "1");
    add(TUESDAY, "", "");
    add(TUESDAY, "", "x");
    days.add(new FeedRow(6, "...", "the row is too long", null, "", Map.of()));
    assertThat(days.counts()).isEqualTo(new RowCounts(5, 1, 1, 3));
    assertThat(days.quarantine())
        .containsExactly(
            new QuarantinedRow("jhu", 3, "2020-03-02,,1", "2020-03-02 is there a second time"),
            new QuarantinedRow("jhu", 5, "2020-03-03,,x", "recovered 'x' is not a number"),
            new QuarantinedRow("jhu", 6, "...", "the row is too long"));
  }

  @Test
  void leavesADayOutOfWhichAPlaceCannotBeRead() {
    add(MONDAY, "Ontario", "5");
    add(MONDAY, "Quebec", "x");
    add(TUESDAY, "Ontario", "6");
    add(TUESDAY, "Quebec", "NA");
    assertThat(days.days()).containsExactly(Map.entry(TUESDAY, Map.of(RECOVERED, 6L)));
    assertThat(days.gaps())
        .isEqualTo(new Gaps(List.of(new IncompleteDay(MONDAY, 1, List.of("Quebec"))), List.of()));
    assertThat(days.counts()).isEqualTo(new RowCounts(4, 2, 1, 1));
  }

  @Test
  void setsAPlaceAsideThatMakesTheSumTooLarge() {
    add(MONDAY, "Ontario", "9223372036854775807");
    add(MONDAY, "Quebec", "1");
    add(MONDAY, "Yukon", "0");
    assertThat(days.days()).isEmpty();
    assertThat(days.counts()).isEqualTo(new RowCounts(3, 2, 0, 1));
    assertThat(days.quarantine())
        .containsExactly(
            new QuarantinedRow(
                "jhu",
                3,
                "2020-03-02,Quebec,1",
                "the sum over the places of 2020-03-02 is too large"));
  }

  @Test
  void keepsTheTextOfSomeQuarantinedRowsAndCountsAll() {
    for (int i = 0; i < FeedDays.MOST_KEPT + 5; i++) {
      add(MONDAY, "", "x");
    }
    assertThat(days.quarantine()).hasSize(10_000);
    assertThat(days.quarantine().get(0).line()).isEqualTo(2);
    assertThat(days.counts()).isEqualTo(new RowCounts(10_005, 0, 0, 10_005));
  }

  @Test
  void setsRowsAsideOfDaysLaterThanTomorrowWhereTheDateIsFurthestAhead() {
    add(LocalDate.of(2021, 3, 18), "", "1");
    add(LocalDate.of(2021, 3, 19), "", "2");
    add(LocalDate.of(2202, 3, 31), "", "");
    assertThat(days.days().keySet()).containsExactly(LocalDate.of(2021, 3, 18));
    assertThat(days.counts()).isEqualTo(new RowCounts(3, 1, 0, 2));
    assertThat(days.quarantine())
        .containsExactly(
            new QuarantinedRow(
                "jhu", 3, "2021-03-19,,2", "date '2021-03-19' is later than tomorrow"),
            new QuarantinedRow(
                "jhu", 4, "2202-03-31,,", "date '2202-03-31' is later than tomorrow"));

    FeedDays before = new FeedDays("jhu", Clock.offset(NOW, Duration.ofMillis(-1)));
    before.add(new FeedRow(2, "", "", "2021-03-17", "", Map.of(RECOVERED, "1")));
    before.add(new FeedRow(3, "", "", "2021-03-18", "", Map.of(RECOVERED, "1")));
    assertThat(before.days().keySet()).containsExactly(LocalDate.of(2021, 3, 17));
  }

  @Test
  void isEmptyBeforeTheFirstRow() {
    assertThat(days.days()).isEmpty();
    assertThat(days.quarantine()).isEmpty();
    assertThat(days.counts()).isEqualTo(new RowCounts(0, 0, 0, 0));
  }

  private void add(LocalDate date, String place, String recovered) {
    line++;
    String raw = "%s,%s,%s".formatted(date, place, recovered);
    days.add(new FeedRow(line, raw, "", date.toString(), place, Map.of(RECOVERED, recovered)));
  }
}
