package routes;

import static org.apache.camel.builder.AggregationStrategies.useOriginal;

import covid.OpenRun;
import covid.Run;
import covid.RunHistory;
import feeds.CsvFormats;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.aws2.s3.AWS2S3Constants;
import web.Answer;
import web.Json;

/**
 * One run, from the trigger to the message. The body of {@code ingest} is what triggered it, and
 * then the {@link covid.RunReport}; between the stages only the variable {@code run} counts, the
 * {@link Run}. How it is announced is in {@link AnnounceRoutes}.
 *
 * <pre>
 *   ingest-daily (quartz) | ingest-missed (at start) | the command "run"
 *     -> ingest                     one at a time in a process
 *   ingest | start-run (POST /runs)
 *     -> do-run
 *          -> open-run              S3 open-runs/: this run begins; which earlier ones never ended?
 *          -> replay-dead-letters   S3 dead-letter/ -> store-day
 *          -> collect-days          fetch-nyt, fetch-jhu in parallel -> join by date
 *          -> check-days            the gate: refuse a bad pull, keep the last good set
 *          -> store-days            what the table lacks -> store-day (insert only) ~> dead-letter
 *          -> archive-days          CSV -> S3
 *          -> announce-run          quarantine, site, report -> S3, summary -> SNS
 *   the command "run --dry-run"
 *     -> preview                    collect-days, check-days, read-table; touches nothing
 * </pre>
 */
public final class IngestRoutes extends RouteBuilder {
  private final Runs runs;
  private final RunSteps steps;
  private final Json json;
  private final Runnable published;
  private final RunHistory history;
  private final Listing listing;

  /**
   * @param runs the runs of this process
   * @param steps what the stages compute
   * @param json how marks are written
   * @param published runs when a new set is in the bucket
   * @param history is told how each run ended
   * @param listing finds the marks of earlier runs
   */
  public IngestRoutes(
      Runs runs,
      RunSteps steps,
      Json json,
      Runnable published,
      RunHistory history,
      Listing listing) {
    this.runs = runs;
    this.steps = steps;
    this.json = json;
    this.published = published;
    this.history = history;
    this.listing = listing;
  }

  @Override
  public void configure() {
    from("direct:ingest")
        .routeId("ingest")
        .routeConfigurationId("triggers")
        .setVariable("run", method(runs, "begin"))
        .to("direct:do-run");

    from("direct:do-run")
        .routeId("do-run")
        .routeConfigurationId("stages")
        .bean(runs, "endWith")
        .log("Run ${variable.run.id} begins, by ${variable.run.trigger}")
        .enrich("direct:run-stages", this::noteEnd, true)
        .to("direct:announce-run")
        .bean(history, "ended")
        .log("Run ${body.id} ends: ${body.status}, ${body.added} added");

    from("direct:preview")
        .routeId("preview")
        .routeConfigurationId("stages")
        .setVariable("run", method(runs, "begin"))
        .bean(runs, "endWith")
        .enrich("direct:preview-stages", this::noteEnd, true)
        .setBody(variable("run"));

    from("direct:run-stages")
        .routeId("run-stages")
        .routeConfigurationId("stages")
        .to("direct:open-run")
        .to("direct:replay-dead-letters")
        .to("direct:collect-days")
        .to("direct:check-days")
        .to("direct:store-days")
        .to("direct:archive-days");

    from("direct:preview-stages")
        .routeId("preview-stages")
        .routeConfigurationId("stages")
        .to("direct:collect-days")
        .to("direct:check-days")
        .to("direct:read-table");

    openRun();
    collectDays();
    archiveDays();
  }

  /**
   * The stages run in an exchange of their own, whose failure ends here: what announces it must not
   * inherit it.
   */
  private Exchange noteEnd(Exchange ingest, Exchange stages) {
    Run run = ingest.getVariable("run", Run.class);
    if (stages.getException() != null) {
      String step = stages.getProperty(Exchange.FAILURE_ROUTE_ID, "run-stages", String.class);
      LogContext.during(ingest, () -> steps.failed(stages.getException(), step, run));
    }
    steps.finished(run);
    return ingest;
  }

  private void openRun() {
    listing
        .forEach(
            from("direct:open-run").routeId("open-run").routeConfigurationId("stages"),
            Bucket.OPEN_RUNS,
            "direct:read-open-run")
        .setBody(method(steps, "mark"))
        .marshal(json.of(OpenRun.class))
        .setHeader(AWS2S3Constants.CONTENT_TYPE, constant(Answer.JSON))
        .to(Bucket.put(Bucket.OPEN_RUN));

    from("direct:read-open-run")
        .routeId("read-open-run")
        .routeConfigurationId("open-runs")
        .setHeader(AWS2S3Constants.KEY, simple("${body.key}"))
        .to(Bucket.get("-"))
        .process(Bucket::checkSize)
        .unmarshal(json.of(OpenRun.class))
        .bean(steps, "found");
  }

  private void collectDays() {
    from("direct:collect-days")
        .routeId("collect-days")
        .routeConfigurationId("stages")
        .multicast(useOriginal())
        .parallelProcessing()
        .to("direct:fetch-nyt", "direct:fetch-jhu")
        .end()
        .setBody(method(steps, "join"))
        .log("Joined ${body.days.size} days");

    from("direct:check-days")
        .routeId("check-days")
        .routeConfigurationId("stages")
        .to("direct:read-archived-set")
        .bean(steps, "check");

    from("direct:read-archived-set")
        .routeId("read-archived-set")
        .routeConfigurationId("archived-set")
        .setBody(constant(""))
        .setHeader(AWS2S3Constants.KEY, constant(Bucket.ARCHIVE))
        .to(Bucket.get("-"))
        .process(Bucket::checkSize)
        .bean(steps, "requireSameKind")
        .bean(steps, "recallReported")
        .convertBodyTo(String.class, "UTF-8")
        .setBody(method(steps, "archivedDays"));
  }

  private void archiveDays() {
    from("direct:archive-days")
        .routeId("archive-days")
        .routeConfigurationId("stages")
        .removeHeaders("*")
        .setBody(method(steps, "archiveRecords"))
        .marshal(CsvFormats.archive())
        .convertBodyTo(byte[].class)
        .bean(steps, "describeArchive")
        .setHeader(AWS2S3Constants.KEY, constant(Bucket.ARCHIVE))
        .to(Bucket.put("-"))
        .setBody(method(steps, "archived"))
        .process(exchange -> published.run())
        .log("Archived ${body.rows} days under ${body.key}");
  }
}
