package covid;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A run that began and whose end nobody was told yet. It stands in the bucket from the start of a
 * run until its message is out; what is found there later died, or could not send its message.
 *
 * @param id the run
 * @param trigger what started it
 * @param startedAt when it began
 * @param owner the process that it runs in
 * @param unsaid what its message would have said; null as long as it has not ended
 */
public record OpenRun(
    String id, String trigger, Instant startedAt, Owner owner, @Nullable String unsaid) {

  public OpenRun {
    requireNonNull(id, "id");
    requireNonNull(owner, "owner");
  }

  /**
   * A process.
   *
   * @param host the machine's name
   * @param pid its number there
   * @param startedAt when it began, which tells it from a later one of the same number
   */
  public record Owner(String host, long pid, Instant startedAt) {
    public Owner {
      requireNonNull(host, "host");
    }
  }

  /** The same run after it has ended without being able to say so. */
  public OpenRun left(String message) {
    return new OpenRun(id, trigger, startedAt, owner, message);
  }

  @Override
  public String toString() {
    return unsaid == null
        ? "Run %s (%s, on %s) did not finish.".formatted(id, trigger, owner.host())
        : "Run %s ended, but its message could not be sent: %s".formatted(id, unsaid);
  }
}
