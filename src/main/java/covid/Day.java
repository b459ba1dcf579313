package covid;

import static java.util.Objects.requireNonNull;

import java.time.LocalDate;
import java.util.Map;
import java.util.OptionalLong;

/**
 * The figures of one place on one day, from all feeds together.
 *
 * @param key the place and the date
 * @param figures counts since the start; a metric that no source reports for the day is absent
 */
public record Day(DayKey key, Map<Metric, Long> figures) {

  public Day {
    requireNonNull(key, "key");
    figures = Map.copyOf(figures);
  }

  /**
   * A day with a figure of each {@linkplain Metric#PUBLISHED published} metric.
   *
   * @param recovered 0 also where the source no longer reports it
   */
  public static Day of(LocalDate date, String place, long cases, long deaths, long recovered) {
    return new Day(
        new DayKey(new Place(place), date),
        Map.of(Metric.CASES, cases, Metric.DEATHS, deaths, Metric.RECOVERED, recovered));
  }

  /** The date, by the calendar of the source. */
  public LocalDate date() {
    return key.date();
  }

  /** What the figures are of. */
  public Place place() {
    return key.place();
  }

  /** The figure of a metric; empty if it is not reported. */
  public OptionalLong figure(Metric metric) {
    Long figure = figures.get(metric);
    return figure == null ? OptionalLong.empty() : OptionalLong.of(figure);
  }
}
