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

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
