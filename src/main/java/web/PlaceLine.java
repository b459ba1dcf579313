package web;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import covid.Gazetteer;
import covid.Place;
import java.time.LocalDate;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A place in a list.
 *
 * @param code as the parameter {@code place} has it
 * @param name for display
 * @param iso2 its ISO 3166-1 code of two letters; null if it has none
 * @param iso3 its ISO 3166-1 code of three letters; null if it has none
 * @param population in persons; null if unknown
 * @param days the address of its series
 * @param figures the latest one of each metric that has any, by the names of the metrics
 */
public record PlaceLine(
    String code,
    String name,
    @Nullable String iso2,
    @Nullable String iso3,
    @Nullable Long population,
    String days,
    @JsonAnyGetter Map<String, Latest> figures) {

  /** A place with what is known of it. */
  public static PlaceLine of(
      Place place, Gazetteer.Entry entry, String days, Map<String, Latest> figures) {
    return new PlaceLine(
        place.name(), entry.name(), entry.iso2(), entry.iso3(), entry.population(), days, figures);
  }

  /**
   * The latest figure of a metric.
   *
   * @param value the cumulative count
   * @param asOf its day
   * @param stalled whether the source seems not to report it any more
   */
  public record Latest(long value, LocalDate asOf, boolean stalled) {}

  /** The same place with another address of its series. */
  public PlaceLine at(String address) {
    return new PlaceLine(code, name, iso2, iso3, population, address, figures);
  }
}
