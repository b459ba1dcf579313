package covid;

import java.time.LocalDate;

/**
 * A part of a place without a figure in a feed for 28 days or more, while other parts continued.
 *
 * @param name the part, with the place if the feed has several
 * @param last its last day with a figure
 */
public record EndedPart(String name, LocalDate last) {
  /** The same part, of whose metrics one ended later than another. */
  EndedPart later(EndedPart other) {
    return last.isBefore(other.last) ? other : this;
  }
}
