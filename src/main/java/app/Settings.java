package app;

import feeds.FeedHeaders;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
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
      Map<String, FeedHeaders> headers,
      String country,
      Duration timeout,
      long maxBytes,
      int retries,
      Optional<Duration> stalledAfter,
      boolean synthetic) {}

  /** When a run starts by itself. */
  record Schedule(CronExpression cron, ZoneId zone) {}

  /** The table. */
  record Store(String table, int concurrency, int retries) {}

  /** The bucket. */
  record Archive(String bucket, String key, boolean pathStyle) {}

  /** What the gate lets through. */
  record GateLimits(BigDecimal maxBadRows, long maxLostDays, BigDecimal maxChangedDays) {}

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
          "feed.nyt.headers",
          "feed.jhu.headers",
          "feed.jhu.country",
          "feed.timeout",
          "feed.max-bytes",
          "feed.retries",
          "feed.stalled-after",
          "feed.synthetic",
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
          "gate.max-changed-days",
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
    SettingTexts texts = new SettingTexts(lookup);
    return new Settings(
        new Feed(
            texts.url("feed.nyt.url"),
            texts.url("feed.jhu.url"),
            Map.of(
                "nyt", texts.headers("feed.nyt.headers"), "jhu", texts.headers("feed.jhu.headers")),
            texts.text("feed.jhu.country"),
            texts.duration("feed.timeout"),
            texts.size("feed.max-bytes"),
            texts.number("feed.retries", 0, 100),
            texts.durationIfAny("feed.stalled-after"),
            texts.flag("feed.synthetic")),
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
            texts.number("gate.max-lost-days", 0, Integer.MAX_VALUE),
            texts.share("gate.max-changed-days")),
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
    SettingTexts texts = new SettingTexts(lookup);
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
}
