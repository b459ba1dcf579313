package covid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class SeriesTest {
  /** From a Thursday to a Tuesday, over the end of a leap February, with a gap and a long one. */
  private static final Series SERIES =
      series(
          day("2020-02-27", 10, 1, 1),
          day("2020-02-28", 20, 2, 1),
          day("2020-03-01", 40, 3, 2),
          day("2020-03-02", 50, 4, 4),
          day("2020-03-03", 70, 5, 0),
          day("2020-03-31", 90, 6, 0));

  private static Series series(Day... days) {
    return new Series(List.of(days));
  }

  private static Day day(String date, long cases, long deaths, long recovered) {
    return Day.of(LocalDate.parse(date), "US", cases, deaths, recovered);
  }

  private static List<Series.Period> all(Series series, Interval interval) {
    return series.periods(interval, LocalDate.MIN, LocalDate.MAX);
  }

  private static List<Series.Period> periods(Interval interval, String from, String to) {
    return SERIES.periods(interval, LocalDate.parse(from), LocalDate.parse(to));
  }

  private static Series.Period period(
      String date,
      long cases,
      long deaths,
      Long recovered,
      Long newCases,
      Long newDeaths,
      Long newRecovered) {
    return new Series.Period(
        LocalDate.parse(date),
        Arrays.asList(cases, deaths, recovered, newCases, newDeaths, newRecovered));
  }

  private static Series.Figure figure(long value, String asOf, Boolean discontinued) {
    return new Series.Figure(value, LocalDate.parse(asOf), discontinued);
  }

  // --- Latest figures

  @Test
  void theLatestFigureIsThatOfTheLastDay() {
    assertThat(SERIES.latest(Metric.CASES)).isEqualTo(figure(90, "2020-03-31", null));
    assertThat(SERIES.latest(Metric.DEATHS)).isEqualTo(figure(6, "2020-03-31", null));
    assertThat(SERIES.isDiscontinued(Metric.CASES)).isFalse();
  }

  @Test
  void theLatestFigureOfADiscontinuedMetricIsTheLastOneReported() {
    assertThat(SERIES.latest(Metric.RECOVERED)).isEqualTo(figure(4, "2020-03-02", true));
    assertThat(SERIES.isDiscontinued(Metric.RECOVERED)).isTrue();
  }

  @ParameterizedTest
  @FieldSource("covid.Metric#PUBLISHED")
  void everyMetricMayBeDiscontinued(Metric metric) {
    Series series = series(day("2020-02-27", 3, 3, 3), day("2020-02-28", 0, 0, 0));

    assertThat(series.latest(metric)).isEqualTo(figure(3, "2020-02-27", true));
  }

  @Test
  void aMetricThatNeverWasPositiveIsReportedAsZero() {
    Series series = series(day("2020-02-27", 1, 0, 0), day("2020-02-28", 2, 0, 0));

    assertThat(series.latest(Metric.RECOVERED)).isEqualTo(figure(0, "2020-02-28", null));
    assertThat(series.isDiscontinued(Metric.RECOVERED)).isFalse();
    assertThat(all(series, Interval.DAY))
        .containsExactly(
            period("2020-02-27", 1, 0, 0L, null, null, null),
            period("2020-02-28", 2, 0, 0L, 1L, 0L, 0L));
  }

  @Test
  void aMetricThatFallsToZeroAndComesBackIsNotDiscontinued() {
    Series series =
        series(day("2020-02-27", 1, 0, 5), day("2020-02-28", 2, 0, 0), day("2020-02-29", 3, 0, 7));

    assertThat(series.latest(Metric.RECOVERED)).isEqualTo(figure(7, "2020-02-29", null));
    assertThat(all(series, Interval.DAY))
        .containsExactly(
            period("2020-02-27", 1, 0, 5L, null, null, null),
            period("2020-02-28", 2, 0, 0L, 1L, 0L, -5L),
            period("2020-02-29", 3, 0, 7L, 1L, 0L, 7L));
  }

  @Test
  void aSingleDayIsASeries() {
    Series series = series(day("2020-02-27", 1, 0, 5));

    assertThat(series.country()).isEqualTo("US");
    assertThat(series.latest(Metric.RECOVERED)).isEqualTo(figure(5, "2020-02-27", null));
    for (Interval interval : Interval.values()) {
      assertThat(all(series, interval))
          .containsExactly(period("2020-02-27", 1, 0, 5L, null, null, null));
    }
  }

  @Test
  void noDayIsNoSeries() {
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> new Series(List.of()))
        .withMessage("A series has at least one day.");
  }

  // --- Periods

  @Test
  void eachDayIsComparedWithTheDayBeforeIt() {
    assertThat(all(SERIES, Interval.DAY))
        .containsExactly(
            period("2020-02-27", 10, 1, 1L, null, null, null),
            period("2020-02-28", 20, 2, 1L, 10L, 1L, 0L),
            period("2020-03-01", 40, 3, 2L, 20L, 1L, 1L),
            period("2020-03-02", 50, 4, 4L, 10L, 1L, 2L),
            period("2020-03-03", 70, 5, null, 20L, 1L, null),
            period("2020-03-31", 90, 6, null, 20L, 1L, null));
  }

  @Test
  void weeksGoFromMondayToSundayAndThoseWithoutDaysAreLeftOut() {
    assertThat(all(SERIES, Interval.WEEK))
        .containsExactly(
            period("2020-03-01", 40, 3, 2L, null, null, null),
            period("2020-03-03", 70, 5, 4L, 30L, 2L, 2L),
            period("2020-03-31", 90, 6, null, 20L, 1L, null));
  }

  @Test
  void monthsEndWithTheirLastDayThereIs() {
    assertThat(all(SERIES, Interval.MONTH))
        .containsExactly(
            period("2020-02-28", 20, 2, 1L, null, null, null),
            period("2020-03-31", 90, 6, 4L, 70L, 4L, 3L));
  }

  @Test
  void aWeekMayGoOverTheEndOfAYear() {
    Series series =
        series(
            day("2020-12-30", 1, 0, 1),
            day("2021-01-01", 2, 0, 1),
            day("2021-01-03", 3, 0, 1),
            day("2021-01-04", 4, 0, 1));

    assertThat(all(series, Interval.WEEK))
        .containsExactly(
            period("2021-01-03", 3, 0, 1L, null, null, null),
            period("2021-01-04", 4, 0, 1L, 1L, 0L, 0L));
  }

  @Test
  void theSameMonthOfAnotherYearIsAnotherMonth() {
    Series series = series(day("2020-03-01", 1, 0, 1), day("2021-03-01", 2, 0, 1));

    assertThat(all(series, Interval.MONTH))
        .containsExactly(
            period("2020-03-01", 1, 0, 1L, null, null, null),
            period("2021-03-01", 2, 0, 1L, 1L, 0L, 0L));
  }

  @Test
  void theFirstPeriodAskedForIsComparedWithTheDayBeforeIt() {
    assertThat(periods(Interval.DAY, "2020-02-29", "2020-03-01"))
        .containsExactly(period("2020-03-01", 40, 3, 2L, 20L, 1L, 1L));
    assertThat(periods(Interval.WEEK, "2020-03-03", "2020-03-03"))
        .containsExactly(period("2020-03-03", 70, 5, null, 20L, 1L, null));
  }

  @Test
  void periodsAreCutAtTheDaysAskedFor() {
    assertThat(periods(Interval.MONTH, "2020-02-28", "2020-03-02"))
        .containsExactly(
            period("2020-02-28", 20, 2, 1L, 10L, 1L, 0L),
            period("2020-03-02", 50, 4, 4L, 30L, 2L, 3L));
  }

  @Test
  void aDayAskedForMayBeInAGap() {
    assertThat(periods(Interval.MONTH, "2020-02-29", "2020-03-30"))
        .containsExactly(period("2020-03-03", 70, 5, 4L, 50L, 3L, 3L));
    assertThat(periods(Interval.DAY, "2020-03-04", "2020-03-30")).isEmpty();
  }

  @Test
  void thereIsNothingBeforeTheFirstAndAfterTheLastDay() {
    assertThat(periods(Interval.DAY, "2019-01-01", "2020-02-26")).isEmpty();
    assertThat(periods(Interval.MONTH, "2020-04-01", "2021-01-01")).isEmpty();
  }

  @Test
  void aDiscontinuedMetricHasAFigureInThePeriodThatItsLastReportIsIn() {
    Series series =
        series(day("2020-03-02", 1, 0, 5), day("2020-03-03", 2, 0, 0), day("2020-03-09", 3, 0, 0));

    assertThat(all(series, Interval.WEEK))
        .containsExactly(
            period("2020-03-03", 2, 0, 5L, null, null, null),
            period("2020-03-09", 3, 0, null, 1L, 0L, null));
    assertThat(series.periods(Interval.WEEK, LocalDate.parse("2020-03-03"), LocalDate.MAX))
        .containsExactly(
            period("2020-03-03", 2, 0, null, 1L, 0L, null),
            period("2020-03-09", 3, 0, null, 1L, 0L, null));
  }

  // --- Any metrics, absent figures and other measures

  private static final Metric TESTS = new Metric("tests");

  /** Weekly, with a week without tests; beds are never given. */
  private static Series weekly() {
    PlaceDaysBuilder days =
        new PlaceDaysBuilder(new Place("DE"), List.of(TESTS, new Metric("beds")));
    days.put(day("2024-01-07", Map.of(TESTS, 70L)));
    days.put(day("2024-01-14", Map.of(TESTS, 140L)));
    days.put(day("2024-01-21", Map.of()));
    days.put(day("2024-01-28", Map.of(TESTS, 280L)));
    days.put(day("2024-02-04", Map.of(TESTS, 280L)));
    return new Series(days.build(), false);
  }

  private static Day day(String date, Map<Metric, Long> figures) {
    return new Day(new DayKey(new Place("DE"), LocalDate.parse(date)), figures);
  }

  private static List<String> shown(Measure measure, OptionalLong population) {
    View view = new View(List.of(measure), population);
    return weekly().periods(view, Interval.DAY, LocalDate.MIN, LocalDate.MAX).stream()
        .map(period -> String.valueOf(period.figures().get(0)))
        .toList();
  }

  @Test
  void aDayWithoutAFigureHasNoneAndTheNextIsComparedWithTheOneBefore() {
    assertThat(shown(Measure.TOTAL, OptionalLong.empty()))
        .containsExactly("70", "140", "null", "280", "280");
    assertThat(shown(Measure.CHANGE, OptionalLong.empty()))
        .containsExactly("null", "70", "null", "140", "0");
  }

  @Test
  void anAverageIsOfSevenDaysOrOfTheDaysSinceTheFigureBeforeThem() {
    assertThat(shown(Measure.AVERAGE, OptionalLong.empty()))
        .containsExactly("null", "10", "null", "10", "0");
  }

  @Test
  void figuresPerPopulationHaveThreeDigitsAtTheMost() {
    assertThat(shown(Measure.TOTAL, OptionalLong.of(300_000)))
        .containsExactly("23.333", "46.667", "null", "93.333", "93.333");
    assertThat(shown(Measure.AVERAGE, OptionalLong.of(1_000_000)))
        .containsExactly("null", "1", "null", "1", "0");
  }

  @Test
  void aMetricWithoutFiguresHasNoLatestOne() {
    Series series = weekly();

    assertThat(series.find(new Metric("beds"))).isEmpty();
    assertThat(series.unchangedSince(new Metric("beds"))).isEmpty();
    assertThat(series.find(TESTS)).contains(figure(280, "2024-02-04", null));
    assertThat(series.unchangedSince(TESTS)).contains(LocalDate.parse("2024-01-28"));
  }

  @Test
  void aMetricThatTheSeriesDoesNotHaveIsAMistake() {
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> weekly().find(Metric.CASES))
        .withMessage("The series has no metric cases.");
  }
}
