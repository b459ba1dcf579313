package covid;

import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The places of one pull of a feed, each with its sums. Not thread-safe. */
final class FeedPlaces {
  /** The maximum number of places; the counties of the US are 3,200. */
  static final int MOST_PLACES = 5_000;

  /** The maximum characters of a place, which is a part of keys. */
  static final int LONGEST_PLACE = 200;

  /** The maximum characters of the name of a place. */
  static final int LONGEST_NAME = 200;

  /** In a name: characters that cannot be seen, and the one that stands for damaged bytes. */
  private static final Pattern NOT_IN_A_NAME = Pattern.compile("[\\p{Cc}\\p{Zl}\\p{Zp}\uFFFD]");

  /** 8 MB: a feed of 200 places and three years does not pack its pages until all is read. */
  private static final int FIGURES_IN_USE = 1 << 20;

  private final List<Metric> metrics;
  private final FigurePages.Room room = new FigurePages.Room(FIGURES_IN_USE);
  private final Map<String, PlaceSums> places = new HashMap<>();
  private final SortedMap<Place, String> names = new TreeMap<>();
  private @Nullable DayColumns days;

  /**
   * @param metrics those of the feed
   */
  FeedPlaces(List<Metric> metrics) {
    this.metrics = metrics;
  }

  /** Why the text of a column cannot be a place; empty if it can. */
  Optional<String> refuse(String place) {
    if (places.containsKey(place)) {
      return Optional.empty();
    }
    if (place.isBlank()) {
      return Optional.of("place is missing");
    }
    if (!place.equals(place.strip())) {
      return Optional.of(
          "place '%s' begins or ends with a blank".formatted(UnreadableException.shown(place)));
    }
    if (place.length() > LONGEST_PLACE) {
      return Optional.of(
          "place '%s' is longer than %d characters"
              .formatted(UnreadableException.shown(place), LONGEST_PLACE));
    }
    if (place.chars().anyMatch(Character::isISOControl)) {
      return Optional.of("place holds a line break, or another character that cannot be seen");
    }
    return places.size() < MOST_PLACES
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "place '%s' is one too many, after %,d others: the column may not be that of the place",
                UnreadableException.shown(place),
                MOST_PLACES));
  }

  /**
   * The place of a text that is not refused.
   *
   * @param name its name, which counts in the first row of the place
   */
  PlaceSums of(String place, String name) {
    return places.computeIfAbsent(place, code -> newPlace(new Place(code), name.strip()));
  }

  private PlaceSums newPlace(Place place, String name) {
    if (!name.isEmpty() && name.length() <= LONGEST_NAME && !NOT_IN_A_NAME.matcher(name).find()) {
      names.put(place, name);
    }
    return new PlaceSums(place, metrics, room);
  }

  /** The place of a text, if there was a row of it. */
  Optional<PlaceSums> find(String place) {
    return Optional.ofNullable(places.get(place));
  }

  /** The figures of each day that lacks no part. No more rows can be added then. */
  DayColumns days() {
    DayColumns found = days;
    if (found == null) {
      found =
          DayColumns.packed(
              places.values().stream().<Supplier<PlaceDays>>map(place -> place::whole).toList());
      days = found;
    }
    return found;
  }

  /** The names of places; blank, long and damaged ones are not there. */
  SortedMap<Place, String> names() {
    return Collections.unmodifiableSortedMap(new TreeMap<>(names));
  }

  /** The missing and ended parts of the places. */
  Gaps gaps() {
    List<PlaceSums> sorted =
        places.values().stream().sorted(Comparator.comparing(PlaceSums::place)).toList();
    boolean several = sorted.size() > 1;
    return new Gaps(
        sorted.stream().flatMap(place -> place.incomplete().stream()).toList(),
        sorted.stream().flatMap(place -> place.ended(several).stream()).toList());
  }
}
