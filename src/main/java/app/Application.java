package app;

import aws.AwsClients;
import covid.ArchivedSet;
import covid.Gate;
import covid.RunHistory;
import feeds.FeedHttpClient;
import java.time.Clock;
import java.util.List;
import management.Management;
import org.apache.camel.CamelConfiguration;
import org.apache.camel.CamelContext;
import org.apache.camel.main.DefaultMainShutdownStrategy;
import org.apache.camel.main.Main;
import org.apache.camel.spi.Registry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.ApiRoutes;
import routes.ArchiveRoutes;
import routes.ArchiveSteps;
import routes.Charts;
import routes.Dashboard;
import routes.FeedRoutes;
import routes.FeedSteps;
import routes.FigureSteps;
import routes.IngestRoutes;
import routes.Json;
import routes.Kept;
import routes.Problems;
import routes.Redelivery;
import routes.ReportRoutes;
import routes.ReportSteps;
import routes.RetryAfter;
import routes.RunRequests;
import routes.RunSteps;
import routes.Runs;
import routes.Schedule;
import routes.ScheduleRoutes;
import routes.SiteRoutes;
import routes.SiteSteps;
import routes.StoreRoutes;
import routes.StoreSteps;
import software.amazon.awssdk.core.exception.SdkClientException;
import web.WebServer;

/** The table of contents: which routes there are, and what they are made of. */
public final class Application implements CamelConfiguration {
  private static final Logger LOG = LoggerFactory.getLogger("announce");

  private final boolean scheduled;

  private Application(boolean scheduled) {
    this.scheduled = scheduled;
  }

  /**
   * Runs the command line and ends the process with its exit code.
   *
   * @param args see {@link Commands}
   */
  public static void main(String... args) {
    System.exit(execute(args));
  }

  /**
   * Runs the command line.
   *
   * @param args see {@link Commands}
   * @return the exit code
   */
  public static int execute(String... args) {
    return Commands.execute(args);
  }

  /** Runs come by the clock, and the servers are up. */
  static Main serving() {
    Main main = main(true);
    Management.prepare(main);
    return main;
  }

  /** A run comes when it is asked for. */
  static Main onDemand() {
    Main main = main(false);
    main.addOverrideProperty("camel.main.routes-exclude-pattern", "**/api.camel.yaml");
    return main;
  }

  private static Main main(boolean scheduled) {
    Main main = new Main();
    // GracefulStop listens to signals instead: it knows of runs.
    DefaultMainShutdownStrategy stops = new DefaultMainShutdownStrategy(main);
    stops.disableHangupSupport();
    main.setShutdownStrategy(stops);
    // What stands in the folder config goes before what was packed from it.
    main.setDefaultPropertyPlaceholderLocation(
        "file:config/application.properties;optional=true,classpath:application.properties");
    main.configure().addConfiguration(new Application(scheduled));
    return main;
  }

  @Override
  public void configure(CamelContext context) throws Exception {
    Settings settings = Settings.read(context);
    Clock clock = Clock.systemUTC();
    Json json = new Json();
    Runs runs = new Runs(clock);
    Gate gate =
        new Gate(
            settings.feed().country(), settings.gate().maxBadRows(), settings.gate().maxLostDays());
    RunSteps steps = new RunSteps(runs, gate, clock);
    StoreSteps storeSteps = new StoreSteps(clock);
    AwsClients aws = awsClients(settings);
    context.addService(aws);
    if (settings.announceTopic().isEmpty()) {
      LOG.info("announce.topic is empty: no messages are published");
    }

    Registry registry = context.getRegistry();
    registry.bind("dynamoDb", aws.dynamoDb());
    registry.bind("s3", aws.s3());
    registry.bind("sns", aws.sns());
    registry.bind(
        "feedHttpClient",
        new FeedHttpClient(
            settings.feed().timeout(),
            context
                .getExecutorServiceManager()
                .newSingleThreadScheduledExecutor(context, "pull-limit")));
    registry.bind("retryAfter", new RetryAfter(clock, settings.feed().timeout()));
    registry.bind("redelivery", new Redelivery());
    registry.bind("runs", runs);
    registry.bind("runSteps", steps);
    registry.bind("storeSteps", storeSteps);

    Kept<ArchivedSet> set = new Kept<>(clock, settings.http().refresh());
    Kept<List<ReportSteps.Entry>> reports = new Kept<>(clock, settings.http().refresh());
    ArchiveSteps archiveSteps = new ArchiveSteps(set);
    ReportSteps reportSteps = new ReportSteps(reports, settings.archive().bucket(), runs, json);
    Charts charts = new Charts();
    FigureSteps figures = new FigureSteps(json, charts);
    registry.bind("archiveSteps", archiveSteps);
    registry.bind("reportSteps", reportSteps);
    registry.bind("charts", charts);
    registry.bind("problems", new Problems());
    RunHistory history = new RunHistory();
    registry.bind("history", history);
    registry.bind("ingestRoutes", new IngestRoutes(runs, steps, json, set, reports, history));
    registry.bind("archiveRoutes", new ArchiveRoutes(archiveSteps, charts));
    registry.bind("reportRoutes", new ReportRoutes(reportSteps, json));
    registry.bind("siteRoutes", new SiteRoutes(new SiteSteps(figures, json, clock)));

    registry.bind(
        "feedRoutes",
        new FeedRoutes(
            new FeedSteps(settings.feed().country(), settings.feed().maxBytes()), steps));
    registry.bind("storeRoutes", new StoreRoutes(storeSteps, json));
    if (scheduled) {
      settings.http().requireFreePorts();
      Schedule schedule =
          new Schedule(
              settings.schedule().cron(),
              settings.schedule().zone(),
              clock,
              settings.archive().bucket());
      registry.bind("scheduleRoutes", new ScheduleRoutes(schedule, reportSteps, history, json));
      registry.bind(
          "apiRoutes",
          new ApiRoutes(
              figures,
              reportSteps,
              new RunRequests(runs, settings.http().token(), json),
              new Dashboard(json)));
      Management.in(context, history, List.of("nyt", "jhu"), settings.http().operator());
      WebServer.in(context, settings.http().host(), settings.http().port());
    }
  }

  private static AwsClients awsClients(Settings settings) {
    try {
      return new AwsClients(settings.store().concurrency() + 4, settings.archive().pathStyle());
    } catch (SdkClientException e) {
      throw new SettingException(
          "AWS_REGION is missing: set it in the environment, or a region in the AWS profile");
    }
  }
}
