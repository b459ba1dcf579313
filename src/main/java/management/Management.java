package management;

import cluster.Election;
import covid.RunHistory;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.component.micrometer.MicrometerConstants;
import org.apache.camel.main.Main;

/** Puts everything that operators see into a context. */
public final class Management {
  private static final String FETCH = "fetch-";

  private Management() {}

  /**
   * Somebody who has to say who they are.
   *
   * @param user the name
   * @param password the password
   */
  public record Operator(String user, String password) {
    @Override
    public String toString() {
      return user;
    }
  }

  /** Has the metrics of Camel counted as they are wanted here. */
  public static void prepare(Main main) {
    PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    meters.config().meterFilter(new RouteTimings());
    main.bind(MicrometerConstants.METRICS_REGISTRY_NAME, meters);
    main.addOverrideProperty("camel.management.enabled", "true");
    main.addOverrideProperty("camel.metrics.enabled", "true");
    main.addOverrideProperty("camel.main.jmx-enabled", "true");
  }

  /**
   * Metrics of runs, health and Hawtio.
   *
   * @param history what is known of runs
   * @param operator who may look at Hawtio and Jolokia; empty: everybody
   */
  public static void in(CamelContext context, RunHistory history, Optional<Operator> operator)
      throws Exception {
    context.addStartupListener(
        (started, already) -> new RunMeters(history, feeds(started)).bindTo(meters(started)));
    context.addStartupListener(
        new MetricsPage(context.resolvePropertyPlaceholders("{{camel.metrics.path}}")));
    context.addStartupListener(new Hawtio(operator));
    context.getRegistry().bind("last-run", new RunHealth(history));
  }

  /** Who leads, where several processes elect one. */
  public static void show(CamelContext context, Election election) {
    Gauge.builder("covid.leader", election, known -> known.isLeader() ? 1 : 0)
        .description("1 in the process that runs by the clock, 0 in the others")
        .register(meters(context));
    context.getRegistry().bind("leader", new LeaderHealth(election));
  }

  private static PrometheusMeterRegistry meters(CamelContext context) {
    return context
        .getRegistry()
        .lookupByNameAndType(
            MicrometerConstants.METRICS_REGISTRY_NAME, PrometheusMeterRegistry.class);
  }

  /** Each feed has a route that fetches it. */
  private static List<String> feeds(CamelContext context) {
    return context.getRoutes().stream()
        .map(Route::getRouteId)
        .filter(id -> id.startsWith(FETCH))
        .map(id -> id.substring(FETCH.length()))
        .toList();
  }
}
