package covid;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Computes the figures of periods of a series. */
final class SeriesPeriods {
  /** The days of which an average is. */
  private static final int DAYS_OF_AVERAGE = 7;

  private final PlaceDays days;
  private final int[] reported;
  private final View view;

  /**
   * @param reported for how many days, from the first on, each metric is reported
   */
  SeriesPeriods(PlaceDays days, int[] reported, View view) {
    this.days = days;
    this.reported = reported;
    this.view = view;
  }

  /**
   * The figures of each period; see {@link Series#periods(View, Interval, LocalDate, LocalDate)}.
   */
  List<Series.Period> between(Interval interval, LocalDate from, LocalDate to) {
    List<Series.Period> periods = new ArrayList<>();
    int before = -1;
    for (int i = 0; i < days.size(); i++) {
      LocalDate date = days.date(i);
      if (date.isBefore(from)) {
        before = i;
      } else if (date.isAfter(to)) {
        break;
      } else if (isLast(i, interval, to)) {
        periods.add(period(before, i));
        before = i;
      }
    }
    return periods;
  }

  private boolean isLast(int i, Interval interval, LocalDate to) {
    if (i == days.size() - 1) {
      return true;
    }
    LocalDate next = days.date(i + 1);
    return next.isAfter(to) || !interval.begin(next).equals(interval.begin(days.date(i)));
  }

  private Series.Period period(int before, int last) {
    int metrics = reported.length;
    @Nullable Number[] figures = new Number[view.measures().size() * metrics];
    for (int i = 0; i < figures.length; i++) {
      int metric = i % metrics;
      int now = lastFigure(days, metric, Math.min(last, reported[metric] - 1), before);
      figures[i] = now < 0 ? null : figure(view.measures().get(i / metrics), metric, before, now);
    }
    return new Series.Period(days.date(last), Arrays.asList(figures));
  }

  private @Nullable Number figure(Measure measure, int metric, int before, int now) {
    if (measure == Measure.TOTAL) {
      return view.of(days.figure(metric, now).orElse(0));
    }
    int then =
        measure == Measure.CHANGE
            ? before
            : lastDay(days.date(now).minusDays(DAYS_OF_AVERAGE), now);
    then = lastFigure(days, metric, then, -1);
    if (then < 0) {
      return null;
    }
    long change = days.figure(metric, now).orElse(0) - days.figure(metric, then).orElse(0);
    return measure == Measure.CHANGE
        ? view.of(change)
        : view.average(change, (long) days.epochDay(now) - days.epochDay(then));
  }

  /** The index of the last day that is not after a date; negative if there is none. */
  private int lastDay(LocalDate date, int from) {
    int i = from;
    while (i >= 0 && days.date(i).isAfter(date)) {
      i--;
    }
    return i;
  }

  /** The index of the last figure up to a day and after another; negative if there is none. */
  static int lastFigure(PlaceDays days, int metric, int last, int before) {
    for (int i = last; i > before; i--) {
      if (days.figure(metric, i).isPresent()) {
        return i;
      }
    }
    return -1;
  }
}
