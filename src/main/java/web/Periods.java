package web;

import covid.Interval;
import covid.Series;
import java.util.List;

/**
 * A series as it is answered.
 *
 * @param country the country that it is of
 * @param interval how long a period is
 * @param periods ascending
 */
public record Periods(String country, Interval interval, List<Series.Period> periods) {}
