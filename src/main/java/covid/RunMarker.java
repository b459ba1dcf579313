package covid;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The marker of a run that has begun and is not yet announced. It is in the bucket from the start
 * of the run until its message is sent to all. If a later run finds it, the run died, or not all
 * have got its message.
 *
 * @param id the run
 * @param trigger what started it
 * @param startedAt when it began
 * @param owner the process that it runs in
 * @param unsaid the first line of the message that not all have got; null until the run has ended
 * @param missedBy the receivers that the message did not reach, if it reached others: {@link
 *     #TOPIC} and webhooks; null if it reached none, while the run goes on, and in markers of
 *     earlier versions
 */
public record RunMarker(
    String id,
    String trigger,
    Instant startedAt,
    Owner owner,
    @Nullable String unsaid,
    @Nullable List<String> missedBy) {
  /** The topic, as one that has not got a message. Markers of earlier versions have this text. */
  public static final String TOPIC = "the topic";

  public RunMarker {
    requireNonNull(id, "id");
    requireNonNull(owner, "owner");
    missedBy = missedBy == null || missedBy.isEmpty() ? null : List.copyOf(missedBy);
  }

  /** The marker of a run that has not ended yet. */
  public RunMarker(String id, String trigger, Instant startedAt, Owner owner) {
    this(id, trigger, startedAt, owner, null, null);
  }

  /**
   * A process.
   *
   * @param host the machine's name
   * @param pid its process id there
   * @param startedAt when it began, which distinguishes it from a later process with the same id
   */
  public record Owner(String host, long pid, Instant startedAt) {
    public Owner {
      requireNonNull(host, "host");
    }
  }

  /**
   * The marker of the same run after it has ended and not all have got its message.
   *
   * @param message its first line
   * @param missed the receivers that it did not reach, if it reached others; empty if it reached
   *     none
   */
  public RunMarker left(String message, List<String> missed) {
    return new RunMarker(id, trigger, startedAt, owner, message, missed);
  }

  /**
   * Whether those who read the messages have got that of this run: the topic or, without one, a
   * webhook. What it reports once is reported then.
   */
  public boolean isTold() {
    return missedBy != null && isTold(missedBy);
  }

  /**
   * The same, by the receivers that the message did not reach.
   *
   * @param missed empty if it reached none
   */
  public static boolean isTold(List<String> missed) {
    return !missed.isEmpty() && !missed.contains(TOPIC);
  }

  @Override
  public String toString() {
    if (unsaid == null) {
      return "Run %s (%s, on %s) did not finish.".formatted(id, trigger, owner.host());
    }
    return missedBy == null
        ? "Run %s ended, but its message could not be sent: %s".formatted(id, unsaid)
        : "The message of run %s did not reach %s: %s"
            .formatted(id, String.join(", ", missedBy), unsaid);
  }
}
