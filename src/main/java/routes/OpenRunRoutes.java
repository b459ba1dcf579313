package routes;

import chunks.ChunkHistory;
import chunks.OpenRun;
import chunks.Plan;
import covid.Run;
import covid.RunFact;
import covid.RunFailedException;
import java.time.Clock;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import software.amazon.awssdk.core.exception.SdkClientException;
import telemetry.TraceParent;
import web.Json;

/**
 * The begin and the end of the open run. With a queue, only one run is open, and all that is known
 * of it is in the bucket: if its process dies, another one continues it.
 *
 * <pre>
 *   claim-run         S3 work/open-run.json, and the plan of a run that is continued
 *   release-run       S3 work/open-run.json; work/RUN/ of runs that ended a day ago
 * </pre>
 */
public final class OpenRunRoutes extends RouteBuilder {
  /** The variable with the {@link Plan} of the run. */
  private static final String PLAN = "plan";

  /** The variable of a run that was continued. */
  static final String CONTINUED = "continued";

  private final Runs runs;
  private final ChunkHistory history;
  private final Json json;
  private final Clock clock;

  /**
   * @param runs the runs of this process
   * @param history told that no chunks wait any more
   * @param json how objects are written
   * @param clock tells which work is old
   */
  public OpenRunRoutes(Runs runs, ChunkHistory history, Json json, Clock clock) {
    this.runs = runs;
    this.history = history;
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

  /** Keeps a plan of another process, with the dead letters that it found. */
  static void take(Exchange exchange, Plan plan) {
    keep(exchange, plan);
    Run run = Runs.of(exchange);
    plan.left().forEach(letter -> run.note(new RunFact.DeadLetterFound(letter)));
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
  }

  /**
   * Opens the run, unless it is open already and continued here.
   *
   * @throws RunFailedException if another run is open
   * @throws SdkClientException if another run was open; a retry tells whether one still is
   */
  private void claim(Exchange exchange) throws RunFailedException {
    Run run = Runs.of(exchange);
    OpenRunObject object = OpenRunObject.of(exchange, json);
    if (object.claim(runs.open(run, TraceParent.of(exchange)), null)) {
      run.note(new RunFact.RunOpened());
      return;
    }
    // The answer to an earlier attempt may have been lost.
    OpenRun open =
        object
            .open()
            .map(OpenRunObject.Open::run)
            .orElseThrow(() -> SdkClientException.create("The open run has ended just now"));
    if (!open.run().equals(run.id())) {
      throw new RunFailedException(
          "Run %s is open since %s, so this one has stored nothing: its process, or another one, ends it by run.deadline at the latest. If no process does, look into the log of one that serves."
              .formatted(open.run(), open.startedAt()));
    }
    run.note(new RunFact.RunOpened());
  }

  private void readPlan(Exchange exchange) throws RunFailedException {
    RunWork.of(exchange, json).plan(Runs.of(exchange).id()).ifPresent(plan -> take(exchange, plan));
  }

  private void release(Exchange exchange) throws RunFailedException {
    history.unsettled(null);
    OpenRunObject object = OpenRunObject.of(exchange, json);
    Optional<OpenRunObject.Open> open = object.open();
    // While the report that is there cannot be read, the run lacks its message, and stays open.
    boolean released =
        open.isPresent()
            && !LeftMessageRoutes.isUnread(exchange)
            && open.get().isOf(Runs.of(exchange).id())
            && runs.isOwned(open.get().run())
            && object.release(open.get());
    new WorkSweep(object.objects())
        .removeOldWork(clock.instant(), open.filter(one -> !released).map(one -> one.run().run()));
  }
}
