package chart;

import covid.Day;
import java.awt.Font;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTickUnit;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.ui.RectangleInsets;

/** The axes of the comparison chart: days, and persons in round steps. */
final class ChartAxes {
  /** The maximum number of grid lines. */
  private static final int MOST_STEPS = 8;

  private ChartAxes() {}

  /** The days, ascending, from left to right. */
  static ValueAxis time(List<Day> days) {
    LocalDate first = days.get(0).date();
    LocalDate last = days.get(days.size() - 1).date();
    ValueAxis axis = new CalendarAxis("Date", first, last);
    axis.setMinorTickMarkOutsideLength(3);
    axis.setTickMarkOutsideLength(7);
    look(axis);
    return axis;
  }

  /** Persons, from zero to the step above a height. */
  static NumberAxis persons(double height) {
    NumberAxis axis = new NumberAxis("Persons since the start, stacked");
    double step = step(height);
    axis.setTickUnit(
        new NumberTickUnit(
            step, new DecimalFormat("#,##0", DecimalFormatSymbols.getInstance(Locale.ROOT))));
    axis.setRange(0, Math.max(1, Math.ceil(height / step)) * step);
    axis.setAxisLineVisible(false);
    axis.setTickMarksVisible(false);
    look(axis);
    return axis;
  }

  /**
   * The smallest of 1, 2, 5, 10, 20, 50, ... persons that reaches a height within the maximum
   * number of steps.
   */
  private static double step(double height) {
    double ten = 1;
    while (true) {
      for (int digit : new int[] {1, 2, 5}) {
        if (digit * ten * MOST_STEPS >= height) {
          return digit * ten;
        }
      }
      ten *= 10;
    }
  }

  private static void look(ValueAxis axis) {
    axis.setAxisLinePaint(ChartLook.INK);
    axis.setTickMarkPaint(ChartLook.INK);
    axis.setTickLabelFont(ChartLook.font(Font.PLAIN, 13));
    axis.setTickLabelPaint(ChartLook.INK);
    axis.setLabelFont(ChartLook.font(Font.PLAIN, 14));
    axis.setLabelPaint(ChartLook.PALE_INK);
    axis.setLabelInsets(new RectangleInsets(8, 8, 8, 8));
  }
}
