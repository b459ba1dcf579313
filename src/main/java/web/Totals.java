package web;

import covid.Metric;
import covid.Series;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The latest figure of each metric.
 *
 * @param country their country
 * @param synthetic true if the figures are invented; otherwise null
 * @param cases cumulative cases
 * @param deaths cumulative deaths
 * @param recovered cumulative recovered
 * @param updatedAt when the set was published
 * @param chart the address of the chart
 * @param csv the address of the published set
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

  /**
   * The totals of a set.
   *
   * @param updatedAt when it was published
   */
  public static Totals of(Series series, Instant updatedAt) {
    return new Totals(
        series.country(),
        series.isSynthetic() ? true : null,
        series.latest(Metric.CASES),
        series.latest(Metric.DEATHS),
        series.latest(Metric.RECOVERED),
        updatedAt,
        "chart.png",
        "CovidData.csv");
  }
}
