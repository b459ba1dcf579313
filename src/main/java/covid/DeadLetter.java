package covid;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * A day that could not be written, kept until it can be.
 *
 * @param day the day with its figures
 * @param error the reason of the last failure
 * @param attempts the number of attempts over all runs
 * @param firstFailure when it failed first
 * @param lastFailure when it failed last
 */
public record DeadLetter(
    Day day, String error, int attempts, Instant firstFailure, Instant lastFailure) {

  public DeadLetter {
    requireNonNull(day, "day");
    requireNonNull(firstFailure, "firstFailure");
  }

  /** A day that has failed for the first time. */
  public static DeadLetter first(Day day, String error, int attempts, Instant now) {
    return new DeadLetter(day, error, attempts, now, now);
  }

  /** The same day after it has failed again. */
  public DeadLetter again(String newError, int moreAttempts, Instant now) {
    return new DeadLetter(day, newError, attempts + moreAttempts, firstFailure, now);
  }
}
