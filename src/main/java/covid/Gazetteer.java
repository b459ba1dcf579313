package covid;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known of places: names, ISO codes and populations. Feeds name places by codes of their
 * own, for example {@code DE}, {@code 36} or {@code Korea, South}; each is an alias here.
 *
 * @param entries by alias
 */
public record Gazetteer(Map<String, Entry> entries) {
  /** Knows no place. */
  public static final Gazetteer EMPTY = new Gazetteer(Map.of());

  public Gazetteer {
    entries = Map.copyOf(entries);
  }

  /**
   * A place.
   *
   * @param name for display
   * @param iso2 its ISO 3166-1 code of two letters; null if it has none
   * @param iso3 its ISO 3166-1 code of three letters; null if it has none
   * @param population in persons; null if unknown
   */
  public record Entry(
      String name, @Nullable String iso2, @Nullable String iso3, @Nullable Long population) {}

  /**
   * This, and names of other places by their codes; those of places that are listed do not count.
   */
  public Gazetteer naming(Map<String, String> names) {
    Map<String, Entry> all = new HashMap<>();
    names.forEach((place, name) -> all.put(place, new Entry(name, null, null, null)));
    all.putAll(entries);
    return new Gazetteer(all);
  }

  /** The entry of a place; one that is not listed has its code as its name, and no more. */
  public Entry of(Place place) {
    Entry known = entries.get(place.name());
    return known == null ? new Entry(place.name(), null, null, null) : known;
  }
}
