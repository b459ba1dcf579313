package crash;

import java.time.Duration;
import java.util.Optional;
import local.Fault;

/**
 * What strikes a process at one of its calls.
 *
 * @param step which calls
 * @param number of the call among them in a run, from 1
 * @param frozen how long the process is frozen, by SIGSTOP; empty if it is killed, by SIGKILL
 * @param moment what becomes of the call
 */
record Strike(Step step, int number, Optional<Duration> frozen, Moment moment) {
  /** Longer than the visibility timeout, and than a coordinator may be without progress. */
  private static final Duration LATE = Duration.ofSeconds(3);

  /** When a process is struck. */
  enum Moment {
    /** Before the call is done: it is lost. */
    BEFORE,
    /** After it is done: its answer is lost. */
    AFTER,
    /** Before it is done; and it is done late, when others have begun to make good. */
    LATE
  }

  /** What becomes of the call. A frozen process gets its answer when it goes on. */
  Fault fault() {
    return switch (moment) {
      case BEFORE -> frozen.isPresent() ? Fault.none() : Fault.dropBefore();
      case AFTER -> frozen.isPresent() ? Fault.none() : Fault.dropAfter();
      case LATE -> Fault.delay(LATE);
    };
  }

  @Override
  public String toString() {
    return "%s the process of %s %d%s"
        .formatted(
            frozen.map(time -> "freeze for %d ms".formatted(time.toMillis())).orElse("kill"),
            step,
            number,
            switch (moment) {
              case BEFORE -> ", before it is done";
              case AFTER -> ", after it is done";
              case LATE -> ", which is done late";
            });
  }
}
