package routes;

import covid.Dataset;
import covid.Run;
import covid.RunFact;
import covid.RunMarker;
import covid.RunReport;
import covid.RunSummary;
import feeds.CsvFormats;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.aws2.s3.AWS2S3Constants;
import org.apache.camel.component.aws2.sns.Sns2Constants;
import org.apache.camel.model.ProcessorDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import web.Answer;
import web.Json;

/**
 * Announces a run that has ended, with any status. A failure here is a warning: it does not change
 * the status of the run.
 *
 * <pre>
 *   announce-run
 *     -> save-quarantine   S3 quarantine/: the quarantined rows
 *     -> publish-site      if site.publish                                          SiteRoutes
 *     -> save-report       S3 runs/
 *     -> send-summary      SNS
 *     -> remove-markers      the message is sent; or leave-marker: the next run announces this one
 *     or announce-report     with a queue: only the owner of the run does this  LeftMessageRoutes
 * </pre>
 */
public final class AnnounceRoutes extends RouteBuilder {
  /** The variable with the {@link RunReport} of this run that another process has put. */
  static final String REPORT = "report";

  private static final Logger LOG = LoggerFactory.getLogger("announce-run");

  private final Dataset dataset;
  private final boolean withRevisions;
  private final Runs runs;
  private final Json json;
  private final boolean queued;
  private final Runnable reported;

  /**
   * @param dataset named in messages, unless it is the default one
   * @param withRevisions whether messages say what was revised in the published set
   * @param runs the runs of this process
   * @param json how reports and markers are written
   * @param queued whether workers store the days, through a queue: then several processes may
   *     announce a run, and the first report counts
   * @param reported called when a report is in the bucket
   */
  public AnnounceRoutes(
      Dataset dataset,
      boolean withRevisions,
      Runs runs,
      Json json,
      boolean queued,
      Runnable reported) {
    this.dataset = dataset;
    this.withRevisions = withRevisions;
    this.runs = runs;
    this.json = json;
    this.queued = queued;
    this.reported = reported;
  }

  @Override
  public void configure() {
    // For errors.camel.yaml.
    bindToRegistry("notAnnounced", (Processor) AnnounceRoutes::notAnnounced);

    ProcessorDefinition<?> announce =
        from("direct:announce-run")
            .routeId("announce-run")
            .routeConfigurationId("stages")
            .removeHeaders("*")
            .to("direct:save-quarantine")
            .filter(simple("{{site.publish}}"))
            .enrich("direct:publish-site", AnnounceRoutes::noteTrouble, true)
            .end()
            .to("direct:save-report");
    if (queued) {
      announce.to("direct:announce-report");
    } else {
      announce
          .to("direct:send-summary")
          .choice()
          .when(exchange -> isAnnounced(Runs.of(exchange)))
          .to("direct:remove-markers")
          .otherwise()
          .to("direct:leave-marker")
          .end();
    }
    announce.setBody(AnnounceRoutes::report).id("report");

    from("direct:save-quarantine")
        .routeId("save-quarantine")
        .routeConfigurationId("best-effort")
        .setBody(exchange -> quarantineRecords(Runs.of(exchange)))
        .id("quarantine-records")
        .filter(simple("${body.size} > 0"))
        .marshal(CsvFormats.quarantine())
        .setHeader(AWS2S3Constants.CONTENT_TYPE, constant(Answer.CSV))
        .to(Bucket.put(Bucket.QUARANTINE));

    from("direct:save-report")
        .routeId("save-report")
        .routeConfigurationId(queued ? "report-once" : "best-effort")
        .removeHeaders(Redelivery.HEADERS)
        .setBody(exchange -> Runs.of(exchange).report())
        .marshal(json.of(RunReport.class))
        .setHeader(AWS2S3Constants.CONTENT_TYPE, constant(Answer.JSON))
        .to(queued ? Bucket.putNew(Bucket.REPORT) : Bucket.put(Bucket.REPORT))
        .process(exchange -> reported.run())
        .id("expire-list");

    from("direct:send-summary")
        .routeId("send-summary")
        .routeConfigurationId("announce")
        .process(this::summary)
        .id("summary")
        .filter(simple("'{{announce.topic}}' != ''"))
        .toD("aws2-sns:{{announce.topic}}");

    from("direct:remove-markers")
        .routeId("remove-markers")
        .routeConfigurationId("best-effort")
        .removeHeaders(Redelivery.HEADERS)
        .split()
        .exchange(exchange -> markers(report(exchange)))
        .to(Bucket.delete(Bucket.OPEN_RUNS + "${body}.json"));

    ProcessorDefinition<?> leave =
        from("direct:leave-marker").routeId("leave-marker").routeConfigurationId("best-effort");
    leave
        .removeHeaders(Redelivery.HEADERS)
        .setBody(this::unannounced)
        .id("unannounced")
        .marshal(json.of(RunMarker.class))
        .setHeader(AWS2S3Constants.CONTENT_TYPE, constant(Answer.JSON))
        .to(Bucket.put(Bucket.OPEN_RUN));
    if (!queued) {
      // The report in the bucket does not say yet that the message could not be sent.
      leave.to("direct:save-report");
    }
  }

  /** Notes that the site was not published: that does not change how the run ends. */
  private static Exchange noteTrouble(Exchange announced, Exchange site) {
    if (site.getException() != null) {
      LogContext.during(
          announced,
          () -> BestEffort.note(site.getException(), "publish-site", Runs.of(announced)));
    }
    return announced;
  }

  /** The quarantined rows as CSV records. */
  private static List<Map<String, Object>> quarantineRecords(Run run) {
    return run.pulls().quarantine().stream()
        .map(
            row ->
                Map.<String, Object>of(
                    "Feed", row.feed(),
                    "Line", row.line(),
                    "Reason", ForeignText.cell(row.reason()),
                    "Raw", ForeignText.cell(row.raw())))
        .toList();
  }

  /** The report that another process has put, or of the run as it is now. */
  static RunReport report(Exchange exchange) {
    RunReport saved = exchange.getVariable(REPORT, RunReport.class);
    return saved == null ? Runs.of(exchange).report() : saved;
  }

  private void summary(Exchange exchange) {
    RunReport report = report(exchange);
    message(exchange, dataset, RunSummary.of(report, dataset.key(), withRevisions));
    exchange.getMessage().setHeader("status", report.status().toString());
    exchange.getMessage().setHeader("added", Integer.toString(report.added()));
  }

  /** Makes the message for the topic from a summary, without anything else of the exchange. */
  static void message(Exchange exchange, Dataset dataset, RunSummary summary) {
    exchange.getMessage().removeHeaders("*");
    exchange.getMessage().setHeader(Sns2Constants.SUBJECT, summary.subject());
    if (!dataset.isDefault()) {
      exchange
          .getMessage()
          .setHeader(Sns2Constants.SUBJECT, "%s (%s)".formatted(summary.subject(), dataset.name()));
      exchange.getMessage().setHeader("dataset", dataset.name());
    }
    exchange.getMessage().setHeader("runId", Runs.of(exchange).id());
    exchange.getMessage().setBody(summary.text());
  }

  /** Notes that the message could not be sent. */
  private static void notAnnounced(Exchange exchange) {
    Throwable error = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
    Run run = Runs.of(exchange);
    String step = "send-summary";
    LOG.error("Run {}: no message was sent: {}", run.id(), Reason.forLog(error, step), error);
    run.note(new RunFact.NotAnnounced("The message could not be sent: " + Reason.of(error, step)));
  }

  /** Whether the message was sent, or none is needed. */
  static boolean isAnnounced(Run run) {
    return !run.log().has(RunFact.NotAnnounced.class);
  }

  /** The runs whose markers are no longer needed after the message is sent. */
  private static List<String> markers(RunReport report) {
    return Stream.concat(
            Stream.of(report.id()), report.unfinishedRuns().stream().map(RunMarker::id))
        .toList();
  }

  /** The marker of a run that has ended without its message; it keeps the message's first line. */
  private RunMarker unannounced(Exchange exchange) {
    String text = RunSummary.of(report(exchange)).text();
    return runs.marker(Runs.of(exchange)).left(text.lines().findFirst().orElse(""));
  }
}
