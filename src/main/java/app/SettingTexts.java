package app;

import feeds.FeedHeaders;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.text.ParseException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Date;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import management.Management;
import org.quartz.CronExpression;

/**
 * Turns the texts of settings into values, and says which one cannot be.
 *
 * @param lookup gives the text of a setting by its name
 */
record SettingTexts(Function<String, Optional<String>> lookup) {
  private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");
  private static final Pattern SIZE = Pattern.compile("(\\d{1,12})(|B|KB|MB|GB)");
  private static final Pattern PERCENT = Pattern.compile("(\\d{1,3}(\\.\\d{1,6})?)%");
  private static final Pattern TOPIC = Pattern.compile("(|arn:[^:]+:sns:[^:]+:\\d{12}:[^:]+)");
  private static final Map<String, Long> UNITS =
      Map.of("", 1L, "B", 1L, "KB", 1_000L, "MB", 1_000_000L, "GB", 1_000_000_000L);

  String any(String name) {
    return lookup
        .apply(name)
        .map(String::strip)
        .orElseThrow(() -> new SettingException("%s is missing".formatted(name)));
  }

  String text(String name) {
    String text = any(name);
    if (text.isEmpty()) {
      throw new SettingException(
          "%s is empty; set it, or %s in the environment".formatted(name, inEnvironment(name)));
    }
    return text;
  }

  URI url(String name) {
    try {
      URI url = new URI(text(name));
      String scheme = String.valueOf(url.getScheme());
      if (url.getUserInfo() != null) {
        throw new SettingException("%s must not hold a user name".formatted(name));
      }
      if (url.getHost() != null && (scheme.equals("http") || scheme.equals("https"))) {
        return url;
      }
    } catch (URISyntaxException e) {
      // said below, for the address may hold a password that the exception repeats
    }
    throw new SettingException("%s is not an http or https address".formatted(name));
  }

  FeedHeaders headers(String name) {
    try {
      return FeedHeaders.parse(any(name));
    } catch (IllegalArgumentException e) {
      throw new SettingException("%s: %s".formatted(name, e.getMessage()));
    }
  }

  Duration duration(String name) {
    Matcher duration = matching(name, DURATION, "a duration such as 10s or 5m");
    long amount = Long.parseLong(duration.group(1));
    Duration value =
        switch (duration.group(2)) {
          case "ms" -> Duration.ofMillis(amount);
          case "s" -> Duration.ofSeconds(amount);
          case "m" -> Duration.ofMinutes(amount);
          case "h" -> Duration.ofHours(amount);
          default -> Duration.ofDays(amount);
        };
    if (value.isZero()) {
      throw wrong(name, duration.group(), "a duration such as 10s or 5m");
    }
    return value;
  }

  Optional<Duration> durationIfAny(String name) {
    return any(name).isEmpty() ? Optional.empty() : Optional.of(duration(name));
  }

  long size(String name) {
    String kind = "a number of bytes, or a size such as 200MB";
    Matcher size = matching(name, SIZE, kind);
    try {
      return Math.multiplyExact(Long.parseLong(size.group(1)), UNITS.get(size.group(2)));
    } catch (ArithmeticException e) {
      throw wrong(name, size.group(), kind);
    }
  }

  BigDecimal share(String name) {
    Matcher percent = matching(name, PERCENT, "a percentage such as 10%");
    BigDecimal share = new BigDecimal(percent.group(1)).movePointLeft(2);
    if (share.compareTo(BigDecimal.ONE) > 0) {
      throw wrong(name, percent.group(), "a percentage of 100% at the most");
    }
    return share;
  }

  int number(String name, int least, int most) {
    String text = text(name);
    try {
      int number = Integer.parseInt(text);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw wrong(name, text, "a whole number from %d to %d".formatted(least, most));
  }

  boolean flag(String name) {
    String text = text(name);
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw wrong(name, text, "true or false");
    };
  }

  CronExpression cron(String name) {
    String text = text(name);
    CronExpression cron;
    try {
      cron = new CronExpression(text);
    } catch (ParseException e) {
      throw wrong(name, text, "a Quartz cron expression such as 0 0 16 * * ?");
    }
    if (cron.getTimeAfter(new Date()) == null) {
      throw new SettingException(
          "%s is '%s', which will never be due: give times that lie ahead, such as 0 0 16 * * ?"
              .formatted(name, text));
    }
    return cron;
  }

  ZoneId zone(String name) {
    String text = text(name);
    try {
      return ZoneId.of(text);
    } catch (DateTimeException e) {
      throw wrong(name, text, "a time zone such as America/New_York");
    }
  }

  String topic(String name) {
    String text = any(name);
    if (!TOPIC.matcher(text).matches()) {
      throw wrong(name, text, "the ARN of an SNS topic, or empty");
    }
    return text;
  }

  LogFormat logFormat(String name) {
    String text = text(name);
    return Stream.of(LogFormat.values())
        .filter(format -> format.toString().equals(text))
        .findFirst()
        .orElseThrow(() -> wrong(name, text, "text or json"));
  }

  Optional<Management.Operator> operator(String user, String password) {
    String name = any(user);
    if (!name.isEmpty()) {
      return Optional.of(new Management.Operator(name, text(password)));
    }
    if (!any(password).isEmpty()) {
      throw new SettingException(
          "%s is set and %s is empty, so nobody would be asked for it; set both, or neither"
              .formatted(password, user));
    }
    return Optional.empty();
  }

  private Matcher matching(String name, Pattern pattern, String kind) {
    String text = text(name);
    Matcher matcher = pattern.matcher(text);
    if (!matcher.matches()) {
      throw wrong(name, text, kind);
    }
    return matcher;
  }

  private static SettingException wrong(String name, String text, String kind) {
    return new SettingException("%s is '%s', which is not %s".formatted(name, text, kind));
  }

  private static String inEnvironment(String name) {
    return name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }
}
