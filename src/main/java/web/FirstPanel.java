package web;

import covid.KnownBreak;
import covid.Metric;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A panel of the first picture: what is new of a metric, a bar a day under the average of seven
 * days; of several places, a line for each.
 *
 * @param key the metric
 * @param head the class of its head
 * @param title what it shows
 * @param unit what the figures count
 * @param headline the latest figures; null of several places
 * @param says what the picture shows, or why there is none, in words
 * @param picture null if there is no figure
 */
record FirstPanel(
    String key,
    String head,
    String title,
    String unit,
    @Nullable Headline headline,
    String says,
    @Nullable Picture picture) {

  /**
   * The picture.
   *
   * @param shapes in the order of painting
   */
  record Picture(
      String width,
      int height,
      List<PanelDrawing.Label> figures,
      List<PanelDrawing.Label> days,
      List<PanelDrawing.Turn> turns,
      List<Shape> shapes) {}

  /**
   * A shape of the stretched layer.
   *
   * @param look its classes
   */
  record Shape(String look, String path) {}

  private static final int DAYS_OF_WEEK = 7;

  static FirstPanel of(FirstPicture page, Metric metric) {
    boolean daily = page.isDaily();
    String title = metric.equals(Metric.RECOVERED) ? "Newly recovered" : "New " + metric.name();
    String unit =
        !daily
            ? "a week"
            : page.isCompared() ? "a day, 7-day average" : "a day; line: 7-day average";
    Picture picture = picture(page, metric);
    return new FirstPanel(
        metric.name(),
        page.isCompared() ? "of-places" : metric.name(),
        title,
        unit,
        page.isCompared() ? null : Headline.of(page.places().get(0), metric, daily),
        picture == null
            ? metric.capitalized() + ": not reported for these days."
            : "%s, %s, %s to %s"
                .formatted(
                    title, unit, ReaderWords.day(page.firstDay()), ReaderWords.day(page.lastDay())),
        picture);
  }

  private static @Nullable Picture picture(FirstPicture page, Metric metric) {
    boolean daily = page.isDaily();
    boolean compared = page.isCompared();
    List<List<PanelDrawing.Point>> lines =
        page.places().stream().map(place -> place.points(metric, daily)).toList();
    List<PanelDrawing.Point> bars =
        compared ? List.of() : page.places().get(0).points(metric, false);
    List<Double> values =
        Stream.concat(lines.stream().flatMap(List::stream), bars.stream())
            .flatMap(point -> Stream.ofNullable(point.height()))
            .toList();
    if (values.isEmpty()) {
      return null;
    }
    LocalDate first = page.firstDay();
    LocalDate last = page.lastDay();
    double margin = compared && !first.equals(last) ? 0 : daily ? 0.5 : DAYS_OF_WEEK / 2d;
    PanelDrawing drawing =
        new PanelDrawing(
            first,
            last.toEpochDay() - first.toEpochDay(),
            margin,
            FigureAxis.of(
                values.stream().mapToDouble(Double::doubleValue).min().orElse(0),
                values.stream().mapToDouble(Double::doubleValue).max().orElse(0),
                !compared));
    return new Picture(
        drawing.width(),
        PanelDrawing.HEIGHT,
        drawing.figures(),
        drawing.days(DayTicks.between(first, last), DayTicks.areMonths(first, last)),
        turns(page, metric, drawing),
        shapes(metric, drawing, bars, lines, daily, compared));
  }

  /**
   * Known changes of the figures: where the metric of the only place ends, and the known breaks.
   */
  private static List<PanelDrawing.Turn> turns(
      FirstPicture page, Metric metric, PanelDrawing drawing) {
    Stream<PanelDrawing.Turn> end =
        page.isCompared()
            ? Stream.empty()
            : page.places().get(0).latest(metric).stream()
                .filter(ShownPlace.Latest::ended)
                .map(latest -> drawing.turn(latest.asOf(), metric.capitalized() + " ends"));
    List<KnownBreak> breaks = page.knownHere();
    return Stream.concat(
            end,
            IntStream.range(0, breaks.size())
                .mapToObj(i -> drawing.turn(breaks.get(i).date(), String.valueOf(i + 1))))
        .toList();
  }

  private static List<Shape> shapes(
      Metric metric,
      PanelDrawing drawing,
      List<PanelDrawing.Point> bars,
      List<List<PanelDrawing.Point>> lines,
      boolean daily,
      boolean compared) {
    List<Shape> shapes = new ArrayList<>();
    if (compared) {
      IntStream.range(0, lines.size())
          .mapToObj(i -> new Shape("line " + FirstPicture.line(i), drawing.line(lines.get(i))))
          .forEach(shapes::add);
    } else {
      shapes.add(new Shape(daily ? "bars under " + metric : "bars " + metric, drawing.bars(bars)));
      if (daily) {
        shapes.add(new Shape("line " + metric, drawing.line(lines.get(0))));
      }
    }
    return shapes;
  }
}
