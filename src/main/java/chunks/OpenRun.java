package chunks;

import static java.util.Objects.requireNonNull;

import covid.RunId;
import covid.RunMarker;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The run that is open: with a queue there is at most one. If its process dies, another one
 * continues it.
 *
 * @param run its id
 * @param trigger what started it
 * @param startedAt when it began
 * @param owner the process that is to end it
 * @param rawOf the run on whose raw bodies it is; null if it pulls the feeds
 * @param trace the span in which it was opened, as W3C Trace Context writes it; null without traces
 * @param waitingSince when it began to wait for webhooks, which shows others that its process was
 *     alive then; null before
 * @param onTopic whether the topic has its message, though perhaps not each webhook
 * @param announced whether its message is sent, or none is needed
 */
public record OpenRun(
    String run,
    String trigger,
    Instant startedAt,
    RunMarker.Owner owner,
    @Nullable String rawOf,
    @Nullable String trace,
    @Nullable Instant waitingSince,
    boolean onTopic,
    boolean announced) {
  /**
   * @throws IllegalArgumentException if it is not one of this program; the id becomes a part of
   *     keys
   */
  public OpenRun {
    requireNonNull(run, "run");
    requireNonNull(trigger, "trigger");
    requireNonNull(startedAt, "startedAt");
    requireNonNull(owner, "owner");
    if (!RunId.isId(run) || rawOf != null && !RunId.isId(rawOf)) {
      throw new IllegalArgumentException("It does not name a run");
    }
  }

  /** The same run, which another process is to end. */
  public OpenRun ownedBy(RunMarker.Owner process) {
    return new OpenRun(
        run, trigger, startedAt, process, rawOf, trace, waitingSince, onTopic, announced);
  }

  /**
   * The same run, which waits for webhooks.
   *
   * @param since when it began to
   * @param isOnTopic whether the topic has its message
   */
  public OpenRun waiting(Instant since, boolean isOnTopic) {
    return new OpenRun(run, trigger, startedAt, owner, rawOf, trace, since, isOnTopic, announced);
  }

  /** The same run, whose message is sent. */
  public OpenRun withMessage() {
    return new OpenRun(run, trigger, startedAt, owner, rawOf, trace, waitingSince, onTopic, true);
  }
}
