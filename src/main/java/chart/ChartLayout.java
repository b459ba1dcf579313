package chart;

import covid.Day;
import covid.Metric;
import covid.Series;
import java.awt.Color;
import java.awt.Font;
import java.awt.Rectangle;
import java.awt.Shape;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.regex.Pattern;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.LegendItem;
import org.jfree.chart.LegendItemCollection;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.block.BlockBorder;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYAreaRenderer;
import org.jfree.chart.renderer.xy.XYItemRenderer;
import org.jfree.chart.title.LegendTitle;
import org.jfree.chart.title.TextTitle;
import org.jfree.chart.ui.HorizontalAlignment;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.data.xy.XYDataset;

/** The content and layout of a chart: titles, legend, credit, and the areas of a series. */
final class ChartLayout {
  private static final String NO_SOURCES = "Synthetic: these figures are invented";

  private static final DateTimeFormatter LONG_DATE =
      DateTimeFormatter.ofPattern("d MMMM yyyy", Locale.ENGLISH);

  /** Characters that XML cannot contain or no font can show. */
  private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\\p{Cs}\\p{Cn}]");

  private ChartLayout() {}

  /** The drawing of a series. */
  static Drawing of(Series series, String name, String credit) {
    String title = title(name, series.isSynthetic());
    String asOf = asOf(series);
    JFreeChart chart = frame(plot(series), title, asOf, credit(series.isSynthetic(), credit));
    return new Drawing(chart, title + ". " + asOf);
  }

  /** The sentence that names the sources, if there are any. */
  static String credit(boolean synthetic, String credit) {
    return synthetic ? NO_SOURCES : credit;
  }

  /** A chart with its texts. */
  static JFreeChart frame(XYPlot plot, String title, String asOf, String credit) {
    JFreeChart chart = new JFreeChart(null, null, plot, false);
    chart.setBackgroundPaint(Color.WHITE);
    chart.setPadding(new RectangleInsets(20, 24, 16, 36));
    chart.setTextAntiAlias(true);
    chart.addSubtitle(line(title, ChartLook.font(Font.BOLD, 26), ChartLook.INK));
    chart.addSubtitle(line(asOf, ChartLook.font(Font.PLAIN, 15), ChartLook.PALE_INK));
    chart.addSubtitle(legend(plot));
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

  /** The title of a chart, in one line. */
  static String title(String name, boolean synthetic) {
    return (synthetic ? "SYNTHETIC · " : "") + "COVID-19 · " + printable(name);
  }

  /** A text without characters that cannot be shown. */
  static String printable(String text) {
    return UNPRINTABLE.matcher(text).replaceAll(" ");
  }

  static String longDate(LocalDate date) {
    return LONG_DATE.format(date);
  }

  /** The day of the latest figures, and of the last figures of discontinued metrics. */
  static String asOf(Series series) {
    List<Day> days = series.days();
    List<String> parts = new ArrayList<>();
    parts.add("As of " + LONG_DATE.format(days.get(days.size() - 1).date()));
    for (Metric metric : reported(series)) {
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
    LocalDate first = series.days().get(0).date();
    LocalDate last = series.days().get(series.days().size() - 1).date();
    XYPlot plot =
        plot(stack.edges(), ChartAxes.time(first, last), ChartAxes.persons(stack.height()), areas);
    List<Metric> metrics = reported(series);
    plot.setFixedLegendItems(
        legendItems(
            metrics.stream().map(Metric::capitalized).toList(),
            i -> ChartLook.color(metrics.get(i))));
    return plot;
  }

  /** The metrics that any day has a figure of. */
  private static List<Metric> reported(Series series) {
    return series.metrics().stream().filter(metric -> series.find(metric).isPresent()).toList();
  }

  /** A plot with axes. */
  static XYPlot plot(XYDataset data, ValueAxis time, ValueAxis figures, XYItemRenderer renderer) {
    XYPlot plot = new XYPlot(data, time, figures, renderer);
    plot.setBackgroundPaint(Color.WHITE);
    plot.setOutlineVisible(false);
    plot.setDomainGridlinesVisible(false);
    plot.setRangeGridlinePaint(ChartLook.GRID);
    plot.setRangeGridlineStroke(ChartLook.OUTLINE);
    plot.setAxisOffset(RectangleInsets.ZERO_INSETS);
    return plot;
  }

  static LegendItemCollection legendItems(List<String> names, IntFunction<Color> colors) {
    LegendItemCollection items = new LegendItemCollection();
    Shape box = new Rectangle(-8, -7, 16, 14);
    for (int i = 0; i < names.size(); i++) {
      Color color = colors.apply(i);
      items.add(
          new LegendItem(
              names.get(i), null, null, null, box, color, ChartLook.OUTLINE, color.darker()));
    }
    return items;
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
