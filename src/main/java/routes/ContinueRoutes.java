package routes;

import chunks.OpenRun;
import covid.Run;
import covid.RunFailedException;
import covid.RunReport;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.LoggingLevel;
import org.apache.camel.builder.RouteBuilder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import web.Json;

/**
 * Continues the open run, if its process is dead or makes no progress.
 *
 * <pre>
 *   run-or-continue   the command "run": while a run is open, wait for its end
 *     -> find-stuck-run    is the open run without progress, or its process dead?
 *     -> continue-run      that one                                -> do-run           RunRoutes
 *          -> announce-report   it has a report, and lacks only the message  LeftMessageRoutes
 *     or do-run            a new one                                                 RunRoutes
 * </pre>
 */
public final class ContinueRoutes extends RouteBuilder {
  private static final Logger LOG = LoggerFactory.getLogger("find-stuck-run");

  private static final String TRIGGER = "trigger";
  private static final String BUSY = "busy";

  private final Runs runs;
  private final ChunkLimits limits;
  private final Json json;
  private final Clock clock;
  private final Trouble damaged = new Trouble();

  /**
   * @param runs the runs of this process
   * @param limits of waiting: after that of sending again, a run of another process is continued
   * @param json how objects are written
   * @param clock tells whether there is progress
   */
  public ContinueRoutes(Runs runs, ChunkLimits limits, Json json, Clock clock) {
    this.runs = runs;
    this.limits = limits;
    this.json = json;
    this.clock = clock;
  }

  @Override
  public void configure() {
    from("direct:run-or-continue")
        .routeId("run-or-continue")
        .routeConfigurationId("run")
        .setVariable(TRIGGER, body())
        .to("direct:find-stuck-run")
        .filter(exchange -> isBusy(exchange))
        .id("if-another-run-is-open")
        .log(
            LoggingLevel.WARN,
            "Another run is open: waiting until its process ends it, or shows nothing of itself for {{chunks.resend-after}}")
        .end()
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
  }

  /** The route that begins a run: with a queue, it waits for the open one, or continues it. */
  public static String begin(CamelContext context) {
    return context.getRoute("run-or-continue") == null ? "direct:do-run" : "direct:run-or-continue";
  }

  /** Whether a run is open, and not to be continued here. */
  private static boolean isBusy(Exchange exchange) {
    return exchange.getMessage().getBody() == null
        && exchange.getVariable(BUSY, false, boolean.class);
  }

  /** The open run, if its process is gone or makes no progress; null otherwise. */
  private @Nullable OpenRun stuck(Exchange exchange) throws IOException {
    OpenRunObject object = OpenRunObject.of(exchange, json);
    Optional<OpenRunObject.Open> open = open(object);
    exchange.setVariable(BUSY, open.isPresent());
    if (open.isEmpty() || !isStuck(object, open.get())) {
      return null;
    }
    OpenRun run = open.get().run();
    if (object.isAnnouncedOnly(run)) {
      LOG.info("Run {} has ended, though without a report: closing it", run.run());
      object.removeMarker(run.run(), marker -> marker.unsaid() == null);
      exchange.setVariable(BUSY, !object.release(open.get()));
      return null;
    }
    if (!object.claim(runs.taken(run), open.get().etag())) {
      LOG.info("Another process continues run {}", run.run());
      return null;
    }
    return run;
  }

  /** The open run. One that cannot be read, the next run fails on, and says so in its message. */
  private Optional<OpenRunObject.Open> open(OpenRunObject object) {
    try {
      Optional<OpenRunObject.Open> open = object.open();
      damaged.ends();
      return open;
    } catch (RunFailedException e) {
      if (damaged.begins()) {
        LOG.error("{}", e.getMessage());
      }
      return Optional.empty();
    }
  }

  private boolean isStuck(OpenRunObject object, OpenRunObject.Open open) {
    if (runs.isDead(open.run().owner())) {
      return true;
    }
    Instant progress =
        object
            .lastProgress(open.run().run())
            .filter(last -> last.isAfter(open.lastModified()))
            .orElse(open.lastModified());
    return !clock.instant().isBefore(progress.plus(limits.resendAfter()));
  }

  private void resume(Exchange exchange) throws Runs.RunInProgressException {
    OpenRun open = exchange.getMessage().getBody(OpenRun.class);
    Run run = runs.resume(open);
    exchange.setVariable("run", run);
    exchange.setVariable(OpenRunRoutes.CONTINUED, true);
    runs.endWith(run, exchange);
  }
}
