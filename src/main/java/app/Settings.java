package app;

import static java.util.stream.Collectors.joining;

import covid.Dataset;
import covid.Gate;
import covid.KnownBreak;
import covid.Metric;
import feeds.FeedSource;
import java.math.BigDecimal;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import management.Management;
import org.apache.camel.CamelContext;
import org.quartz.CronExpression;
import routes.ChunkLimits;
import routes.ChunkQueue;
import webhooks.Webhooks;

/**
 * The settings, checked and typed. Their meanings, units and defaults are in {@code
 * config/application.properties}. A new one is a line there and a line in {@link #values}.
 */
record Settings(
    Dataset dataset,
    List<KnownBreak> known,
    Feed feed,
    Schedule schedule,
    Store store,
    Chunks chunks,
    Archive archive,
    Announce announce,
    GateLimits gate,
    Optional<Duration> rawKeep,
    String chartKey,
    Site site,
    Http http,
    boolean clustered,
    LogFormat logFormat,
    List<String> untraced,
    boolean cli) {

  /** The pulls. */
  record Feed(
      List<FeedSource> sources,
      Duration timeout,
      long maxBytes,
      int retries,
      Optional<Duration> stalledAfter,
      Optional<Duration> metricStalledAfter,
      boolean synthetic) {}

  /** The schedule. */
  record Schedule(CronExpression cron, ZoneId zone) {}

  /** The table. */
  record Store(String table, int concurrency, int retries) {}

  /**
   * What goes to workers.
   *
   * @param to where a run sends chunks; empty if it stores them itself
   * @param from where this process takes chunks from; empty if it is no worker
   */
  record Chunks(Optional<ChunkQueue> to, Optional<ChunkQueue> from, ChunkLimits limits) {}

  /** The bucket. */
  record Archive(String bucket, String key, boolean pathStyle, Optional<Duration> versionsKept) {}

  /** The messages. */
  record Announce(String topic, boolean revisions, Webhooks webhooks) {}

  /** The limits of the gate. */
  record GateLimits(
      BigDecimal maxBadRows,
      long maxLostDays,
      BigDecimal maxChangedDays,
      BigDecimal maxRefusedPlaces) {}

  /**
   * The dashboard.
   *
   * @param publish whether runs publish it as plain files
   * @param url where readers find it, if it is said
   */
  record Site(boolean publish, Optional<URI> url) {}

  /** The servers. */
  record Http(
      String host,
      int port,
      Duration refresh,
      String token,
      String managementHost,
      int managementPort,
      Optional<Management.Operator> operator) {}

  /** The gate of the dataset. */
  Gate newGate() {
    return new Gate(
        dataset,
        gate.maxBadRows(),
        gate.maxLostDays(),
        gate.maxChangedDays(),
        gate.maxRefusedPlaces());
  }

  /** The same, but this process stores all days itself. */
  Settings withoutQueue() {
    return new Settings(
        dataset,
        known,
        feed,
        schedule,
        store,
        new Chunks(Optional.empty(), Optional.empty(), chunks.limits()),
        archive,
        announce,
        gate,
        rawKeep,
        chartKey,
        site,
        http,
        clustered,
        logFormat,
        untraced,
        cli);
  }

  /** Those that decide what comes of the feeds, by name; manifests of versions have them. */
  SortedMap<String, String> ofVersions() {
    SortedMap<String, String> settings = new TreeMap<>();
    settings.put("dataset", dataset.name());
    settings.put("places", dataset.places().toString());
    settings.put("metrics", dataset.metrics().stream().map(Metric::name).collect(joining(",")));
    feed.sources()
        .forEach(feed -> settings.put("feed.%s.url".formatted(feed.name()), feed.shownUrl()));
    return settings;
  }

  /**
   * Reads the settings from all sources, and resolves the placeholders of a context to the checked
   * values.
   *
   * @throws SettingException with everything that is missing, wrong or unknown
   */
  static Settings read(CamelContext context, SettingSources sources) {
    SettingNames names = SettingNames.of(sources.dataset());
    SettingTexts texts = new SettingTexts(SettingPlaceholders.in(context, names, sources)::text);
    Settings settings = of(texts, sources.dataset());
    sources.misspelt(names).forEach(texts::problem);
    AwsEndpoints.wrong(sources).forEach(texts::problem);
    texts.requireGood();
    return settings;
  }

  /**
   * Reads the settings of the default dataset.
   *
   * @param lookup returns the text of a setting by its name
   * @throws SettingException with everything that is missing or wrong
   */
  static Settings read(Function<String, Optional<String>> lookup) {
    DatasetFile dataset = DatasetFile.find(Dataset.DEFAULT);
    SettingTexts texts =
        new SettingTexts(
            name ->
                lookup
                    .apply(name)
                    .or(() -> Optional.ofNullable(dataset.properties().getProperty(name))));
    Settings settings = of(texts, dataset);
    texts.requireGood();
    return settings;
  }

  private static Settings of(SettingTexts texts, DatasetFile file) {
    Settings settings = values(texts, file);
    new SettingConflicts(texts).note(settings);
    return settings;
  }

  private static Settings values(SettingTexts texts, DatasetFile file) {
    DatasetSettings dataset = new DatasetSettings(texts, file.name());
    List<FeedSource> sources = dataset.feeds(file.feeds());
    return new Settings(
        dataset.dataset(),
        dataset.known(file.knownBreaks()),
        new Feed(
            sources,
            texts.duration("feed.timeout"),
            texts.size("feed.max-bytes"),
            texts.number("feed.retries", 0, 100),
            texts.durationIfAny("feed.stalled-after"),
            texts.durationIfAny("metric.stalled-after"),
            texts.flag("feed.synthetic")),
        new Schedule(texts.cron("schedule.cron"), texts.zone("schedule.zone")),
        new Store(
            texts.table("store.table"),
            texts.number("store.concurrency", 1, 1_000),
            texts.number("store.retries", 0, 100)),
        new Chunks(
            texts.queue("chunks.to"),
            texts.queue("chunks.from"),
            new ChunkLimits(
                texts.duration("chunks.poll"),
                texts.duration("chunks.resend-after"),
                texts.duration("run.deadline"))),
        new Archive(
            texts.bucket("archive.bucket"),
            texts.key("archive.key"),
            texts.flag("archive.path-style"),
            texts.optional("versions.keep", SettingKinds::daysOrMore)),
        new Announce(
            texts.topicIfAny("announce.topic"),
            texts.summary("announce.revisions"),
            WebhookSettings.read(texts)),
        new GateLimits(
            texts.share("gate.max-bad-rows"),
            texts.number("gate.max-lost-days", 0, Integer.MAX_VALUE),
            texts.share("gate.max-changed-days"),
            texts.share("gate.max-refused-places")),
        texts.durationUnlessZero("raw.keep"),
        texts.key("chart.key"),
        new Site(texts.flag("site.publish"), texts.optional("site.url", SettingAddresses::page)),
        new Http(
            texts.host("http.host"),
            texts.number("http.port", 1, 65_535),
            texts.duration("http.refresh"),
            texts.any("http.token"),
            texts.host("management.host"),
            texts.number("management.port", 1, 65_535),
            texts.operator("management.user", "management.password")),
        texts.flag("cluster.enabled"),
        texts.logFormat("log.format"),
        texts.optionalList("trace.exclude"),
        texts.flag("cli.enabled"));
  }

  /**
   * Where the management server of a process of this machine with these settings is reached.
   *
   * @throws SettingException if one of its settings is missing or wrong, or any name is unknown
   */
  static InetSocketAddress management(CamelContext context, SettingSources sources) {
    SettingNames names = SettingNames.of(sources.dataset());
    SettingTexts texts = new SettingTexts(SettingPlaceholders.in(context, names, sources)::text);
    String host = texts.host("management.host");
    int port = texts.number("management.port", 1, 65_535);
    sources.misspelt(names).forEach(texts::problem);
    texts.requireGood();
    return Listening.reached(host, port);
  }
}
