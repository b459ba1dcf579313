package chart;

import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jfree.chart.axis.AxisState;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTick;
import org.jfree.chart.axis.TickType;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.TextAnchor;

/**
 * A time axis in days since 1970-01-01, independent of time zones. It begins half a day before the
 * first date and ends half a day after the last. Its ticks are days or months, with as many labels
 * as fit on a thousand pixels, for up to about fifteen years.
 */
final class CalendarAxis extends NumberAxis {
  private static final long serialVersionUID = 1;
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("d MMM yyyy", Locale.ENGLISH);
  private static final DateTimeFormatter MONTH =
      DateTimeFormatter.ofPattern("MMM yyyy", Locale.ENGLISH);

  /** Series up to this length have a tick for each day. */
  private static final long MOST_DAYS = 60;

  private final LocalDate first;
  private final LocalDate last;

  CalendarAxis(String label, LocalDate first, LocalDate last) {
    super(label);
    this.first = first;
    this.last = last;
    setRange(first.toEpochDay() - 0.5, last.toEpochDay() + 0.5);
    setMinorTickMarksVisible(true);
  }

  @Override
  public List<NumberTick> refreshTicks(
      Graphics2D graphics, AxisState state, Rectangle2D dataArea, RectangleEdge edge) {
    long length = last.toEpochDay() - first.toEpochDay() + 1;
    return length <= MOST_DAYS ? days(length <= 8 ? 1 : 7) : months(labelledMonths(length));
  }

  private static int labelledMonths(long length) {
    return length <= 366 ? 1 : length <= 3 * 366 ? 3 : 12;
  }

  /** A tick for each day, with a label at regular steps from the first on. */
  private List<NumberTick> days(int labelled) {
    List<NumberTick> ticks = new ArrayList<>();
    for (LocalDate day = first; !day.isAfter(last); day = day.plusDays(1)) {
      boolean label = (day.toEpochDay() - first.toEpochDay()) % labelled == 0;
      ticks.add(tick(day, label ? DAY.format(day) : ""));
    }
    return ticks;
  }

  /** A tick for the first day of each month, with a label at regular steps from January on. */
  private List<NumberTick> months(int labelled) {
    List<NumberTick> ticks = new ArrayList<>();
    LocalDate begin = first.minusDays(1).plusMonths(1).withDayOfMonth(1);
    for (LocalDate month = begin; !month.isAfter(last); month = month.plusMonths(1)) {
      boolean label = (month.getMonthValue() - 1) % labelled == 0;
      ticks.add(tick(month, label ? MONTH.format(month) : ""));
    }
    return ticks;
  }

  private static NumberTick tick(LocalDate date, String label) {
    TickType type = label.isEmpty() ? TickType.MINOR : TickType.MAJOR;
    return new NumberTick(
        type, date.toEpochDay(), label, TextAnchor.TOP_CENTER, TextAnchor.TOP_CENTER, 0);
  }
}
