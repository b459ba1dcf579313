package web;

import covid.Interval;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The JSON of the series of places.
 *
 * @param synthetic true if the figures are invented; otherwise null
 * @param interval the length of a period
 * @param per {@code 100k} if the figures are per 100,000 persons; otherwise null
 * @param places in the order of the request
 */
public record PlacePeriods(
    @Nullable Boolean synthetic, Interval interval, @Nullable String per, List<OfPlace> places) {

  /** The header of the CSV of these series. */
  public List<String> header() {
    return Stream.concat(Stream.of("Place"), places.get(0).periods().header().stream()).toList();
  }

  /** The rows of the CSV of these series. */
  public Stream<List<?>> rows() {
    return places.stream().flatMap(place -> place.periods().rows(place.code()));
  }

  /**
   * The series of a place.
   *
   * @param code of the place
   * @param name for display
   * @param population in persons; null if unknown
   * @param periods ascending
   */
  public record OfPlace(String code, String name, @Nullable Long population, PeriodTable periods) {}
}
