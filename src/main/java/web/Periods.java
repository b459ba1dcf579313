package web;

import covid.Interval;
import covid.Series;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The JSON of a series.
 *
 * @param country its country
 * @param synthetic true if the figures are invented; otherwise null
 * @param interval the length of a period
 * @param periods ascending
 */
public record Periods(
    String country, @Nullable Boolean synthetic, Interval interval, List<Series.Period> periods) {}
