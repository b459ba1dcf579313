package covid;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.Optional;

/**
 * What a run is about: which places and metrics, and the form of the set and the table.
 *
 * @param name short, as in {@code config/datasets/NAME.properties}
 * @param places the places
 * @param metrics in the order of their columns
 * @param interval how often its feeds have new figures
 * @param key of the table
 * @param prefix before every key in the bucket; empty or with a slash at its end
 */
public record Dataset(
    String name,
    PlaceSelection places,
    List<Metric> metrics,
    Interval interval,
    KeySchema key,
    String prefix) {
  /** The default, that of version 0.1. */
  public static final String DEFAULT = "us";

  public Dataset {
    requireNonNull(name, "name");
    metrics = List.copyOf(metrics);
  }

  /** The default dataset, of another country than the US if need be. */
  public static Dataset ofCountry(Place country) {
    return new Dataset(
        DEFAULT, PlaceSelection.of(country), Metric.PUBLISHED, Interval.DAY, KeySchema.DATE, "");
  }

  /** Whether this is the default dataset. */
  public boolean isDefault() {
    return name.equals(DEFAULT);
  }

  /**
   * The place of a dataset of one.
   *
   * @throws IllegalStateException if it is of several
   */
  public Place place() {
    if (!places.isSingle()) {
      throw new IllegalStateException("The dataset %s has several places.".formatted(name));
    }
    return places.only().iterator().next();
  }

  /**
   * Names the places that were asked for and have no joined day.
   *
   * @return a sentence; empty if each has one
   */
  public Optional<String> withoutDays(DayColumns joined) {
    String missing =
        places.only().stream()
            .filter(place -> !joined.byPlace().containsKey(place))
            .sorted()
            .map(Place::name)
            .collect(joining(", "));
    return missing.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "No day of %s is in every feed: look at the setting places.".formatted(missing));
  }

  /** Its places, as the end of "rows"; empty if it is of every place. */
  String ofPlaces() {
    if (places.isSingle()) {
      return " of country '%s'".formatted(places);
    }
    return places.only().isEmpty() ? "" : " of " + places;
  }

  /** The setting that selects the places. */
  String placesSetting() {
    return isDefault() ? "feed.jhu.country" : "places";
  }
}
