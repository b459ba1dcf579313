package web;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Where the axis of days has its ticks in a panel of the width of a phone, as in {@code ticks.js}.
 */
final class DayTicks {
  private static final int ROOM = 6;
  private static final int[] STEPS_IN_DAYS = {1, 2, 7, 14, 28};
  private static final int[] STEPS_IN_MONTHS = {1, 2, 3, 6, 12, 24, 60, 120};

  /** From so many days on, ticks are on the first of months. */
  private static final int MANY_DAYS = 100;

  private static final int DAYS_OF_MONTH = 30;
  private static final int MONTHS = 12;

  private DayTicks() {}

  static boolean areMonths(LocalDate first, LocalDate last) {
    return last.toEpochDay() - first.toEpochDay() >= MANY_DAYS;
  }

  static List<LocalDate> between(LocalDate first, LocalDate last) {
    return areMonths(first, last) ? months(first, last) : days(first, last);
  }

  private static List<LocalDate> days(LocalDate first, LocalDate last) {
    int step = step(STEPS_IN_DAYS, last.toEpochDay() - first.toEpochDay() + 1d);
    List<LocalDate> ticks = new ArrayList<>();
    for (LocalDate day = last; !day.isBefore(first); day = day.minusDays(step)) {
      ticks.add(0, day);
    }
    return ticks;
  }

  private static List<LocalDate> months(LocalDate first, LocalDate last) {
    int step =
        step(STEPS_IN_MONTHS, (last.toEpochDay() - first.toEpochDay()) / (double) DAYS_OF_MONTH);
    List<LocalDate> ticks = new ArrayList<>();
    for (LocalDate day = first.withDayOfMonth(1); !day.isAfter(last); day = day.plusMonths(1)) {
      int months = day.getYear() * MONTHS + day.getMonthValue() - 1;
      if (!day.isBefore(first) && months % step == 0) {
        ticks.add(day);
      }
    }
    return ticks;
  }

  private static int step(int[] steps, double count) {
    return IntStream.of(steps)
        .filter(step -> count / step <= ROOM)
        .findFirst()
        .orElse(steps[steps.length - 1]);
  }
}
