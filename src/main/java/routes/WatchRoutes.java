package routes;

import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Continues runs that other processes left open, in a cluster by the leader.
 *
 * <pre>
 *   watch-runs        (timer)
 *     -> continue-stuck-run   -> find-stuck-run -> continue-run               ContinueRoutes
 * </pre>
 */
public final class WatchRoutes extends RouteBuilder {
  private static final Logger LOG = LoggerFactory.getLogger("watch-runs");

  private static final int MILLIS_BETWEEN = 10_000;

  private final Runs runs;
  private final String onLeader;
  private final Trouble trouble = new Trouble();

  /**
   * @param runs the runs of this process
   * @param onLeader goes before the address of an endpoint that only the leader consumes from;
   *     empty without a cluster
   */
  public WatchRoutes(Runs runs, String onLeader) {
    this.runs = runs;
    this.onLeader = onLeader;
  }

  @Override
  public void configure() {
    from(onLeader + "timer:watch-runs?delay=1000&period=" + MILLIS_BETWEEN)
        .routeId("watch-runs")
        .routeConfigurationId("stages")
        .filter(exchange -> runs.current().isEmpty())
        .id("unless-running")
        // What has failed in another route, an error policy of this one would not see.
        .doTry()
        .to("direct:continue-stuck-run")
        .process(exchange -> noteWell())
        .id("note-well")
        .doCatch(Exception.class)
        .process(this::noteTrouble)
        .id("note-watch-trouble")
        .end();

    from("direct:continue-stuck-run")
        .routeId("continue-stuck-run")
        .routeConfigurationId("stages")
        .to("direct:find-stuck-run")
        .filter(body().isNotNull())
        .to("direct:continue-run");
  }

  /** Says once that the open run cannot be looked for, since the next look is soon. */
  private void noteTrouble(Exchange exchange) {
    if (trouble.begins()) {
      Throwable error = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
      LOG.warn("Open runs cannot be watched: {}", Reason.forLog(error, "watch-runs"), error);
    }
  }

  private void noteWell() {
    if (trouble.ends()) {
      LOG.info("Open runs can be watched again");
    }
  }
}
