package check;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** Whether the clock of this machine is right, by the time of an answer. */
public final class ClockCheck {
  private static final String SUBJECT = "clock";

  /** AWS refuses requests from five minutes on. */
  private static final Duration MOST = Duration.ofMinutes(1);

  private ClockCheck() {}

  /**
   * Compares two clocks.
   *
   * @param date the header of an answer; empty if none came
   * @param now the time here, when it came
   */
  public static Finding find(Optional<String> date, Instant now) {
    return date.flatMap(ClockCheck::time)
        .map(theirs -> compare(Duration.between(theirs, now)))
        .orElseGet(
            () -> Finding.unknown(SUBJECT, "S3 gave no time that this one could be compared with"));
  }

  private static Finding compare(Duration ahead) {
    if (ahead.abs().compareTo(MOST) < 0) {
      return Finding.ok(SUBJECT, "less than a minute from that of S3");
    }
    return Finding.wrong(
        SUBJECT,
        "%d s %s that of S3, and AWS refuses requests from five minutes on: set it by NTP"
            .formatted(ahead.abs().toSeconds(), ahead.isNegative() ? "behind" : "ahead of"));
  }

  private static Optional<Instant> time(String date) {
    try {
      return Optional.of(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date, Instant::from));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
