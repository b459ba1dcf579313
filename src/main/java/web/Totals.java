package web;

import covid.ArchivedSet;
import covid.Metric;
import covid.Series;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The latest figure of each metric.
 *
 * @param country the country that they are of
 * @param synthetic true if the figures are invented; otherwise null
 * @param cases persons infected since the start
 * @param deaths persons who died since the start
 * @param recovered persons recovered since the start
 * @param updatedAt when the set was archived
 * @param chart where the chart is
 * @param csv where the set is
 */
public record Totals(
    String country,
    @Nullable Boolean synthetic,
    Series.Figure cases,
    Series.Figure deaths,
    Series.Figure recovered,
    Instant updatedAt,
    String chart,
    String csv) {

  /** The totals of a set. */
  public static Totals of(ArchivedSet set) {
    Series series = set.series();
    return new Totals(
        series.country(),
        series.isSynthetic() ? true : null,
        series.latest(Metric.CASES),
        series.latest(Metric.DEATHS),
        series.latest(Metric.RECOVERED),
        set.updatedAt(),
        "chart.png",
        "CovidData.csv");
  }
}
