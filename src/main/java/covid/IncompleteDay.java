package covid;

import java.time.LocalDate;
import java.util.List;

/**
 * A day of a feed on which some parts of the country have a figure and others, which had one
 * before, do not, so the sum would be too small.
 *
 * @param date the day
 * @param missing how many parts lack a figure
 * @param parts at most the first {@value #MOST_NAMED} of their names, in alphabetical order
 */
public record IncompleteDay(LocalDate date, int missing, List<String> parts) {
  static final int MOST_NAMED = 3;

  public IncompleteDay {
    parts = List.copyOf(parts);
  }

  /** The names in words, with the number of further ones. */
  String missingParts() {
    String more = missing > parts.size() ? " and %d more".formatted(missing - parts.size()) : "";
    return String.join(", ", parts) + more;
  }
}
