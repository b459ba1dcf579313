package covid;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The figures of one country over time.
 *
 * <p>A cumulative count cannot fall to zero. If a metric does, and stays zero to the end, the
 * source has discontinued it: from then on it counts as not reported.
 */
public final class Series {
  private final List<Day> days;
  private final boolean synthetic;
  private final Map<Metric, Integer> reported = new HashMap<>();

  /**
   * Figures that a source has counted.
   *
   * @param days ascending, at least one
   */
  public Series(List<Day> days) {
    this(days, false);
  }

  /**
   * @param days ascending, at least one
   * @param synthetic whether the figures are invented
   */
  public Series(List<Day> days, boolean synthetic) {
    if (days.isEmpty()) {
      throw new IllegalArgumentException("A series has at least one day.");
    }
    this.days = List.copyOf(days);
    this.synthetic = synthetic;
    for (Metric metric : Metric.PUBLISHED) {
      reported.put(metric, reportedDays(metric));
    }
  }

  /** For how many days, from the first on, the metric is reported; all if it was never positive. */
  private int reportedDays(Metric metric) {
    for (int i = days.size(); i > 0; i--) {
      if (days.get(i - 1).figure(metric).orElse(0) != 0) {
        return i;
      }
    }
    return days.size();
  }

  private int reported(Metric metric) {
    return reported.getOrDefault(metric, days.size());
  }

  /** The days, ascending. */
  public List<Day> days() {
    return days;
  }

  /** The country that the figures are of. */
  public String country() {
    return last().place().name();
  }

  /** Whether the figures are invented, so that no source is credited with them. */
  public boolean isSynthetic() {
    return synthetic;
  }

  /** Whether the source no longer reports a metric. */
  public boolean isDiscontinued(Metric metric) {
    return reported(metric) < days.size();
  }

  /** The last reported figure of a metric. */
  public Figure latest(Metric metric) {
    Day day = days.get(reported(metric) - 1);
    return new Figure(
        day.figure(metric).orElse(0), day.date(), isDiscontinued(metric) ? true : null);
  }

  /**
   * A figure and its day.
   *
   * @param value the cumulative count
   * @param asOf the day
   * @param discontinued true if the source no longer reports this metric; otherwise null
   */
  public record Figure(long value, LocalDate asOf, @Nullable Boolean discontinued) {}

  /**
   * The last figures reported in a period, and their change since the period before. A figure is
   * null if none was reported; a change also if there is no earlier day to compare with.
   *
   * @param date the last day of the period in the series
   */
  public record Period(
      LocalDate date,
      @Nullable Long cases,
      @Nullable Long deaths,
      @Nullable Long recovered,
      @Nullable Long newCases,
      @Nullable Long newDeaths,
      @Nullable Long newRecovered) {}

  /**
   * The figures of each period. A period that begins before {@code from} or ends after {@code to}
   * is cut there.
   *
   * @param from first day, inclusive
   * @param to last day, inclusive
   */
  public List<Period> periods(Interval interval, LocalDate from, LocalDate to) {
    List<Period> periods = new ArrayList<>();
    int before = -1;
    for (int i = 0; i < days.size(); i++) {
      LocalDate date = days.get(i).date();
      if (date.isBefore(from)) {
        before = i;
      } else if (date.isAfter(to)) {
        break;
      } else if (isLast(i, interval, to)) {
        periods.add(period(i, before));
        before = i;
      }
    }
    return periods;
  }

  private boolean isLast(int i, Interval interval, LocalDate to) {
    if (i == days.size() - 1) {
      return true;
    }
    LocalDate next = days.get(i + 1).date();
    return next.isAfter(to) || !interval.begin(next).equals(interval.begin(days.get(i).date()));
  }

  private Period period(int i, int before) {
    return new Period(
        days.get(i).date(),
        figure(Metric.CASES, i, before),
        figure(Metric.DEATHS, i, before),
        figure(Metric.RECOVERED, i, before),
        change(Metric.CASES, i, before),
        change(Metric.DEATHS, i, before),
        change(Metric.RECOVERED, i, before));
  }

  /** The last figure reported after one day and up to another. */
  private @Nullable Long figure(Metric metric, int i, int before) {
    int last = Math.min(i, reported(metric) - 1);
    return last > before ? days.get(last).figures().get(metric) : null;
  }

  private @Nullable Long change(Metric metric, int i, int before) {
    Long now = figure(metric, i, before);
    Long then = before < 0 ? null : days.get(before).figures().get(metric);
    return now == null || then == null ? null : (Long) (now - then);
  }

  private Day last() {
    return days.get(days.size() - 1);
  }
}
