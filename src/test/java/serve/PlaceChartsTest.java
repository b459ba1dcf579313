package serve;

import static org.assertj.core.api.Assertions.assertThat;

import chart.Comparison;
import covid.Day;
import covid.DayKey;
import covid.Gazetteer;
import covid.Interval;
import covid.Measure;
import covid.Metric;
import covid.Place;
import covid.PlaceDaysBuilder;
import covid.Series;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the charts of places draw, in numbers. */
class PlaceChartsTest {
  private static final LocalDate FIRST = LocalDate.of(2021, 1, 1);
  private static final Place PLACE = new Place("FR");

  /** The points of a line, as {@code day:value}, of the totals of some days. */
  private static List<String> drawn(
      Measure measure, boolean perPopulation, Interval interval, long... daysAndTotals) {
    PlaceDaysBuilder days = new PlaceDaysBuilder(PLACE, List.of(Metric.CASES));
    for (int i = 0; i < daysAndTotals.length; i += 2) {
      days.put(
          new Day(
              new DayKey(PLACE, FIRST.plusDays(daysAndTotals[i])),
              Map.of(Metric.CASES, daysAndTotals[i + 1])));
    }
    Selection selection =
        new Selection(
            List.of(
                new Selection.Chosen(
                    new Series(days.build(), false),
                    new Gazetteer.Entry("France", "FR", "FRA", 1_000_000L))),
            Optional.of(measure),
            perPopulation);
    Comparison comparison =
        ((PlaceCharts.Lines) PlaceCharts.lines(selection, Metric.CASES, interval)).comparison();
    return comparison.lines().get(0).points().stream()
        .map(
            point ->
                "%d:%s".formatted(point.date().toEpochDay() - FIRST.toEpochDay(), point.value()))
        .toList();
  }

  @Test
  void aChangeAfterDaysWithoutAFigureIsDrawnByTheDay() {
    assertThat(drawn(Measure.CHANGE, false, Interval.DAY, 0, 100, 1, 110, 4, 140, 5, 160))
        .containsExactly("0:null", "1:10", "4:10.0", "5:20");
  }

  @Test
  void soIsOnePer100000() {
    assertThat(drawn(Measure.CHANGE, true, Interval.DAY, 0, 0, 5, 50, 6, 60))
        .containsExactly("0:null", "5:1.0", "6:1");
  }

  @Test
  void ofASourceByWeekItIsDrawnByTheWeek() {
    assertThat(drawn(Measure.CHANGE, false, Interval.WEEK, 0, 100, 7, 130, 21, 170, 29, 180))
        .containsExactly("0:null", "7:30", "21:20.0", "29:10");
  }

  @Test
  void totalsAreDrawnAsTheyAre() {
    assertThat(drawn(Measure.TOTAL, false, Interval.DAY, 0, 100, 1, 110, 4, 140))
        .containsExactly("0:100", "1:110", "4:140");
  }
}
