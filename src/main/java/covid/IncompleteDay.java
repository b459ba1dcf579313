package covid;

import static java.util.Objects.requireNonNull;

import java.time.LocalDate;
import java.util.List;

/**
 * A day of a feed on which some parts of a place have a figure and others, which had one before, do
 * not, so the sum would be too small.
 *
 * @param key the place and the date
 * @param missing how many parts lack a figure
 * @param parts at most the first {@value #MOST_NAMED} of their names, in alphabetical order
 */
public record IncompleteDay(DayKey key, int missing, List<String> parts) {
  static final int MOST_NAMED = 3;

  public IncompleteDay {
    requireNonNull(key, "key");
    parts = List.copyOf(parts);
  }

  /** The date. */
  public LocalDate date() {
    return key.date();
  }

  /** The names in words, with the number of further ones. */
  String missingParts() {
    String more = missing > parts.size() ? " and %d more".formatted(missing - parts.size()) : "";
    return String.join(", ", parts) + more;
  }
}
