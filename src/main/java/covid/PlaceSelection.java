package covid;

import static java.util.stream.Collectors.joining;

import java.util.Set;
import java.util.TreeSet;

/**
 * The places that a dataset is of.
 *
 * @param only these; empty: every place of its feeds
 */
public record PlaceSelection(Set<Place> only) {
  /** Every place. */
  public static final PlaceSelection ALL = new PlaceSelection(Set.of());

  public PlaceSelection {
    only = Set.copyOf(only);
  }

  /** One place. */
  public static PlaceSelection of(Place place) {
    return new PlaceSelection(Set.of(place));
  }

  /** Whether a place is among them. */
  public boolean has(Place place) {
    return only.isEmpty() || only.contains(place);
  }

  /** Whether there is just one. */
  public boolean isSingle() {
    return only.size() == 1;
  }

  /** {@code *}, or the places, separated by commas. */
  @Override
  public String toString() {
    return only.isEmpty()
        ? "*"
        : new TreeSet<>(only).stream().map(Place::name).collect(joining(", "));
  }
}
