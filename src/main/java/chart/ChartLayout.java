package chart;

import covid.Day;
import covid.Metric;
import covid.Series;
import java.awt.Color;
import java.awt.Font;
import java.awt.Rectangle;
import java.awt.Shape;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.LegendItem;
import org.jfree.chart.LegendItemCollection;
import org.jfree.chart.block.BlockBorder;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYAreaRenderer;
import org.jfree.chart.title.LegendTitle;
import org.jfree.chart.title.TextTitle;
import org.jfree.chart.ui.HorizontalAlignment;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;

/** The content and layout of the comparison chart: titles, legend, areas, and credit. */
final class ChartLayout {
  private static final String SOURCES = "Sources: New York Times; Johns Hopkins CSSE";
  private static final String NO_SOURCES = "Synthetic: these figures are invented";

  private static final DateTimeFormatter LONG_DATE =
      DateTimeFormatter.ofPattern("d MMMM yyyy", Locale.ENGLISH);

  /** Characters that XML cannot contain or no font can show. */
  private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\\p{Cs}\\p{Cn}]");

  private ChartLayout() {}

  /** The chart of a series. */
  static JFreeChart of(Series series) {
    JFreeChart chart = new JFreeChart(null, null, plot(series), false);
    chart.setBackgroundPaint(Color.WHITE);
    chart.setPadding(new RectangleInsets(20, 24, 16, 36));
    chart.setTextAntiAlias(true);
    chart.addSubtitle(line(title(series), ChartLook.font(Font.BOLD, 26), ChartLook.INK));
    chart.addSubtitle(line(asOf(series), ChartLook.font(Font.PLAIN, 15), ChartLook.PALE_INK));
    chart.addSubtitle(legend(chart.getXYPlot()));
    String credit = series.isSynthetic() ? NO_SOURCES : SOURCES;
    TextTitle sources = line(credit, ChartLook.font(Font.PLAIN, 13), ChartLook.PALE_INK);
    sources.setPosition(RectangleEdge.BOTTOM);
    chart.addSubtitle(sources);
    return chart;
  }

  private static TextTitle line(String text, Font font, Color color) {
    TextTitle line = new TextTitle(text, font);
    line.setPaint(color);
    line.setHorizontalAlignment(HorizontalAlignment.LEFT);
    line.setPadding(0, 0, 6, 0);
    return line;
  }

  /** The title of the chart, in one line. */
  static String title(Series series) {
    return (series.isSynthetic() ? "SYNTHETIC · " : "")
        + "COVID-19 · "
        + UNPRINTABLE.matcher(series.country()).replaceAll(" ");
  }

  /** The day of the latest figures, and of the last figures of discontinued metrics. */
  static String asOf(Series series) {
    List<Day> days = series.days();
    List<String> parts = new ArrayList<>();
    parts.add("As of " + LONG_DATE.format(days.get(days.size() - 1).date()));
    for (Metric metric : Metric.PUBLISHED) {
      if (series.isDiscontinued(metric)) {
        parts.add(metric + ": last reported " + LONG_DATE.format(series.latest(metric).asOf()));
      }
    }
    return String.join("; ", parts);
  }

  private static XYPlot plot(Series series) {
    StackedDays stack = StackedDays.of(series);
    // Each area reaches down to zero; the plot draws the topmost first and the lowest last.
    XYAreaRenderer areas = new XYAreaRenderer(XYAreaRenderer.AREA);
    areas.setOutline(true);
    for (int i = 0; i < stack.metrics().size(); i++) {
      Color color = ChartLook.color(stack.metrics().get(i));
      areas.setSeriesPaint(i, color);
      areas.setSeriesOutlinePaint(i, color.darker());
      areas.setSeriesOutlineStroke(i, ChartLook.OUTLINE);
    }
    XYPlot plot =
        new XYPlot(
            stack.edges(), ChartAxes.time(series.days()), ChartAxes.persons(stack.height()), areas);
    plot.setBackgroundPaint(Color.WHITE);
    plot.setOutlineVisible(false);
    plot.setDomainGridlinesVisible(false);
    plot.setRangeGridlinePaint(ChartLook.GRID);
    plot.setRangeGridlineStroke(ChartLook.OUTLINE);
    plot.setAxisOffset(RectangleInsets.ZERO_INSETS);
    plot.setFixedLegendItems(legendItems());
    return plot;
  }

  private static LegendItemCollection legendItems() {
    LegendItemCollection items = new LegendItemCollection();
    Shape box = new Rectangle(-8, -7, 16, 14);
    for (Metric metric : Metric.PUBLISHED) {
      Color color = ChartLook.color(metric);
      items.add(
          new LegendItem(
              name(metric), null, null, null, box, color, ChartLook.OUTLINE, color.darker()));
    }
    return items;
  }

  private static String name(Metric metric) {
    String name = metric.toString();
    return Character.toUpperCase(name.charAt(0)) + name.substring(1);
  }

  private static LegendTitle legend(XYPlot plot) {
    LegendTitle legend = new LegendTitle(plot);
    legend.setItemFont(ChartLook.font(Font.PLAIN, 15));
    legend.setItemPaint(ChartLook.INK);
    legend.setItemLabelPadding(new RectangleInsets(2, 4, 2, 20));
    legend.setPosition(RectangleEdge.TOP);
    legend.setHorizontalAlignment(HorizontalAlignment.LEFT);
    legend.setFrame(BlockBorder.NONE);
    legend.setPadding(0, 0, 12, 0);
    return legend;
  }
}
