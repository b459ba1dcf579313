package app;

import aws.AwsClients;
import aws.ItemLayout;
import cluster.Election;
import covid.Dataset;
import covid.Freshness;
import covid.Gate;
import covid.KeySchema;
import covid.RunHistory;
import feeds.FeedHttpClient;
import feeds.FeedSource;
import feeds.Proxies;
import feeds.Reading;
import feeds.SetFormat;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import management.Management;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.NodeIdFactory;
import org.apache.camel.spi.Registry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.AnnounceRoutes;
import routes.ApiRoutes;
import routes.Dashboard;
import routes.DeadLetterRoutes;
import routes.ImportRoutes;
import routes.JoinRoutes;
import routes.Listing;
import routes.LogContext;
import routes.PlaceDeadLetterRoutes;
import routes.PlaceNameRoutes;
import routes.PlaceStoreRoutes;
import routes.Problems;
import routes.PublishRoutes;
import routes.PullRoutes;
import routes.RawBodies;
import routes.RawRoutes;
import routes.ReadSetRoutes;
import routes.Reason;
import routes.Redelivery;
import routes.RepeatRoutes;
import routes.RetryAfter;
import routes.RevisionAnnounceRoutes;
import routes.RevisionRoutes;
import routes.RollbackRoutes;
import routes.RunRequests;
import routes.RunRoutes;
import routes.Runs;
import routes.Schedule;
import routes.SetRoutes;
import routes.SiteRoutes;
import routes.SkippedRun;
import routes.StepIds;
import routes.StoreRoutes;
import routes.SweepRoutes;
import routes.TakeRoutes;
import routes.TriggerRoutes;
import routes.VersionRoutes;
import serve.BucketObjects;
import serve.Bulkhead;
import serve.Failures;
import serve.ParallelReads;
import serve.PublishedReports;
import serve.PublishedSite;
import serve.RunAnswers;
import serve.SeriesObjects;
import software.amazon.awssdk.core.exception.SdkClientException;
import web.Json;
import web.WebServer;

/** Creates the beans of the routes, and binds them under the names that the YAML uses. */
final class Wiring {
  private static final Logger LOG = LoggerFactory.getLogger("announce");
  private static final Logger SCHEDULE_LOG = LoggerFactory.getLogger("schedule");

  private final CamelContext context;
  private final Registry registry;
  private final Settings settings;
  private final Clock clock;
  private final Json json;
  private final Runs runs;
  private final RunHistory history = new RunHistory();
  private final AwsClients aws;
  private final BucketObjects bucket;
  private final Readers readers;
  private final PublishedReports reports;

  /**
   * @throws SettingException if the AWS clients lack a region
   */
  Wiring(CamelContext context, Settings settings) {
    this.context = context;
    this.registry = context.getRegistry();
    this.settings = settings;
    this.clock = clock();
    this.json = new Json(settings.dataset().key());
    this.runs = new Runs(clock);
    this.aws = aws();
    Settings.Archive archive = settings.archive();
    this.bucket = new BucketObjects(aws.s3(), archive.bucket(), settings.dataset().prefix());
    Failures failures = new Failures(Reason::of);
    Duration refresh = settings.http().refresh();
    this.reports = new PublishedReports(bucket, json, clock, refresh, failures);
    this.readers =
        new Readers(bucket, settings, clock, json, failures, reports, drawing(), reading());
  }

  /** The system's, unless another one is bound. */
  private Clock clock() {
    Clock bound = registry.findSingleByType(Clock.class);
    return bound == null ? Clock.systemUTC() : bound;
  }

  private boolean ofPlaces() {
    return settings.dataset().key() == KeySchema.PLACE_DATE;
  }

  private Executor drawing() {
    return context.getExecutorServiceManager().newSingleThreadExecutor(this, "draw-chart");
  }

  private ParallelReads reading() {
    return new ParallelReads(
        context
            .getExecutorServiceManager()
            .newFixedThreadPool(this, "read-versions", SeriesObjects.READERS));
  }

  /** Adds route and run to every log line, and an id to every step. */
  void log() {
    context.getCamelContextExtension().addInterceptStrategy(new LogContext());
    context.getCamelContextExtension().addContextPlugin(NodeIdFactory.class, new StepIds());
  }

  /** Clients and retries for feeds and AWS. */
  void clients() throws Exception {
    context.addService(aws);
    registry.bind("dynamoDb", aws.dynamoDb());
    registry.bind("s3", aws.s3());
    registry.bind("sns", aws.sns());
    registry.bind(
        "feedHttpClient",
        new FeedHttpClient(
            settings.feed().timeout(),
            context
                .getExecutorServiceManager()
                .newSingleThreadScheduledExecutor(context, "pull-limit"),
            proxies()));
    registry.bind("retryAfter", new RetryAfter(clock, settings.feed().timeout()));
    registry.bind("redelivery", new Redelivery());
  }

  private static Proxies proxies() {
    try {
      return new Proxies(System::getProperty, System::getenv);
    } catch (IllegalArgumentException e) {
      throw new SettingException(String.valueOf(e.getMessage()));
    }
  }

  private AwsClients aws() {
    try {
      int connections =
          settings.store().concurrency() + 4 + WebServer.MOST_WAITING + SeriesObjects.READERS;
      return new AwsClients(connections, settings.archive().pathStyle());
    } catch (SdkClientException e) {
      throw new SettingException(
          "AWS_REGION is missing: set it in the environment, or a region in the AWS profile");
    }
  }

  /** The run. */
  void ingest() {
    if (settings.announce().topic().isEmpty()) {
      LOG.info("announce.topic is empty: no messages are published");
    }
    Gate gate =
        new Gate(
            settings.dataset(),
            settings.gate().maxBadRows(),
            settings.gate().maxLostDays(),
            settings.gate().maxChangedDays(),
            settings.gate().maxRefusedPlaces());
    List<FeedSource> feeds = settings.feed().sources();
    boolean synthetic = settings.feed().synthetic();
    RawBodies bodies =
        new RawBodies(
            settings.rawKeep(),
            new Reading(settings.dataset(), synthetic, Commands.Version.line()),
            clock);
    Listing listing = new Listing(settings.archive().bucket());
    registry.bind("dataset", settings.dataset());
    registry.bind("runs", runs);
    registry.bind("runRoutes", new RunRoutes(runs, json, history, listing, clock));
    registry.bind(
        "pullRoutes",
        new PullRoutes(
            settings.dataset(),
            feeds,
            settings.feed().maxBytes(),
            new Freshness(settings.feed().stalledAfter()),
            bodies,
            clock));
    registry.bind("rawRoutes", new RawRoutes(bodies));
    registry.bind("repeatRoutes", new RepeatRoutes(feeds, json));
    registry.bind("readSetRoutes", new ReadSetRoutes(settings.dataset(), synthetic));
    registry.bind(
        "joinRoutes",
        new JoinRoutes(
            feeds,
            gate,
            settings.feed().metricStalledAfter(),
            SetFormat.of(settings.dataset()),
            clock));
    store(listing);
    registry.bind(
        "publishRoutes",
        new PublishRoutes(
            SetFormat.of(settings.dataset()),
            synthetic,
            settings.ofVersions(),
            clock,
            readers::expireSet));
    registry.bind("setRoutes", new SetRoutes(SetFormat.of(settings.dataset())));
    registry.bind("versionRoutes", new VersionRoutes(json, synthetic, clock));
    settings
        .archive()
        .versionsKept()
        .ifPresent(keep -> registry.bind("sweepRoutes", new SweepRoutes(keep, json, clock)));
    registry.bind("rollbackRoutes", new RollbackRoutes(json, clock, readers::expireSet));
    registry.bind(
        "announceRoutes",
        new AnnounceRoutes(
            settings.dataset(), settings.announce().revisions(), runs, json, reports::expire));
  }

  /** Versions of an earlier time than the current one. */
  void imports() {
    registry.bind(
        "importRoutes",
        new ImportRoutes(
            SetFormat.of(settings.dataset()),
            settings.feed().synthetic(),
            settings.ofVersions(),
            json));
  }

  /** The table and its dead letter, by the key of the table. */
  private void store(Listing listing) {
    ItemLayout layout = ItemLayout.of(settings.dataset());
    registry.bind("storeRoutes", new StoreRoutes(settings.dataset(), layout));
    if (layout.key() == KeySchema.DATE) {
      registry.bind("deadLetterRoutes", new DeadLetterRoutes(clock, json, listing));
      return;
    }
    registry.bind("placeNameRoutes", new PlaceNameRoutes());
    registry.bind("placeStoreRoutes", new PlaceStoreRoutes(layout));
    registry.bind(
        "placeDeadLetterRoutes", new PlaceDeadLetterRoutes(clock, json, listing, layout.metrics()));
  }

  /** The command that takes published revisions into the table. */
  void revisions() {
    Dataset dataset = settings.dataset();
    registry.bind("revisionRoutes", new RevisionRoutes(dataset, runs, json, clock));
    registry.bind("takeRoutes", new TakeRoutes(ItemLayout.of(dataset)));
    registry.bind("revisionAnnounceRoutes", new RevisionAnnounceRoutes(dataset, runs, json));
  }

  /** The site of plain files. */
  void site() {
    registry.bind(
        "siteRoutes",
        new SiteRoutes(
            readers.figures(Bulkhead.UNBOUNDED),
            ofPlaces(),
            reports,
            new PublishedSite(bucket),
            json));
  }

  /** The triggers of runs, in a cluster those of the leader. */
  void schedule() throws Exception {
    String onLeader = "";
    if (settings.clustered()) {
      Management.show(context, Election.in(context, group()));
      onLeader = Election.leaderOnly(group());
    }
    Schedule schedule = new Schedule(settings.schedule().cron(), settings.schedule().zone(), clock);
    schedule.nextSkipped().map(SkippedRun::sentence).ifPresent(SCHEDULE_LOG::warn);
    registry.bind("triggerRoutes", new TriggerRoutes(schedule, reports, history, onLeader));
    context.addStartupListener(
        StartLog.ends(settings.http(), schedule, settings.schedule().zone()));
  }

  /** The group of the election, one for each dataset: the name of its Lease ends with it. */
  private String group() {
    Dataset dataset = settings.dataset();
    return dataset.isDefault() ? "schedule" : "schedule-" + dataset.name();
  }

  /** The main server. */
  void api() throws Exception {
    Bulkhead bulkhead = new Bulkhead(WebServer.MOST_WAITING);
    registry.bind("problems", new Problems());
    registry.bind(
        "apiRoutes",
        new ApiRoutes(
            readers.figures(bulkhead),
            new ApiRoutes.Versions(
                readers.versions(bulkhead), readers.diffs(bulkhead), readers.histories(bulkhead)),
            new RunAnswers(reports, runs::current, json, bulkhead),
            new RunRequests(runs, settings.http().token(), json),
            new Dashboard(ofPlaces(), json)));
    WebServer.in(context, settings.http().host(), settings.http().port());
  }

  /** The management server. */
  void management() throws Exception {
    Management.in(context, history, settings.http().operator());
  }
}
