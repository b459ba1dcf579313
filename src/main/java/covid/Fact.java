package covid;

import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** An event of a run. Immutable; {@link FactLog} says which came first. */
public sealed interface Fact {

  // --- Before

  /** An earlier run has ended without its message, or died. */
  record UnfinishedRunFound(RunMarker run) implements Fact {}

  /** An earlier run left a day in the dead letter, which this run replays. */
  record DeadLetterFound(DeadLetter letter) implements Fact {}

  /**
   * The stalled feeds and ended parts reported with the last published set.
   *
   * @param stalledFeeds names of feeds
   * @param endedParts digests of parts, see {@link Pulls#endedParts}
   */
  record ReportedBefore(Set<String> stalledFeeds, Set<String> endedParts) implements Fact {
    public ReportedBefore(Collection<String> stalledFeeds, Collection<String> endedParts) {
      this(Set.copyOf(stalledFeeds), Set.copyOf(endedParts));
    }
  }

  // --- Pull and join

  /** A feed was pulled completely. */
  record FeedPulled(FeedSet feed) implements Fact {}

  /** A feed could not be pulled completely. */
  record PullFailed(String feed, String reason) implements Fact {}

  /** A pulled feed has stalled. */
  record FeedStalled(String feed) implements Fact {}

  /** The feeds are joined. A later join of the run replaces it. */
  record DaysJoined(JoinedDays days) implements Fact {}

  // --- Store

  /**
   * The table was read, or a part of it.
   *
   * @param days its days; an empty value where an item cannot be read as a day
   */
  record DaysStored(Map<DayKey, Optional<Day>> days) implements Fact {
    public DaysStored {
      days = Map.copyOf(days);
    }
  }

  /** The outcome of a day that was to be written. */
  sealed interface DayOutcome extends Fact {
    /** The day. */
    DayKey key();
  }

  /** A day was written. */
  record DayAdded(DayKey key) implements DayOutcome {}

  /** A day was in the table already. */
  record DayPresent(DayKey key) implements DayOutcome {}

  /** A day could not be written and is kept for the next run. */
  record DayDeadLettered(DeadLetter letter) implements DayOutcome {
    @Override
    public DayKey key() {
      return letter.day().key();
    }
  }

  /** An error affects every write: no more are attempted. */
  record StoreStopped(String cause) implements Fact {}

  // --- The end

  /** The joined days are published. */
  record SetPublished(RunReport.Archive set) implements Fact {}

  /** The gate has refused the pull. */
  record RunRefused(String reason) implements Fact {}

  /** The run has failed. */
  record RunFailed(String reason) implements Fact {}

  /** A warning for operators, which does not end the run. */
  record Warned(String warning) implements Fact {}

  /** The stages have ended, even if early. */
  record StagesEnded(Instant at) implements Fact {}

  /** The message could not be sent. */
  record NotAnnounced(String reason) implements Fact {}

  /** The run has ended, successfully or not, rather than died. */
  record RunEnded() implements Fact {}
}
