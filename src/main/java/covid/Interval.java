package covid;

import static java.time.temporal.TemporalAdjusters.firstDayOfMonth;
import static java.time.temporal.TemporalAdjusters.previousOrSame;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.Locale;

/** How long the periods of a series are. */
public enum Interval {
  DAY,
  /** From Monday to Sunday, as in ISO 8601. */
  WEEK,
  MONTH;

  /** The first day of the period that a day is in. */
  public LocalDate begin(LocalDate day) {
    return switch (this) {
      case DAY -> day;
      case WEEK -> day.with(previousOrSame(DayOfWeek.MONDAY));
      case MONTH -> day.with(firstDayOfMonth());
    };
  }

  /**
   * How many of these periods a change since an earlier figure is of: of more than one after
   * periods without a figure.
   *
   * @param from the day of the earlier figure
   * @param to the day of the later one
   * @return at least 1
   */
  public long span(LocalDate from, LocalDate to) {
    double days = to.toEpochDay() - from.toEpochDay();
    double length =
        switch (this) {
          case DAY -> 1;
          case WEEK -> 7;
          case MONTH -> 365.25 / 12;
        };
    return Math.max(1, Math.round(days / length));
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
