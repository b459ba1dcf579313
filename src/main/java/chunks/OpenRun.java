package chunks;

import static java.util.Objects.requireNonNull;

import covid.RunId;
import covid.RunMarker;
import java.time.Instant;

/**
 * The run that is open: with a queue there is at most one. If its process dies, another one
 * continues it.
 *
 * @param run its id
 * @param trigger what started it
 * @param startedAt when it began
 * @param owner the process that is to end it
 */
public record OpenRun(String run, String trigger, Instant startedAt, RunMarker.Owner owner) {
  /**
   * @throws IllegalArgumentException if it is not one of this program; the id becomes a part of
   *     keys
   */
  public OpenRun {
    requireNonNull(run, "run");
    requireNonNull(trigger, "trigger");
    requireNonNull(startedAt, "startedAt");
    requireNonNull(owner, "owner");
    if (!RunId.isId(run)) {
      throw new IllegalArgumentException("It does not name a run");
    }
  }
}
