package covid;

import java.time.LocalDate;
import java.util.List;

/**
 * The missing parts of a country in a feed.
 *
 * @param incomplete the days that lack a part, ascending
 * @param ended the ended parts, in alphabetical order
 */
public record Gaps(List<IncompleteDay> incomplete, List<EndedPart> ended) {
  /** No gaps. */
  public static final Gaps NONE = new Gaps(List.of(), List.of());

  public Gaps {
    incomplete = List.copyOf(incomplete);
    ended = List.copyOf(ended);
  }

  /** Whether the feed has some but not all parts of a day. */
  boolean isIncomplete(LocalDate day) {
    return incomplete.stream().anyMatch(gap -> gap.date().equals(day));
  }
}
