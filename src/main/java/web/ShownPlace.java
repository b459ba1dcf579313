package web;

import covid.Interval;
import covid.Measure;
import covid.Metric;
import covid.Series;
import covid.View;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;

/**
 * A place in the first picture of the page.
 *
 * @param name for display
 * @param metrics those that have figures
 * @param latest the latest total of each metric
 * @param periods ascending, each with the changes of all metrics, then their averages, then their
 *     totals
 * @param columns the column of each metric in a period, of the first measure
 * @param width columns of a measure
 * @param interval how far apart its figures are, usually
 */
public record ShownPlace(
    String name,
    List<Metric> metrics,
    List<Latest> latest,
    List<Series.Period> periods,
    List<Integer> columns,
    int width,
    Interval interval) {
  private static final View VIEW =
      new View(List.of(Measure.CHANGE, Measure.AVERAGE, Measure.TOTAL), OptionalLong.empty());

  /**
   * The latest total of a metric.
   *
   * @param stalled whether it has not changed for long
   * @param ended whether its source no longer reports it
   */
  record Latest(long value, LocalDate asOf, boolean stalled, boolean ended) {}

  /** The place of a dataset of one. */
  public static ShownPlace only(Series series, Interval interval) {
    return of(series.country(), series, interval, metric -> false, series::isDiscontinued);
  }

  /**
   * One of many places.
   *
   * @param isStalled whether the source seems not to report a metric any more
   */
  public static ShownPlace oneOfMany(
      String name, Series series, Interval interval, Predicate<Metric> isStalled) {
    LocalDate end = series.days().get(series.days().size() - 1).date();
    return of(
        name,
        series,
        interval,
        isStalled,
        metric -> isStalled.test(metric) && series.latest(metric).asOf().isBefore(end));
  }

  private static ShownPlace of(
      String name,
      Series series,
      Interval interval,
      Predicate<Metric> isStalled,
      Predicate<Metric> isEnded) {
    List<Metric> metrics = new ArrayList<>();
    List<Latest> latest = new ArrayList<>();
    List<Integer> columns = new ArrayList<>();
    for (Metric metric : series.metrics()) {
      series
          .find(metric)
          .ifPresent(
              figure -> {
                metrics.add(metric);
                latest.add(
                    new Latest(
                        figure.value(),
                        figure.asOf(),
                        isStalled.test(metric),
                        isEnded.test(metric)));
                columns.add(series.metrics().indexOf(metric));
              });
    }
    return new ShownPlace(
        name,
        metrics,
        latest,
        series.periods(VIEW, interval, LocalDate.MIN, LocalDate.MAX),
        columns,
        series.metrics().size(),
        interval);
  }

  LocalDate firstDay() {
    return periods.get(0).date();
  }

  LocalDate lastDay() {
    return periods.get(periods.size() - 1).date();
  }

  /** The latest total of a metric; empty if it has no figure. */
  Optional<Latest> latest(Metric metric) {
    int index = metrics.indexOf(metric);
    return index < 0 ? Optional.empty() : Optional.of(latest.get(index));
  }

  /** The figures of a metric: averages of seven days, or changes; none if it has no total. */
  List<PanelDrawing.Point> points(Metric metric, boolean asAverages) {
    int index = metrics.indexOf(metric);
    if (index < 0) {
      return List.of();
    }
    int column = columns.get(index);
    List<PanelDrawing.Point> points = new ArrayList<>();
    LocalDate last = null;
    for (Series.Period period : periods) {
      Number figure = period.figures().get(column + (asAverages ? width : 0));
      points.add(
          new PanelDrawing.Point(
              period.date(),
              figure == null ? null : figure.doubleValue(),
              asAverages || last == null ? 1 : interval.span(last, period.date())));
      last = period.figures().get(column + 2 * width) == null ? last : period.date();
    }
    return points;
  }
}
