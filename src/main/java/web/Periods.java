package web;

import covid.Interval;
import covid.Series;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A series as it is answered.
 *
 * @param country the country that it is of
 * @param synthetic true if the figures are invented; otherwise null
 * @param interval how long a period is
 * @param periods ascending
 */
public record Periods(
    String country, @Nullable Boolean synthetic, Interval interval, List<Series.Period> periods) {}
