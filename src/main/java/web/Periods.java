package web;

import covid.Interval;
import covid.Series;
import covid.View;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The JSON of the series of the only place.
 *
 * @param country its country
 * @param synthetic true if the figures are invented; otherwise null
 * @param interval the length of a period
 * @param periods ascending
 */
public record Periods(
    String country, @Nullable Boolean synthetic, Interval interval, PeriodTable periods) {

  /** Totals and changes of a series. */
  public static Periods of(Series series, Interval interval, List<Series.Period> periods) {
    return new Periods(
        series.country(),
        series.isSynthetic() ? true : null,
        interval,
        new PeriodTable(series.metrics(), View.PLAIN.measures(), periods));
  }
}
