package covid;

import static java.util.Objects.requireNonNull;

/**
 * The place of figures: a country, or a part of one.
 *
 * @param name the value of the dataset's place column, exactly: a code such as {@code DE} or a name
 *     such as {@code Korea, South}
 */
public record Place(String name) implements Comparable<Place> {

  public Place {
    requireNonNull(name, "name");
  }

  /** By code points, as published sets are sorted. */
  @Override
  public int compareTo(Place other) {
    int common = Math.min(name.length(), other.name.length());
    for (int i = 0; i < common; i++) {
      char one = name.charAt(i);
      char two = other.name.charAt(i);
      if (one != two) {
        // A surrogate stands for a code point above all other characters.
        return Character.isSurrogate(one) == Character.isSurrogate(two)
            ? Character.compare(one, two)
            : Boolean.compare(Character.isSurrogate(one), Character.isSurrogate(two));
      }
    }
    return Integer.compare(name.length(), other.name.length());
  }

  @Override
  public String toString() {
    return name;
  }
}
