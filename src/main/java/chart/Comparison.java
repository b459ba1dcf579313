package chart;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A figure of several places over time.
 *
 * @param title in one line
 * @param unit what the figures are, for the axis
 * @param lines of the places; together they have at least one point
 * @param synthetic whether the figures are invented
 */
public record Comparison(String title, String unit, List<Line> lines, boolean synthetic) {
  public Comparison {
    lines = List.copyOf(lines);
  }

  /**
   * The figures of a place.
   *
   * @param name of the place
   * @param points ascending
   */
  public record Line(String name, List<Point> points) {}

  /**
   * A figure on a day.
   *
   * @param value null if there is none
   */
  public record Point(LocalDate date, @Nullable Number value) {}

  LocalDate firstDay() {
    return dates().min(Comparator.naturalOrder()).orElseThrow();
  }

  LocalDate lastDay() {
    return dates().max(Comparator.naturalOrder()).orElseThrow();
  }

  private Stream<LocalDate> dates() {
    return lines.stream().flatMap(line -> line.points().stream()).map(Point::date);
  }
}
