package app;

import static java.nio.charset.StandardCharsets.UTF_8;

import covid.DaySelection;
import covid.RevisionReport;
import covid.Run;
import covid.RunMarker;
import covid.RunReport;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import local.FeedServer;
import local.FreePorts;
import local.LocalCloud;
import org.apache.camel.Exchange;
import org.apache.camel.FluentProducerTemplate;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.processor.errorhandler.RedeliveryPolicy;
import routes.RunRoutes;

/** The application in this JVM, against a local cloud and feeds that a test sets. */
public final class TestApplication implements AutoCloseable {
  /** Three days of the country, and one that only this feed has. */
  public static final String NYT =
      "date,cases,deaths\n2020-01-21,1,0\n2020-01-22,1,0\n2020-01-23,2,1\n2020-01-24,5,1\n";

  /** The same three days, and another country. */
  public static final String JHU =
      """
      Date,Country/Region,Province/State,Confirmed,Recovered,Deaths
      2020-01-22,Angola,,7,7,7
      2020-01-22,US,,9,0,9
      2020-01-23,US,,9,1,9
      2020-01-24,US,,9,2,9
      """;

  private static final AtomicInteger OWNERS = new AtomicInteger();

  private final Main main;

  private TestApplication(Main main) {
    this.main = main;
  }

  /** Pulls from a server that gives the feeds above, unless the test sets others. */
  public static FeedServer feeds() {
    FeedServer server = FeedServer.synthetic(0, 1);
    usual(server);
    return server;
  }

  /** Has a server give the feeds above from now on. */
  static void usual(FeedServer server) {
    nyt(server, NYT);
    jhu(server, JHU);
  }

  /** Has a server give this as the feed of the New York Times from now on. */
  public static void nyt(FeedServer server, String csv) {
    set(server, server.nyt().getPath(), csv);
  }

  /** Has a server give this as the feed of Johns Hopkins from now on. */
  public static void jhu(FeedServer server, String csv) {
    set(server, server.jhu().getPath(), csv);
  }

  private static void set(FeedServer server, String path, String csv) {
    server.answer(
        path,
        exchange -> {
          byte[] body = csv.getBytes(UTF_8);
          exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
          exchange.getResponseBody().write(body);
        });
  }

  /**
   * Starts the application without servers and schedule.
   *
   * @param settings name, value, name, value ...
   */
  public static TestApplication start(LocalCloud cloud, FeedServer feeds, String... settings) {
    return start(Task.RUN.on(SettingChoice.NONE), cloud, feeds, settings);
  }

  /** Starts the application with a dataset of many places. */
  public static TestApplication ofPlaces(
      LocalCloud cloud, FeedServer feeds, String dataset, String... settings) {
    Main main = Task.RUN.on(SettingChoice.ofDataset(dataset));
    main.addOverrideProperty("store.table", cloud.tableOfPlaces());
    main.bind("owner", nextOwner());
    return start(main, cloud, feeds, settings);
  }

  /** This process, told from other applications in it by milliseconds of its start. */
  private static RunMarker.Owner nextOwner() {
    ProcessHandle process = ProcessHandle.current();
    Instant begun = process.info().startInstant().orElseThrow().truncatedTo(ChronoUnit.SECONDS);
    return new RunMarker.Owner(
        hostName(), process.pid(), begun.plusMillis(OWNERS.incrementAndGet() % 1000));
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts the application as the command work has it, without MBeans. */
  public static TestApplication working(
      LocalCloud cloud, FeedServer feeds, String dataset, String... settings) {
    Main main = Task.WORK.on(SettingChoice.ofDataset(dataset));
    main.addOverrideProperty("store.table", cloud.tableOfPlaces());
    main.addOverrideProperty("chunks.from", queue(cloud));
    main.addOverrideProperty("camel.main.jmx-enabled", "false");
    main.addOverrideProperty("management.port", freePort());
    main.addOverrideProperty("camel.component.aws2-sqs.wait-time-seconds", "1");
    return start(main, cloud, feeds, settings);
  }

  /** The queue of chunks as a setting. */
  public static String queue(LocalCloud cloud) {
    return "aws2-sqs:chunks?queueUrl=" + cloud.queueUrl();
  }

  /** Starts the application as the command take-revisions has it; it can do runs too. */
  public static TestApplication takingRevisions(
      Optional<String> dataset, LocalCloud cloud, FeedServer feeds, String... settings) {
    return start(Task.TAKE_REVISIONS.on(choice(dataset)), cloud, feeds, settings);
  }

  /**
   * Starts the same, but with the delays between the tries that the program has; otherwise these
   * are milliseconds, so that no test waits for them.
   */
  public static TestApplication startWithDelays(LocalCloud cloud, FeedServer feeds) {
    return started(Task.RUN.on(SettingChoice.NONE), cloud, feeds);
  }

  private static SettingChoice choice(Optional<String> dataset) {
    return new SettingChoice(Optional.empty(), dataset);
  }

  /** The application as the command run has it, for a test that gives it other ends. */
  public static Main unstarted() {
    return sharing(Task.RUN.on(SettingChoice.NONE));
  }

  /** The same as the command take-revisions has it; it can do runs too. */
  public static Main unstartedTakingRevisions() {
    return sharing(Task.TAKE_REVISIONS.on(SettingChoice.NONE));
  }

  private static Main sharing(Main main) {
    main.addMainListener(
        new MainListenerSupport() {
          @Override
          public void beforeInitialize(BaseMainSupport main) {
            SharedFactories.in(main.getCamelContext());
          }
        });
    return main;
  }

  /** A port for one server, see {@link FreePorts}. */
  public static String freePort() {
    return Integer.toString(FreePorts.next());
  }

  /**
   * Starts the application as the command serve does, its servers on ports of the caller's choice.
   * But it asks nothing of the bucket by itself, and catches up no run: a test says when. It has no
   * MBeans, for these take the better part of a start.
   *
   * @param settings name, value, name, value ...
   */
  public static TestApplication serve(LocalCloud cloud, FeedServer feeds, String... settings) {
    return serve(Optional.empty(), cloud, feeds, settings);
  }

  /** Starts the same with a dataset. */
  public static TestApplication serve(
      Optional<String> dataset, LocalCloud cloud, FeedServer feeds, String... settings) {
    Main main = Task.SERVE.on(choice(dataset));
    main.addOverrideProperty(
        "camel.main.route-filter-exclude-pattern", "ingest-missed,recall-runs");
    main.addOverrideProperty("camel.main.jmx-enabled", "false");
    return start(main, cloud, feeds, settings);
  }

  private static TestApplication start(
      Main main, LocalCloud cloud, FeedServer feeds, String... settings) {
    TestApplication application = started(main, cloud, feeds, settings);
    for (String retries :
        new String[] {"feedRetries", "awsRetries", "webhookRetries", "catchUpRetries"}) {
      application
          .context()
          .getRegistry()
          .lookupByNameAndType(retries, RedeliveryPolicy.class)
          .setRedeliveryDelay(1);
    }
    return application;
  }

  private static TestApplication started(
      Main main, LocalCloud cloud, FeedServer feeds, String... settings) {
    // The feeds are old; a test that minds says so.
    main.addOverrideProperty("feed.stalled-after", "");
    Map.of(
            "feed.nyt.url", feeds.nyt().toString(),
            "feed.jhu.url", feeds.jhu().toString(),
            "feed.retries", "1",
            "archive.bucket", cloud.bucket(),
            "archive.path-style", "true",
            "announce.topic", cloud.topicArn(),
            "store.retries", "1",
            "http.host", "127.0.0.1",
            "management.host", "127.0.0.1")
        .forEach(main::addOverrideProperty);
    for (int i = 0; i < settings.length; i += 2) {
      main.addOverrideProperty(settings[i], settings[i + 1]);
    }
    try {
      sharing(main).start();
    } catch (Exception e) {
      main.stop();
      throw e;
    }
    return new TestApplication(main);
  }

  /** One run, which waits for the end of an open one, or continues it. */
  public RunReport runOrContinue() throws Exception {
    return main.getCamelTemplate()
        .requestBody("direct:run-or-continue", "command", RunReport.class);
  }

  /** One run from begin to end. */
  public RunReport run() throws Exception {
    return main.getCamelTemplate().requestBody("direct:do-run", "command", RunReport.class);
  }

  /** What the command run prints on the raw bodies of an earlier run. */
  public String runOn(String raw) throws Exception {
    StringWriter out = new StringWriter();
    new OneRun(main, new PrintWriter(out, true), false).on(raw);
    return out.toString();
  }

  /** Imports the feeds of a folder; returns the exit code and what the command prints. */
  public Map.Entry<Integer, String> importVersion(String at, Path folder) throws Exception {
    StringWriter out = new StringWriter();
    int exitCode =
        ImportCommand.importVersion(
            main, Instant.parse(at), folder, false, new PrintWriter(out, true));
    return Map.entry(exitCode, out.toString());
  }

  /** Takes published revisions into the table; null if a run is in progress. */
  public RevisionReport takeRevisions(DaySelection days) {
    return revisions("direct:take-revisions", days);
  }

  /** What {@link #takeRevisions} would do. */
  public RevisionReport previewRevisions(DaySelection days) {
    return revisions("direct:preview-revisions", days);
  }

  private RevisionReport revisions(String route, DaySelection days) {
    return context()
        .createFluentProducerTemplate()
        .withBody(days)
        .to(route)
        .request(RevisionReport.class);
  }

  /** One run on the raw bodies that an earlier one pulled. */
  public RunReport repeat(String run) throws Exception {
    return main.getCamelTemplate()
        .requestBodyAndHeader("direct:do-run", "command", RunRoutes.RAW_OF, run, RunReport.class);
  }

  /** The stages of one run, except for the table. */
  public Run publish() {
    Run run = Run.begin("publish", "command", Instant.now());
    FluentProducerTemplate stages = context().createFluentProducerTemplate();
    Exchange exchange = stages.withVariable("run", run).to("direct:read-set").send();
    for (String stage :
        List.of("direct:collect-days", "direct:check-days", "direct:archive-days")) {
      context().createProducerTemplate().send(stage, exchange);
    }
    if (exchange.getException() != null) {
      throw new IllegalStateException(exchange.getException());
    }
    return run;
  }

  /** One run up to the gate. */
  public Run preview() throws Exception {
    return main.getCamelTemplate().requestBody("direct:preview", "command", Run.class);
  }

  /** What Camel knows of the application. */
  public ModelCamelContext context() {
    return (ModelCamelContext) main.getCamelContext();
  }

  @Override
  public void close() {
    main.stop();
  }
}
