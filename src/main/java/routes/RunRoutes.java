package routes;

import covid.PullFact;
import covid.PullRefusedException;
import covid.Run;
import covid.RunFact;
import covid.RunHistory;
import covid.RunReport;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.RouteDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run: the order of its stages, how it begins and ends. The variable {@code run} is the {@link
 * Run}, in which each stage notes facts; the body of {@code do-run} is first the trigger of the
 * run, and finally its {@link RunReport}.
 *
 * <pre>
 *   ingest-daily (quartz) | ingest-missed (at start) | start-run (POST /runs) | the command "run"
 *     | watch-runs (timer), with a queue: one that another process left         ContinueRoutes
 *     -> do-run
 *          -> claim-run             with a queue: only one run is open             OpenRunRoutes
 *          -> open-run              S3 open-runs/: its marker; earlier runs         UnfinishedRunRoutes
 *          -> replay-dead-letters   S3 dead-letter/ -> store-day                      DeadLetterRoutes
 *          -> read-set              S3 CSV: the published set                         ReadSetRoutes
 *          -> collect-days          fetch-nyt, fetch-jhu in parallel -> join          JoinRoutes
 *          -> check-days            the gate: a bad pull ends the run
 *          -> store-days            what the table lacks -> store-day ~> dead-letter  StoreRoutes
 *             or plan-chunks ~ workers ~ read-results, with a queue              ResultRoutes
 *          -> archive-days          CSV -> S3                                         PublishRoutes
 *          -> sweep-versions        if versions.keep: those that are too old            SweepRoutes
 *          -> check-owner           with a queue: has another process continued it?  OwnerRoutes
 *          -> announce-run          report -> S3, summary -> SNS, webhooks            AnnounceRoutes
 *          -> release-run           with a queue                                   OpenRunRoutes
 *   the command "run --dry-run"
 *     -> preview                    read-set, collect-days, check-days, read-table; writes nothing
 *   the command "import-version"
 *     -> import-version             collect-days, archive-version                      ImportRoutes
 * </pre>
 */
public final class RunRoutes extends RouteBuilder {
  /** The header with the id of a run that is to be repeated on its raw bodies. */
  public static final String RAW_OF = "rawOf";

  private static final Logger LOG = LoggerFactory.getLogger("ingest");

  private final Runs runs;
  private final RunHistory history;
  private final Clock clock;
  private final boolean queued;

  /**
   * @param runs the runs of this process
   * @param history receives each ended run
   * @param clock the time when the stages of a run end
   * @param queued whether workers store the days, through a queue: then only one run is open
   */
  public RunRoutes(Runs runs, RunHistory history, Clock clock, boolean queued) {
    this.runs = runs;
    this.history = history;
    this.clock = clock;
    this.queued = queued;
  }

  @Override
  public void configure() {
    RouteDefinition stages =
        from("direct:run-stages").routeId("run-stages").routeConfigurationId("stages");
    if (queued) {
      stages.to("direct:claim-run");
    }
    stages
        .to("direct:open-run")
        // The plan of a run that is continued has them.
        .filter(exchange -> OpenRunRoutes.plan(exchange).isEmpty())
        .to("direct:replay-dead-letters")
        .end()
        .setVariable(PullVariables.KEEPS, constant(true))
        .to("direct:read-set")
        .to("direct:collect-days")
        .to("direct:check-days")
        .to("direct:store-days")
        .to("direct:archive-days")
        .filter(simple("'{{versions.keep}}' != ''"))
        .to("direct:sweep-versions");

    from("direct:preview-stages")
        .routeId("preview-stages")
        .routeConfigurationId("stages")
        .to("direct:read-set")
        .to("direct:collect-days")
        .to("direct:check-days")
        .to("direct:read-table");

    ProcessorDefinition<?> run =
        from("direct:do-run")
            .routeId("do-run")
            .routeConfigurationId("run")
            .process(this::begin)
            .id("begin")
            .log("Run ${variable.run.id} begins, by ${variable.run.trigger}")
            .enrich("direct:run-stages", this::noteEnd, true);
    if (queued) {
      run =
          run.to("direct:check-owner")
              .choice()
              .when(OwnerRoutes::isLost)
              .to("direct:leave-to-owner")
              .to("direct:release-run")
              .otherwise();
    }
    run.to("direct:announce-run");
    if (queued) {
      run.to("direct:release-run");
    }
    run.process(exchange -> history.ended(exchange.getMessage().getBody(RunReport.class)))
        .id("remember")
        .log("Run ${body.id} ends: ${body.status}, ${body.added} added");

    from("direct:preview")
        .routeId("preview")
        .routeConfigurationId("run")
        .process(this::begin)
        .id("begin-preview")
        .enrich("direct:preview-stages", this::noteEnd, true)
        .setBody(variable("run"));

    from("direct:import-version")
        .routeId("import-version")
        .routeConfigurationId("run")
        .setVariable("import", body())
        .setBody(constant("import"))
        .process(this::begin)
        .id("begin-import")
        .enrich("direct:import-stages", this::noteEnd, true)
        .setBody(variable("run"));

    from("direct:import-stages")
        .routeId("import-stages")
        .routeConfigurationId("stages")
        .to("direct:collect-days")
        .to("direct:archive-version");
  }

  /** Begins a run, unless the caller has done so already, and ends it with the exchange. */
  private void begin(Exchange exchange) throws Runs.RunInProgressException {
    if (Runs.find(exchange).isEmpty()) {
      exchange.setVariable("run", runs.begin(exchange.getMessage().getBody(String.class)));
    }
    if (exchange.getVariable(OpenRunRoutes.CONTINUED) == null) {
      runs.endWith(Runs.of(exchange), exchange);
    }
    Optional.ofNullable(exchange.getMessage().removeHeader(RAW_OF))
        .map(id -> new PullFact.RawOf(id.toString()))
        .ifPresent(Runs.of(exchange)::note);
  }

  private Exchange noteEnd(Exchange ingest, Exchange stages) {
    return noteStagesEnded(ingest, stages, clock);
  }

  /**
   * The stages run in a separate exchange, so that the announcement does not inherit their failure.
   */
  static Exchange noteStagesEnded(Exchange ingest, Exchange stages, Clock clock) {
    Run run = Runs.of(ingest);
    if (stages.getException() != null) {
      String step = stages.getProperty(Exchange.FAILURE_ROUTE_ID, "run-stages", String.class);
      LogContext.during(ingest, () -> failed(stages.getException(), step, run));
    }
    run.note(new RunFact.StagesEnded(clock.instant().truncatedTo(ChronoUnit.MILLIS)));
    return ingest;
  }

  /** Notes why the run ends early. */
  private static void failed(Throwable error, String step, Run run) {
    String reason = Reason.of(error, step);
    if (error instanceof PullRefusedException) {
      LOG.error("Run {} is refused: {}", run.id(), reason, error);
      run.note(new RunFact.RunRefused(reason));
    } else {
      LOG.error("Run {} fails: {}", run.id(), Reason.forLog(error, step), error);
      run.note(new RunFact.RunFailed(reason));
    }
  }
}
