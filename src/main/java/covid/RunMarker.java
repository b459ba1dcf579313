package covid;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The marker of a run that has begun and is not yet announced. It is in the bucket from the start
 * of the run until all have its message, or a later message names the run. If a later run finds it,
 * the run died, or not all have got its message.
 *
 * @param id the run
 * @param trigger what started it
 * @param startedAt when it began
 * @param owner the process that it runs in
 * @param unsaid the first line of the message that not all have got; null until the run has ended
 * @param missedBy the receivers that the message did not reach, if it reached others: {@link
 *     #TOPIC} and webhooks; null if it reached none, while the run goes on, and in markers of
 *     earlier versions
 * @param waiting what the run, which has ended, waited for last; null before, and once that is
 *     known
 */
public record RunMarker(
    String id,
    String trigger,
    Instant startedAt,
    Owner owner,
    @Nullable String unsaid,
    @Nullable List<String> missedBy,
    @Nullable Waiting waiting) {
  /** The topic, as one that has not got a message. Markers in buckets have it: do not change it. */
  public static final String TOPIC = "the topic";

  /**
   * The trigger of a run that takes revisions into the table. Markers in buckets have it: do not
   * change it.
   */
  public static final String TAKE_REVISIONS = "take-revisions";

  /** By how much the clock of S3, which has whole seconds, may differ from that of a run. */
  private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(1);

  public RunMarker {
    requireNonNull(id, "id");
    requireNonNull(owner, "owner");
    missedBy = missedBy == null || missedBy.isEmpty() ? null : List.copyOf(missedBy);
  }

  /** The marker of a run that has not ended yet. */
  public RunMarker(String id, String trigger, Instant startedAt, Owner owner) {
    this(id, trigger, startedAt, owner, null, null, null);
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
   * A wait for webhooks, in which a process may die.
   *
   * @param webhooks that may have got the message, or not
   * @param onTopic whether the topic has it
   */
  public record Waiting(List<String> webhooks, boolean onTopic) {
    public Waiting {
      webhooks = List.copyOf(webhooks);
    }
  }

  /**
   * The marker of the same run after it has ended, while it waits for webhooks.
   *
   * @param message its first line
   * @param missed {@link #TOPIC} if it did not take the message; else none
   */
  public RunMarker waiting(String message, List<String> missed, Waiting waiting) {
    return new RunMarker(id, trigger, startedAt, owner, message, missed, waiting);
  }

  /**
   * The marker of the same run after it has ended and not all have got its message.
   *
   * @param message its first line
   * @param missed the receivers that it did not reach, if it reached others; empty if it reached
   *     none
   */
  public RunMarker left(String message, List<String> missed) {
    return new RunMarker(id, trigger, startedAt, owner, message, missed, null);
  }

  /**
   * Whether those who read the messages have got that of this run: the topic or, without one, a
   * webhook. What it reports once is reported then.
   */
  public boolean isTold() {
    return waiting == null ? missedBy != null && isTold(missedBy) : waiting.onTopic();
  }

  /** Whether it is of those that publish nothing, and so report nothing once. */
  public boolean publishesNothing() {
    return trigger.equals(TAKE_REVISIONS);
  }

  /**
   * Whether it died before it could change what the next run takes for reported: it has not ended,
   * and the published set is from before it began. What was new to it is new to the next run, too.
   *
   * @param publisher the run that published the set
   * @param published when
   */
  public boolean leftNothing(String publisher, Instant published) {
    return unsaid == null
        && !publisher.equals(id)
        && published.isBefore(startedAt.minus(CLOCKS_DIFFER));
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
    if (waiting != null) {
      return "Run %s ended%s, and whether its message reached %s is not known: %s"
          .formatted(
              id,
              missedBy == null ? "" : ", its message did not reach " + String.join(", ", missedBy),
              String.join(", ", waiting.webhooks()),
              unsaid);
    }
    return missedBy == null
        ? "Run %s ended, but its message could not be sent: %s".formatted(id, unsaid)
        : "The message of run %s did not reach %s: %s"
            .formatted(id, String.join(", ", missedBy), unsaid);
  }
}
