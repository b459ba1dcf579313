package covid;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * How old the newest day of a feed may get before somebody should know. A feed that has stalled is
 * as good as before, but whoever waits for its next day waits in vain.
 *
 * @param stalledAfter counted from the end of the newest day, UTC; empty: no feed ever stalls
 */
public record Freshness(Optional<Duration> stalledAfter) {

  /**
   * Whether the newest day of a feed is too old; not so of one without a day, for that is worse.
   */
  public boolean isStalled(FeedSet feed, Instant now) {
    return stalledAfter.isPresent()
        && !feed.days().isEmpty()
        && feed.days()
            .lastKey()
            .plusDays(1)
            .atStartOfDay(ZoneOffset.UTC)
            .toInstant()
            .plus(stalledAfter.get())
            .isBefore(now);
  }
}
