package chart;

import java.awt.Font;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.LocalDate;
import java.util.Locale;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTickUnit;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.ui.RectangleInsets;

/** The axes of the comparison chart: days, and persons in round steps. */
final class ChartAxes {
  /** The maximum number of grid lines. */
  private static final int MOST_STEPS = 8;

  private static final double LEAST_STEP = 0.001;

  private ChartAxes() {}

  /** The days from left to right. */
  static ValueAxis time(LocalDate first, LocalDate last) {
    ValueAxis axis = new CalendarAxis("Date", first, last);
    axis.setMinorTickMarkOutsideLength(3);
    axis.setTickMarkOutsideLength(7);
    look(axis);
    return axis;
  }

  /** Persons, from zero to the step above a height. */
  static NumberAxis persons(double height) {
    double step = step(height, 1);
    return axis("Persons since the start, stacked", 0, steps(height, step), step);
  }

  /** Figures, from the step below the lowest one, or zero, to the step above the highest one. */
  static NumberAxis figures(String unit, double lowest, double highest) {
    // Where there are no figures, they are not numbers.
    double low = lowest < 0 ? lowest : 0;
    double high = highest > 0 ? highest : 0;
    double step = step(high - low, LEAST_STEP);
    return axis(unit, Math.floor(low / step) * step, steps(high, step), step);
  }

  private static double steps(double height, double step) {
    return Math.max(1, Math.ceil(height / step)) * step;
  }

  private static NumberAxis axis(String unit, double low, double high, double step) {
    NumberAxis axis = new NumberAxis(unit);
    axis.setTickUnit(
        new NumberTickUnit(
            step, new DecimalFormat("#,##0.###", DecimalFormatSymbols.getInstance(Locale.ROOT))));
    axis.setRange(low, high);
    axis.setAxisLineVisible(false);
    axis.setTickMarksVisible(false);
    look(axis);
    return axis;
  }

  /**
   * The smallest of 1, 2, 5, 10, 20, 50, ... times the least step that reaches a height within the
   * maximum number of steps.
   */
  private static double step(double height, double least) {
    double ten = least;
    while (true) {
      for (int digit : new int[] {1, 2, 5}) {
        if (!(digit * ten * MOST_STEPS < height)) {
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
