package chunks;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What became of the chunks that this process planned. Thread-safe. */
public final class ChunkHistory {
  private final Clock clock;
  private final Map<Event, Long> counts = new EnumMap<>(Event.class);
  private @Nullable Instant unsettledSince;

  /**
   * @param clock tells the age of chunks without a result
   */
  public ChunkHistory(Clock clock) {
    this.clock = clock;
  }

  /** What can become of a chunk. */
  public enum Event {
    /** It is a part of a plan. */
    PLANNED,
    /** It has a result, of a worker or of its coordinator. */
    SETTLED,
    /** It was sent once more, since there was no progress. */
    RESENT,
    /** It has a result of its coordinator, since no worker had settled it by the deadline. */
    SEALED;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Notes an event of some chunks. */
  public synchronized void note(Event event, int chunks) {
    counts.merge(event, (long) chunks, Long::sum);
  }

  /** How many chunks had an event. */
  public synchronized long count(Event event) {
    return counts.getOrDefault(event, 0L);
  }

  /**
   * Notes whether chunks of the open run have no result.
   *
   * @param since when they were planned; null if all have one
   */
  public synchronized void unsettled(@Nullable Instant since) {
    unsettledSince = since;
  }

  /** How long chunks have had no result; empty if all have one. */
  public synchronized Optional<Duration> unsettledAge() {
    return Optional.ofNullable(unsettledSince)
        .map(since -> Duration.between(since, clock.instant()));
  }
}
