package chart;

import covid.Metric;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.util.List;
import java.util.Map;

/** Colours, lines and fonts of the comparison chart. */
final class ChartLook {
  /**
   * From the palette of Okabe and Ito, for all kinds of colour vision; the dashboard uses the same.
   */
  private static final Map<Metric, Color> COLORS =
      Map.of(
          Metric.CASES, new Color(0x0072B2),
          Metric.DEATHS, new Color(0xD55E00),
          Metric.RECOVERED, new Color(0x009E73));

  /** The colours of lines, from the same palette. */
  private static final List<Color> LINES =
      List.of(
          new Color(0x0072B2),
          new Color(0xD55E00),
          new Color(0x009E73),
          new Color(0xCC79A7),
          new Color(0xE69F00),
          new Color(0x56B4E9));

  static final BasicStroke OUTLINE = new BasicStroke(1);
  static final Color INK = new Color(0x222222);
  static final Color PALE_INK = new Color(0x555555);
  static final Color GRID = new Color(0xDDDDDD);

  private ChartLook() {}

  /** The colour of a metric's area. */
  static Color color(Metric metric) {
    return COLORS.getOrDefault(metric, PALE_INK);
  }

  /** The colour of a line. */
  static Color line(int number) {
    return LINES.get(number % LINES.size());
  }

  /** The font of all texts. */
  static Font font(int style, int size) {
    return new Font(Font.SANS_SERIF, style, size);
  }
}
