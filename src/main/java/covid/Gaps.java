package covid;

import java.time.LocalDate;
import java.util.List;

/**
 * What a feed lacks of the parts of a country.
 *
 * @param incomplete the days that lack a part, ascending
 * @param ended the parts that are no longer waited for, in alphabetical order
 */
public record Gaps(List<IncompleteDay> incomplete, List<EndedPart> ended) {
  /** Nothing is lacking. */
  public static final Gaps NONE = new Gaps(List.of(), List.of());

  public Gaps {
    incomplete = List.copyOf(incomplete);
    ended = List.copyOf(ended);
  }

  /** Whether the feed has some parts of a day, and not all. */
  boolean isIncomplete(LocalDate day) {
    return incomplete.stream().anyMatch(gap -> gap.date().equals(day));
  }
}
