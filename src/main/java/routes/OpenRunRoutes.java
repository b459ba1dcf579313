package routes;

import aws.BucketKeys;
import chunks.ChunkHistory;
import chunks.OpenRun;
import chunks.Plan;
import covid.Run;
import covid.RunFact;
import covid.RunFailedException;
import covid.RunReport;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.aws2.s3.AWS2S3Constants;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkClientException;
import web.Json;

/**
 * The open run. With a queue, only one run is open, and all that is known of it is in the bucket:
 * if its process dies, another one continues it.
 *
 * <pre>
 *   claim-run         S3 work/open-run.json, and the plan of a run that is continued
 *   release-run       S3 work/open-run.json; work/RUN/ of runs that ended a day ago
 *   run-or-continue   the command "run": while a run is open, wait for its end
 *     -> find-stuck-run    is the open run without progress, or its process dead?
 *     -> continue-run      that one                                -> do-run           RunRoutes
 *          -> announce-report   it has a report, and lacks only the message      AnnounceRoutes
 *     or do-run            a new one                                                 RunRoutes
 * </pre>
 */
public final class OpenRunRoutes extends RouteBuilder {
  private static final Logger LOG = LoggerFactory.getLogger("find-stuck-run");

  /** The variable with the {@link Plan} of the run. */
  private static final String PLAN = "plan";

  /** The variable of a run that was continued. */
  static final String CONTINUED = "continued";

  private static final String TRIGGER = "trigger";
  private static final String BUSY = "busy";

  private final Runs runs;
  private final PlanRoutes.Limits limits;
  private final ChunkHistory history;
  private final Json json;
  private final Clock clock;

  /**
   * @param runs the runs of this process
   * @param limits of waiting: after that of sending again, a run of another process is continued
   * @param history told that no chunks wait any more
   * @param json how objects are written
   * @param clock tells whether there is progress
   */
  public OpenRunRoutes(
      Runs runs, PlanRoutes.Limits limits, ChunkHistory history, Json json, Clock clock) {
    this.runs = runs;
    this.history = history;
    this.limits = limits;
    this.json = json;
    this.clock = clock;
  }

  /** The plan of the run of an exchange; empty before it is made. */
  static Optional<Plan> plan(Exchange exchange) {
    return Optional.ofNullable(exchange.getVariable(PLAN, Plan.class));
  }

  /** Keeps the plan for the steps that follow. */
  static void keep(Exchange exchange, Plan plan) {
    exchange.setVariable(PLAN, plan);
  }

  @Override
  public void configure() {
    from("direct:claim-run")
        .routeId("claim-run")
        .routeConfigurationId("stages")
        .process(this::claim)
        .id("open-one-run")
        .filter(variable(CONTINUED).isNotNull())
        .process(this::readPlan)
        .id("read-plan");

    from("direct:release-run")
        .routeId("release-run")
        .routeConfigurationId("best-effort")
        .process(this::release)
        .id("close-open-run");

    from("direct:run-or-continue")
        .routeId("run-or-continue")
        .routeConfigurationId("run")
        .setVariable(TRIGGER, body())
        .to("direct:find-stuck-run")
        .loopDoWhile(exchange -> isBusy(exchange))
        .delay(constant(limits.poll().toMillis()))
        // Of the delay: without it, the end of the loop would be that of the delay.
        .end()
        .to("direct:find-stuck-run")
        .end()
        .choice()
        .when(body().isNotNull())
        .to("direct:continue-run")
        .otherwise()
        .setBody(variable(TRIGGER))
        .to("direct:do-run")
        .end();

    from("direct:find-stuck-run")
        .routeId("find-stuck-run")
        .routeConfigurationId("stages")
        .process(exchange -> exchange.getMessage().setBody(stuck(exchange)))
        .id("find-open-run");

    from("direct:continue-run")
        .routeId("continue-run")
        .routeConfigurationId("run")
        .log("Continuing run ${body.run} of ${body.owner.host}")
        .process(this::resume)
        .id("resume-run")
        .to("direct:find-report")
        .choice()
        .when(body().isInstanceOf(RunReport.class))
        .to("direct:announce-report")
        .to("direct:release-run")
        .setBody(variable(AnnounceRoutes.REPORT))
        .otherwise()
        .to("direct:do-run")
        .end();

    from("direct:announce-report")
        .routeId("announce-report")
        .routeConfigurationId("stages")
        .filter(exchange -> WorkObjects.of(exchange, json).isUnannounced(Runs.of(exchange).id()))
        .id("unless-announced")
        .to("direct:send-summary")
        .filter(exchange -> AnnounceRoutes.isAnnounced(Runs.of(exchange)))
        .to("direct:remove-markers");

    from("direct:find-report")
        .routeId("find-report")
        .routeConfigurationId("published-set")
        .removeHeaders("*")
        .setBody(constant(""))
        .setHeader(AWS2S3Constants.KEY)
        .exchange(
            exchange ->
                Bucket.resolved(exchange, Bucket.PREFIX)
                    + BucketKeys.report(Runs.of(exchange).id()))
        .to(Bucket.get("-"))
        .filter(exchange -> !(exchange.getMessage().getBody() instanceof String))
        .process(Bucket::checkSize)
        .id("check-size-of-report")
        .unmarshal(json.of(RunReport.class))
        .setVariable(AnnounceRoutes.REPORT, body())
        .end()
        // The key in a header would be that of what later steps put.
        .removeHeaders("*");
  }

  /**
   * Opens the run, unless it is open already and continued here.
   *
   * @throws RunFailedException if another run is open
   * @throws SdkClientException if another run was open; a retry tells whether one still is
   */
  private void claim(Exchange exchange) throws RunFailedException {
    Run run = Runs.of(exchange);
    WorkObjects objects = WorkObjects.of(exchange, json);
    if (objects.claim(runs.open(run), null)) {
      return;
    }
    // The answer to an earlier attempt may have been lost.
    OpenRun open =
        objects
            .open()
            .map(WorkObjects.Open::run)
            .orElseThrow(() -> SdkClientException.create("The open run has ended just now"));
    if (!open.run().equals(run.id())) {
      throw new RunFailedException(
          "Run %s is open since %s, so this one has stored nothing: its process, or another one, ends it by run.deadline at the latest. If no process does, look into the log of one that serves."
              .formatted(open.run(), open.startedAt()));
    }
  }

  private void readPlan(Exchange exchange) throws RunFailedException {
    Run run = Runs.of(exchange);
    WorkObjects.of(exchange, json)
        .plan(run.id())
        .ifPresent(
            plan -> {
              keep(exchange, plan);
              plan.left().forEach(letter -> run.note(new RunFact.DeadLetterFound(letter)));
            });
  }

  private void release(Exchange exchange) throws RunFailedException {
    history.unsettled(null);
    WorkObjects objects = WorkObjects.of(exchange, json);
    Optional<WorkObjects.Open> open = objects.open();
    if (open.isPresent() && open.get().run().run().equals(Runs.of(exchange).id())) {
      objects.release(open.get());
    }
    objects.removeOldWork(clock.instant());
  }

  /** Whether a run is open, and not to be continued here. */
  private static boolean isBusy(Exchange exchange) {
    return exchange.getMessage().getBody() == null
        && exchange.getVariable(BUSY, false, boolean.class);
  }

  /** The open run, if its process is gone or makes no progress; null otherwise. */
  private @Nullable OpenRun stuck(Exchange exchange) throws RunFailedException {
    WorkObjects objects = WorkObjects.of(exchange, json);
    Optional<WorkObjects.Open> open = objects.open();
    exchange.setVariable(BUSY, open.isPresent());
    if (open.isEmpty()) {
      return null;
    }
    OpenRun run = open.get().run();
    if (!runs.isDead(run.owner())) {
      Instant progress =
          objects
              .lastProgress(run.run())
              .filter(last -> last.isAfter(open.get().lastModified()))
              .orElse(open.get().lastModified());
      if (clock.instant().isBefore(progress.plus(limits.resendAfter()))) {
        return null;
      }
    }
    OpenRun ours = runs.open(Run.begin(run.run(), run.trigger(), run.startedAt()));
    if (!objects.claim(ours, open.get().etag())) {
      LOG.info("Another process continues run {}", run.run());
      return null;
    }
    return run;
  }

  private void resume(Exchange exchange) throws Runs.RunInProgressException {
    OpenRun open = exchange.getMessage().getBody(OpenRun.class);
    Run run = runs.resume(open);
    exchange.setVariable("run", run);
    exchange.setVariable(CONTINUED, true);
    runs.endWith(run, exchange);
  }
}
