package covid;

import java.util.List;

/**
 * The missing parts of places in a feed.
 *
 * @param incomplete the days that lack a part, by place, ascending
 * @param ended the ended parts, in alphabetical order
 */
public record Gaps(List<IncompleteDay> incomplete, List<EndedPart> ended) {
  /** No gaps. */
  public static final Gaps NONE = new Gaps(List.of(), List.of());

  public Gaps {
    incomplete = List.copyOf(incomplete);
    ended = List.copyOf(ended);
  }
}
