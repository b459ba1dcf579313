package covid;

import static java.util.Objects.requireNonNull;

/**
 * The place of figures: a country, or a part of one.
 *
 * @param name as the feeds spell it, for example {@code US}
 */
public record Place(String name) implements Comparable<Place> {

  public Place {
    requireNonNull(name, "name");
  }

  @Override
  public int compareTo(Place other) {
    return name.compareTo(other.name);
  }

  @Override
  public String toString() {
    return name;
  }
}
