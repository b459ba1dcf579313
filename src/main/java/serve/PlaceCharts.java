package serve;

import chart.Comparison;
import chart.ComparisonChart;
import covid.Interval;
import covid.Measure;
import covid.Metric;
import covid.Series;
import covid.View;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import web.Answer;

/** Charts of chosen places. Each is drawn when it is asked for; the last ones are kept. */
public final class PlaceCharts {
  private static final int MOST_KEPT = 32;

  private final Map<String, Answer> drawn = LruMap.synchronizedMap(MOST_KEPT);
  private final ComparisonChart chart;
  private final Bulkhead bulkhead;

  /**
   * @param credit the sentence that names the sources
   * @param bulkhead limits how many callers wait for a chart
   */
  public PlaceCharts(String credit, Bulkhead bulkhead) {
    this(new ComparisonChart(credit), bulkhead);
  }

  /** Charts of the dataset of one place. */
  PlaceCharts(Bulkhead bulkhead) {
    this(new ComparisonChart(), bulkhead);
  }

  private PlaceCharts(ComparisonChart chart, Bulkhead bulkhead) {
    this.chart = chart;
    this.bulkhead = bulkhead;
  }

  /** What to draw: see {@link ComparisonChart}. */
  sealed interface Picture {
    byte[] png(ComparisonChart chart);

    String svg(ComparisonChart chart);
  }

  /** The metrics of a place, stacked. */
  record Stack(Series series, String name) implements Picture {
    @Override
    public byte[] png(ComparisonChart chart) {
      return chart.png(series, name);
    }

    @Override
    public String svg(ComparisonChart chart) {
      return chart.svg(series, name);
    }
  }

  /** A line for each place. */
  record Lines(Comparison comparison) implements Picture {
    @Override
    public byte[] png(ComparisonChart chart) {
      return chart.png(comparison);
    }

    @Override
    public String svg(ComparisonChart chart) {
      return chart.svg(comparison);
    }
  }

  /**
   * A picture as PNG.
   *
   * @param name the same for the same picture of the same set
   * @throws web.ProblemException with status 503 if too many callers wait
   */
  Answer png(String name, Picture picture) throws Exception {
    return kept("png " + name, () -> Answer.of("image/png", picture.png(chart)));
  }

  /** A picture as SVG; see {@link #png}. */
  Answer svg(String name, Picture picture) throws Exception {
    return kept("svg " + name, () -> Answer.of("image/svg+xml", picture.svg(chart)));
  }

  /** The metrics of a place. */
  static Picture stack(Selection.Chosen chosen) {
    return new Stack(chosen.series(), chosen.entry().name());
  }

  /**
   * A line of a metric for each place.
   *
   * @param selection with one measure
   * @param interval how far apart the days are
   */
  static Picture lines(Selection selection, Metric metric, Interval interval) {
    Measure measure = selection.measure().orElseThrow();
    String unit =
        switch (measure) {
          case TOTAL -> "Persons since the start";
          case CHANGE -> "Persons, change by " + interval;
          case AVERAGE -> "Persons by day, average of seven days";
        };
    return new Lines(
        new Comparison(
            metric.capitalized(),
            selection.perPopulation() ? unit + ", per 100,000" : unit,
            selection.places().stream()
                .map(chosen -> line(selection, chosen, metric, interval))
                .toList(),
            selection.places().get(0).series().isSynthetic()));
  }

  private static Comparison.Line line(
      Selection selection, Selection.Chosen chosen, Metric metric, Interval interval) {
    Series series = chosen.series();
    Measure measure = selection.measure().orElseThrow();
    int column = series.metrics().indexOf(metric);
    int total = column + series.metrics().size();
    View view = new View(List.of(measure, Measure.TOTAL), selection.view(chosen).population());
    List<Comparison.Point> points = new ArrayList<>();
    LocalDate last = null;
    for (Series.Period day : series.periods(view, Interval.DAY, LocalDate.MIN, LocalDate.MAX)) {
      Number figure = day.figures().get(column);
      points.add(
          new Comparison.Point(
              day.date(),
              figure == null || last == null || measure != Measure.CHANGE
                  ? figure
                  : byPeriod(figure, interval.span(last, day.date()))));
      last = day.figures().get(total) == null ? last : day.date();
    }
    return new Comparison.Line(chosen.entry().name(), points);
  }

  /**
   * A change since several periods is drawn by the period, beside those of others, as the page
   * does.
   */
  private static Number byPeriod(Number figure, long periods) {
    return periods == 1 ? figure : (Number) (figure.doubleValue() / periods);
  }

  private interface Drawing {
    Answer draw();
  }

  private Answer kept(String name, Drawing drawing) throws Exception {
    Answer known = drawn.get(name);
    return known == null ? bulkhead.call(() -> drawn(name, drawing)) : known;
  }

  /** One at a time: drawing needs memory and a processor. */
  private synchronized Answer drawn(String name, Drawing drawing) {
    Answer known = drawn.get(name);
    if (known != null) {
      return known;
    }
    Answer answer = drawing.draw();
    drawn.put(name, answer);
    return answer;
  }
}
