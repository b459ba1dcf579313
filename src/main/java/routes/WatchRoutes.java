package routes;

import org.apache.camel.builder.RouteBuilder;

/**
 * Continues runs that other processes left open, in a cluster by the leader.
 *
 * <pre>
 *   watch-runs        (timer) -> find-stuck-run -> continue-run               ContinueRoutes
 * </pre>
 */
public final class WatchRoutes extends RouteBuilder {
  private static final int MILLIS_BETWEEN = 10_000;

  private final Runs runs;
  private final String onLeader;

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
        .routeConfigurationId("watch")
        .filter(exchange -> runs.current().isEmpty())
        .id("unless-running")
        .to("direct:find-stuck-run")
        .filter(body().isNotNull())
        .to("direct:continue-run");
  }
}
