package covid;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The marker of a run that has begun and is not yet announced. It is in the bucket from the start
 * of the run until its message is sent. If a later run finds it, the run died or could not send its
 * message.
 *
 * @param id the run
 * @param trigger what started it
 * @param startedAt when it began
 * @param owner the process that it runs in
 * @param unsaid the message that could not be sent; null until the run has ended
 */
public record RunMarker(
    String id, String trigger, Instant startedAt, Owner owner, @Nullable String unsaid) {

  public RunMarker {
    requireNonNull(id, "id");
    requireNonNull(owner, "owner");
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

  /** The marker of the same run after it has ended and its message could not be sent. */
  public RunMarker left(String message) {
    return new RunMarker(id, trigger, startedAt, owner, message);
  }

  @Override
  public String toString() {
    return unsaid == null
        ? "Run %s (%s, on %s) did not finish.".formatted(id, trigger, owner.host())
        : "Run %s ended, but its message could not be sent: %s".formatted(id, unsaid);
  }
}
