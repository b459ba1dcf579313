package covid;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * The age of the newest day from which a feed counts as stalled. A stalled feed is still used, but
 * brings no new days.
 *
 * @param stalledAfter counted from the end of the newest day, UTC; empty: no feed ever stalls
 */
public record Freshness(Optional<Duration> stalledAfter) {

  /**
   * Whether the newest day of a feed is too old; false for a feed without days, which the gate
   * refuses.
   */
  public boolean isStalled(FeedSet feed, Instant now) {
    return feed.newestDay().filter(newest -> isStalled(newest, now)).isPresent();
  }

  /** Whether the newest day of a feed is too old. */
  public boolean isStalled(LocalDate newest, Instant now) {
    return stalledAfter.isPresent() && isOld(newest, stalledAfter.get(), now);
  }

  private static boolean isOld(LocalDate newest, Duration limit, Instant now) {
    return newest.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant().plus(limit).isBefore(now);
  }
}
