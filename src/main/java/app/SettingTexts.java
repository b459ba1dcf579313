package app;

import static java.nio.charset.StandardCharsets.UTF_8;

import feeds.FeedHeaders;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.text.ParseException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
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
 * Turns the texts of settings into values. A text that cannot be one is noted, and the next is read
 * all the same: whoever starts the program learns of all problems at once, by {@link #requireGood}.
 */
final class SettingTexts {
  private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");
  private static final Pattern SIZE = Pattern.compile("(\\d{1,12})(|B|KB|MB|GB)");
  private static final Pattern PERCENT = Pattern.compile("(\\d{1,3}(\\.\\d{1,6})?)%");
  private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");
  private static final Pattern TOPIC =
      Pattern.compile("arn:[a-z-]+:sns:[a-z0-9-]+:\\d{12}:[A-Za-z0-9_-]{1,256}(\\.fifo)?");
  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.:_%-]{1,253}");
  private static final Pattern BUCKET =
      Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{1,254}|arn:[A-Za-z0-9:/._-]{1,250}");
  private static final Pattern TABLE =
      Pattern.compile("[A-Za-z0-9._-]{3,255}|arn:[A-Za-z0-9:/._-]{1,1000}");

  /** Parts between slashes, none of which is empty, . or .. */
  private static final Pattern KEY =
      Pattern.compile("(?!\\.{1,2}(/|$))[^/]+(/(?!\\.{1,2}(/|$))[^/]+)*");

  private static final String KEY_KIND =
      "the key of an object (at most 1,024 bytes, no slash at its begin or end or next to another,"
          + " no part . or .., no ${)";
  private static final int MOST_BYTES_OF_A_KEY = 1_024;
  private static final int MOST_SHOWN = 100;
  private static final Map<String, Long> UNITS =
      Map.of("", 1L, "B", 1L, "KB", 1_000L, "MB", 1_000_000L, "GB", 1_000_000_000L);

  private final Function<String, Optional<String>> lookup;
  private final List<String> problems = new ArrayList<>();

  /**
   * @param lookup gives the text of a setting by its name
   */
  SettingTexts(Function<String, Optional<String>> lookup) {
    this.lookup = lookup;
  }

  /** Notes a problem that is not one of a single text. */
  void problem(String problem) {
    problems.add(problem);
  }

  /**
   * Says what is wrong, if anything is.
   *
   * @throws SettingException with everything noted
   */
  void requireGood() {
    if (!problems.isEmpty()) {
      throw new SettingException(problems);
    }
  }

  /** A text that may be empty. */
  String any(String name) {
    return read(name, "", text -> text);
  }

  String text(String name) {
    return readIfSet(name, "", text -> text);
  }

  URI url(String name) {
    return readIfSet(name, null, text -> url(name, text));
  }

  FeedHeaders headers(String name) {
    return readLines(
        name,
        FeedHeaders.NONE,
        text -> {
          try {
            return FeedHeaders.parse(text);
          } catch (IllegalArgumentException e) {
            throw new SettingException("%s: %s".formatted(name, e.getMessage()));
          }
        });
  }

  Duration duration(String name) {
    return readIfSet(name, Duration.ZERO, text -> duration(name, text));
  }

  Optional<Duration> durationIfAny(String name) {
    return read(
        name,
        Optional.empty(),
        text -> text.isEmpty() ? Optional.empty() : Optional.of(duration(name, text)));
  }

  long size(String name) {
    String kind = "a number of bytes, or a size such as 200MB";
    return readIfSet(
        name,
        0L,
        text -> {
          Matcher size = matching(name, text, SIZE, kind);
          try {
            return Math.multiplyExact(Long.parseLong(size.group(1)), UNITS.get(size.group(2)));
          } catch (ArithmeticException e) {
            throw wrong(name, text, kind);
          }
        });
  }

  BigDecimal share(String name) {
    return readIfSet(
        name,
        BigDecimal.ZERO,
        text -> {
          Matcher percent = matching(name, text, PERCENT, "a percentage such as 10%");
          BigDecimal share = new BigDecimal(percent.group(1)).movePointLeft(2);
          if (share.compareTo(BigDecimal.ONE) > 0) {
            throw wrong(name, text, "a percentage of 100% at the most");
          }
          return share;
        });
  }

  int number(String name, int least, int most) {
    return readIfSet(
        name,
        0,
        text -> {
          String kind = "a whole number from %d to %d".formatted(least, most);
          long number = Long.parseLong(matching(name, text, NUMBER, kind).group());
          if (number < least || number > most) {
            throw wrong(name, text, kind);
          }
          return (int) number;
        });
  }

  boolean flag(String name) {
    return readIfSet(
        name,
        false,
        text ->
            switch (text.toLowerCase(Locale.ROOT)) {
              case "true" -> true;
              case "false" -> false;
              default -> throw wrong(name, text, "true or false");
            });
  }

  CronExpression cron(String name) {
    return readIfSet(
        name,
        null,
        text -> {
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
        });
  }

  ZoneId zone(String name) {
    return readIfSet(
        name,
        null,
        text -> {
          try {
            return ZoneId.of(text);
          } catch (DateTimeException e) {
            throw wrong(name, text, "a time zone such as America/New_York");
          }
        });
  }

  String host(String name) {
    String kind = "an address or a name of this machine, such as 127.0.0.1";
    return readIfSet(name, "", text -> matching(name, text, HOST, kind).group());
  }

  String bucket(String name) {
    String kind = "the name of an S3 bucket";
    return readIfSet(name, "", text -> matching(name, text, BUCKET, kind).group());
  }

  String table(String name) {
    String kind = "the name of a DynamoDB table";
    return readIfSet(name, "", text -> matching(name, text, TABLE, kind).group());
  }

  String key(String name) {
    return readIfSet(
        name,
        "",
        text -> {
          if (!KEY.matcher(text).matches()
              || text.contains("${")
              || text.contains("$simple{")
              || text.getBytes(UTF_8).length > MOST_BYTES_OF_A_KEY) {
            throw wrong(name, text, KEY_KIND);
          }
          return text;
        });
  }

  String topic(String name) {
    return read(
        name,
        "",
        text ->
            text.isEmpty()
                ? text
                : matching(name, text, TOPIC, "the ARN of an SNS topic, or empty").group());
  }

  LogFormat logFormat(String name) {
    return readIfSet(
        name,
        LogFormat.TEXT,
        text ->
            Stream.of(LogFormat.values())
                .filter(format -> format.toString().equals(text))
                .findFirst()
                .orElseThrow(() -> wrong(name, text, "text or json")));
  }

  Optional<Management.Operator> operator(String user, String password) {
    String name = read(user, null, text -> text);
    String secret = read(password, null, text -> text);
    if (name == null || secret == null) {
      return Optional.empty();
    }
    if (name.isEmpty() && secret.isEmpty()) {
      return Optional.empty();
    }
    if (name.isEmpty()) {
      problem(
          "%s is set and %s is empty, so nobody would be asked for it; set both, or neither"
              .formatted(password, user));
    } else if (secret.isEmpty()) {
      problem(empty(password));
    }
    return Optional.of(new Management.Operator(name, secret));
  }

  private <T> T readIfSet(String name, T ifWrong, Function<String, T> conversion) {
    return read(
        name,
        ifWrong,
        text -> {
          if (text.isEmpty()) {
            throw new SettingException(empty(name));
          }
          return conversion.apply(text);
        });
  }

  /** Of one line. */
  private <T> T read(String name, T ifWrong, Function<String, T> conversion) {
    return readLines(
        name,
        ifWrong,
        text -> {
          if (text.chars().anyMatch(Character::isISOControl)) {
            throw new SettingException(
                "%s holds a line break, or another character that cannot be seen".formatted(name));
          }
          return conversion.apply(text);
        });
  }

  private <T> T readLines(String name, T ifWrong, Function<String, T> conversion) {
    try {
      String text =
          lookup
              .apply(name)
              .map(String::strip)
              .orElseThrow(() -> new SettingException("%s is missing".formatted(name)));
      return conversion.apply(text);
    } catch (SettingException e) {
      problems.addAll(e.problems());
      return ifWrong;
    }
  }

  /** Whether a text is an address of the web. */
  static boolean isWebAddress(String text) {
    try {
      URI url = new URI(text);
      String scheme = String.valueOf(url.getScheme());
      return url.getHost() != null && (scheme.equals("http") || scheme.equals("https"));
    } catch (URISyntaxException e) {
      return false;
    }
  }

  private static URI url(String name, String text) {
    // The address may hold a password, and so is not repeated.
    if (!isWebAddress(text)) {
      throw new SettingException("%s is not an http or https address".formatted(name));
    }
    URI url = URI.create(text);
    if (url.getUserInfo() != null) {
      throw new SettingException("%s must not hold a user name".formatted(name));
    }
    if (url.getFragment() != null) {
      throw new SettingException(
          "%s must not hold a #, for what follows it is never sent".formatted(name));
    }
    return url;
  }

  private static Duration duration(String name, String text) {
    String kind = "a duration such as 10s or 5m";
    Matcher duration = matching(name, text, DURATION, kind);
    long amount = Long.parseLong(duration.group(1));
    if (amount == 0) {
      throw wrong(name, text, kind);
    }
    return switch (duration.group(2)) {
      case "ms" -> Duration.ofMillis(amount);
      case "s" -> Duration.ofSeconds(amount);
      case "m" -> Duration.ofMinutes(amount);
      case "h" -> Duration.ofHours(amount);
      default -> Duration.ofDays(amount);
    };
  }

  private static Matcher matching(String name, String text, Pattern pattern, String kind) {
    Matcher matcher = pattern.matcher(text);
    if (!matcher.matches()) {
      throw wrong(name, text, kind);
    }
    return matcher;
  }

  private static String empty(String name) {
    return "%s is empty; set it, or %s in the environment"
        .formatted(name, SettingNames.inEnvironment(name));
  }

  private static SettingException wrong(String name, String text, String kind) {
    String shown = text.length() > MOST_SHOWN ? text.substring(0, MOST_SHOWN) + "..." : text;
    return new SettingException("%s is '%s', which is not %s".formatted(name, shown, kind));
  }
}
