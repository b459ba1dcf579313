package app;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNull;

import covid.FeedDate;
import covid.Interval;
import covid.KeySchema;
import feeds.FeedHeaders;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.text.ParseException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Date;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.quartz.CronExpression;

/**
 * The kinds of values of settings, and how they are written; {@link SettingAddresses} has those of
 * addresses. Each throws a {@link SettingException} that names the setting if a text is invalid.
 */
final class SettingKinds {
  private static final Duration FEWEST_DAYS = Duration.ofDays(2);

  private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");
  private static final Pattern SIZE = Pattern.compile("(\\d{1,12})(|B|KB|MB|GB)");
  private static final Pattern PERCENT = Pattern.compile("(\\d{1,3}(\\.\\d{1,6})?)%");
  private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");
  private static final Map<String, Long> UNITS =
      Map.of("", 1L, "B", 1L, "KB", 1_000L, "MB", 1_000_000L, "GB", 1_000_000_000L);
  private static final String ASCII = ",\"\r\n0123456789-ABCxyz";
  private static final int MOST_SHOWN = 100;

  private SettingKinds() {}

  static FeedHeaders headers(String name, String text) {
    try {
      return FeedHeaders.parse(text);
    } catch (IllegalArgumentException e) {
      throw new SettingException("%s: %s".formatted(name, e.getMessage()));
    }
  }

  static Duration duration(String name, String text) {
    String kind = "a duration such as 10s or 5m";
    Matcher duration = matching(name, text, DURATION, kind);
    long amount = Long.parseLong(duration.group(1));
    if (amount == 0) {
      throw wrong(name, text, "above 0: give " + kind);
    }
    return switch (duration.group(2)) {
      case "ms" -> Duration.ofMillis(amount);
      case "s" -> Duration.ofSeconds(amount);
      case "m" -> Duration.ofMinutes(amount);
      case "h" -> Duration.ofHours(amount);
      default -> Duration.ofDays(amount);
    };
  }

  /** How long what a run may still be about to publish is kept at least. */
  static Duration daysOrMore(String name, String text) {
    Duration duration = duration(name, text);
    if (duration.compareTo(FEWEST_DAYS) < 0) {
      throw wrong(name, text, "a duration of at least 2d");
    }
    return duration;
  }

  static long size(String name, String text) {
    String kind = "a number of bytes, or a size such as 200MB";
    Matcher size = matching(name, text, SIZE, kind);
    try {
      return Math.multiplyExact(
          Long.parseLong(size.group(1)), requireNonNull(UNITS.get(size.group(2))));
    } catch (ArithmeticException e) {
      throw wrong(name, text, kind);
    }
  }

  static BigDecimal share(String name, String text) {
    Matcher percent = matching(name, text, PERCENT, "a percentage such as 10%");
    BigDecimal share = new BigDecimal(percent.group(1)).movePointLeft(2);
    if (share.compareTo(BigDecimal.ONE) > 0) {
      throw wrong(name, text, "a percentage of 100% at the most");
    }
    return share;
  }

  static int number(String name, String text, int least, int most) {
    String kind = "a whole number from %d to %d".formatted(least, most);
    long number = Long.parseLong(matching(name, text, NUMBER, kind).group());
    if (number < least || number > most) {
      throw wrong(name, text, kind);
    }
    return (int) number;
  }

  static boolean flag(String name, String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw wrong(name, text, "true or false");
    };
  }

  static CronExpression cron(String name, String text) {
    CronExpression cron;
    try {
      cron = new CronExpression(text);
    } catch (ParseException e) {
      throw wrong(name, text, "a Quartz cron expression such as 0 0 16 * * ?");
    }
    if (cron.getTimeAfter(Date.from(Instant.now())) == null) {
      throw new SettingException(
          "%s is '%s', which will never be due: give times that lie ahead, such as 0 0 16 * * ?"
              .formatted(name, text));
    }
    return cron;
  }

  static ZoneId zone(String name, String text) {
    try {
      return ZoneId.of(text);
    } catch (DateTimeException e) {
      throw wrong(name, text, "a time zone such as America/New_York");
    }
  }

  static KeySchema keySchema(String name, String text) {
    return Stream.of(KeySchema.values())
        .filter(key -> key.toString().equals(text))
        .findFirst()
        .orElseThrow(() -> wrong(name, text, "date or place-date"));
  }

  /** Whether messages have something. */
  static boolean summary(String name, String text) {
    return switch (text) {
      case "summary" -> true;
      case "none" -> false;
      default -> throw wrong(name, text, "summary or none");
    };
  }

  static Interval interval(String name, String text) {
    return switch (text) {
      case "day" -> Interval.DAY;
      case "week" -> Interval.WEEK;
      default -> throw wrong(name, text, "day or week");
    };
  }

  static FeedDate dates(String name, String text) {
    try {
      return FeedDate.of(text);
    } catch (IllegalArgumentException e) {
      throw wrong(name, text, "the pattern of a date such as dd.MM.yyyy");
    }
  }

  /** The encodings in which separators and quotes are single bytes. */
  static Charset encoding(String name, String text) {
    String kind = "an encoding that extends ASCII, such as UTF-8 or ISO-8859-1";
    try {
      Charset encoding = Charset.forName(text);
      if (Arrays.equals(ASCII.getBytes(encoding), ASCII.getBytes(US_ASCII))) {
        return encoding;
      }
    } catch (IllegalArgumentException | UnsupportedOperationException e) {
      // It is none, or cannot be written.
    }
    throw wrong(name, text, kind);
  }

  static LogFormat logFormat(String name, String text) {
    return Stream.of(LogFormat.values())
        .filter(format -> format.toString().equals(text))
        .findFirst()
        .orElseThrow(() -> wrong(name, text, "text or json"));
  }

  static Matcher matching(String name, String text, Pattern pattern, String kind) {
    Matcher matcher = pattern.matcher(text);
    if (!matcher.matches()) {
      throw wrong(name, text, kind);
    }
    return matcher;
  }

  static SettingException wrong(String name, String text, String kind) {
    String shown = text.length() > MOST_SHOWN ? text.substring(0, MOST_SHOWN) + "..." : text;
    return new SettingException("%s is '%s', which is not %s".formatted(name, shown, kind));
  }
}
