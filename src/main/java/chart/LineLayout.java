package chart;

import java.awt.BasicStroke;
import java.util.List;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/** The content and layout of a chart with a line for each of several places. */
final class LineLayout {
  private static final BasicStroke STROKE =
      new BasicStroke(2, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);

  private LineLayout() {}

  /** The drawing of a comparison. */
  static Drawing of(Comparison comparison, String credit) {
    String title = ChartLayout.title(comparison.title(), comparison.synthetic());
    String asOf = comparison.unit() + "; as of " + ChartLayout.longDate(comparison.lastDay());
    JFreeChart chart =
        ChartLayout.frame(
            plot(comparison), title, asOf, ChartLayout.credit(comparison.synthetic(), credit));
    return new Drawing(
        chart, "%s. %s. %s".formatted(title, String.join(", ", names(comparison)), asOf));
  }

  private static XYPlot plot(Comparison comparison) {
    XYSeriesCollection lines = new XYSeriesCollection();
    XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(true, false);
    for (int i = 0; i < comparison.lines().size(); i++) {
      lines.addSeries(line(i, comparison.lines().get(i)));
      renderer.setSeriesPaint(i, ChartLook.line(i));
      renderer.setSeriesStroke(i, STROKE);
    }
    XYPlot plot =
        ChartLayout.plot(
            lines,
            ChartAxes.time(comparison.firstDay(), comparison.lastDay()),
            ChartAxes.figures(
                comparison.unit(),
                lines.getRangeLowerBound(false),
                lines.getRangeUpperBound(false)),
            renderer);
    plot.setFixedLegendItems(ChartLayout.legendItems(names(comparison), i -> ChartLook.line(i)));
    return plot;
  }

  private static List<String> names(Comparison comparison) {
    return comparison.lines().stream().map(line -> ChartLayout.printable(line.name())).toList();
  }

  /** Days without a figure are left out: the line goes on to the next one. */
  private static XYSeries line(int key, Comparison.Line line) {
    XYSeries points = new XYSeries(key, false);
    for (Comparison.Point point : line.points()) {
      if (point.value() != null) {
        points.add((double) point.date().toEpochDay(), point.value().doubleValue());
      }
    }
    return points;
  }
}
