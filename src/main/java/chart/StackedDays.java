package chart;

import covid.Day;
import covid.Metric;
import covid.Series;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/**
 * The stacked figures of a series.
 *
 * <p>A discontinued metric is on top of those that continue, and the one that ended first is
 * topmost, so no other area falls where it ends.
 *
 * @param metrics from the lowest to the topmost
 * @param edges the upper edge of each metric, in this order: x in days since 1970-01-01, y in
 *     persons. It begins half a day before the first day, so that even a single day has an area,
 *     and ends half a day after the last one, or with the last day that the metric is reported for.
 */
record StackedDays(List<Metric> metrics, XYSeriesCollection edges) {
  /** The order if all are reported to the end: deaths are few, and visible only at the bottom. */
  private static final List<Metric> ORDER = List.of(Metric.DEATHS, Metric.CASES, Metric.RECOVERED);

  static StackedDays of(Series series) {
    Comparator<Metric> lastReportedFirst =
        Comparator.comparing((Metric metric) -> series.latest(metric).asOf()).reversed();
    List<Metric> metrics =
        Stream.concat(ORDER.stream(), series.metrics().stream())
            .distinct()
            .filter(series.metrics()::contains)
            .filter(metric -> series.find(metric).isPresent())
            .sorted(lastReportedFirst)
            .toList();
    XYSeriesCollection edges = new XYSeriesCollection();
    for (int i = 0; i < metrics.size(); i++) {
      edges.addSeries(edge(metrics.subList(0, i + 1), series));
    }
    return new StackedDays(metrics, edges);
  }

  private static XYSeries edge(List<Metric> metrics, Series series) {
    Metric topmost = metrics.get(metrics.size() - 1);
    LocalDate end = series.latest(topmost).asOf();
    List<Day> days = series.days().stream().takeWhile(day -> !day.date().isAfter(end)).toList();
    Day first = days.get(0);
    XYSeries edge = new XYSeries(topmost, false);
    edge.add(first.date().toEpochDay() - 0.5, height(metrics, first));
    for (Day day : days) {
      edge.add((double) day.date().toEpochDay(), height(metrics, day));
    }
    if (!series.isDiscontinued(topmost)) {
      edge.add(end.toEpochDay() + 0.5, height(metrics, days.get(days.size() - 1)));
    }
    return edge;
  }

  /** The largest sum of all metrics, in persons. */
  double height() {
    return edges.getRangeUpperBound(false);
  }

  private static double height(List<Metric> metrics, Day day) {
    return metrics.stream().mapToDouble(metric -> day.figure(metric).orElse(0)).sum();
  }
}
