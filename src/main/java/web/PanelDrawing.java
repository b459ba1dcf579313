package web;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A panel of the page as SVG, in numbers: two layers of the same place, one that is stretched to
 * it, with the figures, and one that is not, with the axes.
 *
 * @param first the day at the left edge
 * @param days between the edges
 * @param margin days to the left of the first figure and to the right of the last one
 * @param axis of the figures
 */
record PanelDrawing(LocalDate first, long days, double margin, FigureAxis axis) {
  /** The height of the stretched layer, about that of a panel in pixels. */
  static final int HEIGHT = 300;

  /** As a part of the axis, where the panel is small. */
  private static final double WIDTH_OF_LETTER = 0.02;

  /** With more bars there is no room between them. */
  private static final int FEW_BARS = 120;

  /**
   * A figure of a day.
   *
   * @param value null if there is none
   * @param span of how many periods it is: of more than one after periods without a figure
   */
  record Point(LocalDate date, @Nullable Double value, long span) {
    /** How it is drawn: by the period, beside those of others; null if there is none. */
    @Nullable Double height() {
      return value == null ? null : value / span;
    }
  }

  /**
   * A word beside an axis.
   *
   * @param at its place, in percent of the axis
   * @param under a second word under it; empty if none
   */
  record Label(String at, String says, String under) {}

  /**
   * A line through a day where something about the figures has changed.
   *
   * @param at its place, in percent of the axis
   * @param says what has changed
   * @param isAfter whether there is room for that to the right of the line
   */
  record Turn(String at, String says, boolean isAfter) {}

  /** The width of the stretched layer: a unit a day. */
  String width() {
    return decimal(days + 2 * margin);
  }

  private double x(LocalDate date) {
    return date.toEpochDay() - first.toEpochDay() + margin;
  }

  private long y(double value) {
    return Math.round(axis.fromTop(value) * HEIGHT);
  }

  /** A bar for each figure, as the path of their areas. */
  String bars(List<Point> points) {
    double width = 2 * margin * (points.size() < FEW_BARS ? 0.8 : 1);
    long base = y(0);
    StringBuilder path = new StringBuilder();
    double pen = Double.NaN;
    for (Point point : points) {
      if (point.height() != null && y(point.height()) != base) {
        double left = x(point.date()) - width / 2;
        // Bars that touch are one shape: it is drawn, and sent, sooner.
        path.append(left == pen ? "" : closed(path, base) + "M" + decimal(left) + " " + base);
        path.append("V").append(y(point.height())).append("h").append(decimal(width));
        pen = left + width;
      }
    }
    return path + closed(path, base);
  }

  private static String closed(StringBuilder path, long base) {
    return path.isEmpty() ? "" : "V" + base + "Z";
  }

  /** A line through all figures, which ends where a day has none. */
  String line(List<Point> points) {
    StringBuilder path = new StringBuilder();
    double x = 0;
    long y = 0;
    boolean isDown = false;
    for (Point point : points) {
      if (point.height() != null) {
        double nextX = x(point.date());
        long nextY = y(point.height());
        path.append(
            isDown
                ? "l" + decimal(nextX - x) + (nextY < y ? "" : " ") + (nextY - y)
                : "M" + decimal(nextX) + " " + nextY);
        x = nextX;
        y = nextY;
      }
      isDown = point.height() != null;
    }
    return path.toString();
  }

  /** The words under the days. */
  List<Label> days(List<LocalDate> ticks, boolean asMonths) {
    List<Label> labels = new ArrayList<>();
    int year = 0;
    for (LocalDate tick : ticks) {
      labels.add(
          new Label(
              percent(x(tick) / (days + 2 * margin)),
              asMonths ? ReaderWords.month(tick) : ReaderWords.dayOfYear(tick),
              tick.getYear() == year ? "" : String.valueOf(tick.getYear())));
      year = tick.getYear();
    }
    return labels;
  }

  /** A line through a day, and what it says. */
  Turn turn(LocalDate date, String says) {
    double at = x(date) / (days + 2 * margin);
    return new Turn(percent(at), says, at + WIDTH_OF_LETTER * (says.length() + 1) < 1);
  }

  /** The words beside the figures, and the lines behind them. */
  List<Label> figures() {
    return axis.ticks().stream()
        .map(value -> new Label(percent(axis.fromTop(value)), ReaderWords.roughly(value), ""))
        .toList();
  }

  private static String percent(double share) {
    return decimal(share * 100) + "%";
  }

  private static String decimal(double value) {
    return value == Math.rint(value) ? String.valueOf((long) value) : withDigits(value);
  }

  private static String withDigits(double value) {
    return String.format(Locale.ROOT, "%.2f", value).replaceAll("\\.?0+$", "");
  }
}
