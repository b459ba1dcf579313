package covid;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/**
 * The ids of runs, as {@code 2026-11-22T21-00-00Z-7f3a}: the second in which a run begins, and four
 * random digits. They sort by time.
 */
public final class RunId {
  private static final DateTimeFormatter SECOND =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH-mm-ss'Z'")
          .withZone(ZoneOffset.UTC)
          .withResolverStyle(ResolverStyle.STRICT);

  private static final Pattern PATTERN =
      Pattern.compile("\\d{4}-\\d{2}-\\d{2}T\\d{2}-\\d{2}-\\d{2}Z-[0-9a-f]{4}");

  private static final int RANDOM_IDS = 0x10000;

  private RunId() {}

  /** A new id for a run that begins at a given time. */
  public static String next(Instant time) {
    return "%s-%04x".formatted(prefix(time), ThreadLocalRandom.current().nextInt(RANDOM_IDS));
  }

  /** The common prefix of all run ids of a second. */
  public static String prefix(Instant time) {
    return SECOND.format(time);
  }

  /** Whether a text has the form of a run id. */
  public static boolean isId(String text) {
    if (!PATTERN.matcher(text).matches()) {
      return false;
    }
    try {
      second(text);
      return true;
    } catch (DateTimeParseException e) {
      return false;
    }
  }

  /**
   * The second that an id begins with.
   *
   * @param id a text, up to the last hyphen a second as in an id
   * @throws DateTimeParseException if it is none
   */
  public static Instant second(String id) {
    return SECOND.parse(id.substring(0, id.lastIndexOf('-')), Instant::from);
  }
}
