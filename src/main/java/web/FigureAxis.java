package web;

import java.util.ArrayList;
import java.util.List;

/**
 * An axis of figures, which ends where that of Chart.js does.
 *
 * @param lowest 0, or the lowest figure below it
 * @param highest a multiple of the step
 * @param step from one tick to the next
 */
record FigureAxis(double lowest, double highest, double step) {
  private static final int MOST_TICKS = 6;

  /**
   * The axis of figures.
   *
   * @param least the lowest one
   * @param most the highest one
   * @param whole whether they are whole numbers
   */
  static FigureAxis of(double least, double most, boolean whole) {
    double lowest = Math.min(0, least);
    double highest = Math.max(0, most);
    double top = highest > lowest ? highest : lowest + 1;
    double step = nice((top - lowest) / (MOST_TICKS - 1));
    double spaces = Math.ceil(top / step) - Math.floor(lowest / step);
    if (spaces > MOST_TICKS - 1) {
      step = nice(spaces * step / (MOST_TICKS - 1));
    }
    if (whole && step < 1) {
      step = 1;
    }
    return new FigureAxis(lowest, Math.ceil(top / step) * step, step);
  }

  /** The next number that is 1, 2 or 5 times a power of ten. */
  private static double nice(double value) {
    double power = Math.pow(10, Math.floor(Math.log10(value)));
    double fraction = value / power;
    return power * (fraction <= 1 ? 1 : fraction <= 2 ? 2 : fraction <= 5 ? 5 : 10);
  }

  /** The multiples of the step on the axis. */
  List<Double> ticks() {
    List<Double> ticks = new ArrayList<>();
    for (long i = (long) Math.ceil(lowest / step); i * step <= highest + step / 2; i++) {
      ticks.add(i * step);
    }
    return ticks;
  }

  /** How far down a figure is, from 0 at the top to 1. */
  double fromTop(double value) {
    return (highest - value) / (highest - lowest);
  }
}
