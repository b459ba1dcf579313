package app;

import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import management.Management;
import org.apache.camel.CamelContext;
import org.quartz.CronExpression;

/**
 * The settings, checked and typed. Their meanings, units and defaults stand in {@code
 * config/application.properties}.
 */
record Settings(
    Feed feed,
    Schedule schedule,
    Store store,
    Archive archive,
    String announceTopic,
    GateLimits gate,
    String chartKey,
    boolean publishSite,
    Http http,
    boolean clustered,
    LogFormat logFormat) {

  /** The pulls. */
  record Feed(
      URI nytUrl,
      URI jhuUrl,
      String country,
      Duration timeout,
      long maxBytes,
      int retries,
      Optional<Duration> stalledAfter) {}

  /** When a run starts by itself. */
  record Schedule(CronExpression cron, ZoneId zone) {}

  /** The table. */
  record Store(String table, int concurrency, int retries) {}

  /** The bucket. */
  record Archive(String bucket, String key, boolean pathStyle) {}

  /** What the gate lets through. */
  record GateLimits(BigDecimal maxBadRows, long maxLostDays) {}

  /** The servers. */
  record Http(
      String host,
      int port,
      Duration refresh,
      String token,
      String managementHost,
      int managementPort,
      Optional<Management.Operator> operator) {

    /**
     * Finds out early what a server would only say in the log.
     *
     * @throws SettingException if somebody else has one of the ports
     */
    void requireFreePorts() {
      requireFree("http.port", host, port);
      requireFree("management.port", managementHost, managementPort);
    }

    private static void requireFree(String name, String host, int port) {
      try (ServerSocket socket = new ServerSocket()) {
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(host, port));
      } catch (IOException e) {
        throw new SettingException(
            "%s is %d, which cannot be had on %s (%s): choose another"
                .formatted(name, port, host, e.getMessage()));
      }
    }
  }

  private static final Set<String> NAMES =
      Set.of(
          "feed.nyt.url",
          "feed.jhu.url",
          "feed.jhu.country",
          "feed.timeout",
          "feed.max-bytes",
          "feed.retries",
          "feed.stalled-after",
          "schedule.cron",
          "schedule.zone",
          "store.table",
          "store.concurrency",
          "store.retries",
          "archive.bucket",
          "archive.key",
          "archive.path-style",
          "announce.topic",
          "gate.max-bad-rows",
          "gate.max-lost-days",
          "chart.key",
          "site.publish",
          "http.host",
          "http.port",
          "http.refresh",
          "http.token",
          "management.host",
          "management.port",
          "management.user",
          "management.password",
          "cluster.enabled",
          "log.format");

  private static final Pattern GROUP =
      Pattern.compile(
          "(feed|schedule|store|archive|announce|gate|chart|site|http|management|cluster|log)\\..*");
  private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");
  private static final Pattern SIZE = Pattern.compile("(\\d{1,12})(|B|KB|MB|GB)");
  private static final Pattern PERCENT = Pattern.compile("(\\d{1,3}(\\.\\d{1,6})?)%");
  private static final Pattern TOPIC = Pattern.compile("(|arn:[^:]+:sns:[^:]+:\\d{12}:[^:]+)");
  private static final Map<String, Long> UNITS =
      Map.of("", 1L, "B", 1L, "KB", 1_000L, "MB", 1_000_000L, "GB", 1_000_000_000L);

  /**
   * Reads the settings as the routes' placeholders see them.
   *
   * @throws SettingException for the first one that is missing, wrong or unknown
   */
  static Settings read(CamelContext context) {
    context.getPropertiesComponent().loadProperties(Settings::refuseUnknown);
    return read(name -> context.getPropertiesComponent().resolveProperty(name));
  }

  /**
   * Reads the settings.
   *
   * @param lookup gives the text of a setting by its name
   * @throws SettingException for the first one that is missing or wrong
   */
  static Settings read(Function<String, Optional<String>> lookup) {
    Texts texts = new Texts(lookup);
    return new Settings(
        new Feed(
            texts.url("feed.nyt.url"),
            texts.url("feed.jhu.url"),
            texts.text("feed.jhu.country"),
            texts.duration("feed.timeout"),
            texts.size("feed.max-bytes"),
            texts.number("feed.retries", 0, 100),
            texts.durationIfAny("feed.stalled-after")),
        new Schedule(texts.cron("schedule.cron"), texts.zone("schedule.zone")),
        new Store(
            texts.text("store.table"),
            texts.number("store.concurrency", 1, 1_000),
            texts.number("store.retries", 0, 100)),
        new Archive(
            texts.text("archive.bucket"),
            texts.text("archive.key"),
            texts.flag("archive.path-style")),
        texts.topic("announce.topic"),
        new GateLimits(
            texts.share("gate.max-bad-rows"),
            texts.number("gate.max-lost-days", 0, Integer.MAX_VALUE)),
        texts.text("chart.key"),
        texts.flag("site.publish"),
        new Http(
            texts.text("http.host"),
            texts.number("http.port", 1, 65_535),
            texts.duration("http.refresh"),
            texts.any("http.token"),
            texts.text("management.host"),
            texts.number("management.port", 1, 65_535),
            texts.operator("management.user", "management.password")),
        texts.flag("cluster.enabled"),
        texts.logFormat("log.format"));
  }

  /**
   * Where the management server of a process with these settings listens.
   *
   * @param lookup gives the text of a setting by its name
   * @throws SettingException if one of its settings is missing or wrong
   */
  static InetSocketAddress management(Function<String, Optional<String>> lookup) {
    Texts texts = new Texts(lookup);
    return InetSocketAddress.createUnresolved(
        texts.text("management.host"), texts.number("management.port", 1, 65_535));
  }

  private static boolean refuseUnknown(String name) {
    if (GROUP.matcher(name).matches() && !NAMES.contains(name)) {
      throw new SettingException(
          "%s is not a setting; those of its group are %s"
              .formatted(name, new TreeSet<>(NAMES.stream().filter(sameGroup(name)).toList())));
    }
    return false;
  }

  private static java.util.function.Predicate<String> sameGroup(String name) {
    return other -> other.startsWith(name.substring(0, name.indexOf('.') + 1));
  }

  /** Turns texts into values, and says which one cannot be. */
  private record Texts(Function<String, Optional<String>> lookup) {

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
      if (!CronExpression.isValidExpression(text)) {
        throw wrong(name, text, "a Quartz cron expression such as 0 0 16 * * ?");
      }
      try {
        return new CronExpression(text);
      } catch (java.text.ParseException e) {
        throw wrong(name, text, "a Quartz cron expression such as 0 0 16 * * ?");
      }
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
      return name.isEmpty()
          ? Optional.empty()
          : Optional.of(new Management.Operator(name, text(password)));
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
}
