package management;

import static java.util.Objects.requireNonNull;

import chunks.ChunkHistory;
import cluster.Election;
import covid.RunHistory;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.component.micrometer.MicrometerConstants;
import org.apache.camel.main.Main;
import org.jspecify.annotations.Nullable;

/** Adds metrics, health and Hawtio to a context. */
public final class Management {
  private static final String FETCH = "fetch-";

  private Management() {}

  /**
   * The login of an operator.
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

  /** Sets up Camel's metrics. */
  public static void prepare(Main main) {
    PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    meters.config().meterFilter(new RouteTimings());
    main.bind(MicrometerConstants.METRICS_REGISTRY_NAME, meters);
    main.addOverrideProperty("camel.management.enabled", "true");
    main.addOverrideProperty("camel.metrics.enabled", "true");
    main.addOverrideProperty("camel.main.jmx-enabled", "true");
  }

  /** Puts the name of a dataset on all metrics; call it before there are any. */
  public static void label(CamelContext context, String dataset) {
    meters(context).config().commonTags("dataset", dataset);
  }

  /**
   * Adds metrics and Hawtio.
   *
   * @param operator the login for Hawtio and Jolokia; empty if none is required
   */
  public static void in(CamelContext context, Optional<Operator> operator) throws Exception {
    context.addStartupListener(
        new MetricsPage(context.resolvePropertyPlaceholders("{{camel.metrics.path}}")));
    context.addStartupListener(new Hawtio(operator));
  }

  /** Adds past runs to metrics and health. */
  public static void show(CamelContext context, RunHistory history) throws Exception {
    context.addStartupListener(
        (started, already) -> new RunMeters(history, feeds(started)).bindTo(meters(started)));
    context.getRegistry().bind("last-run", new RunHealth(history));
  }

  /** Adds the chunks of a coordinator to metrics. */
  public static void show(CamelContext context, ChunkHistory history) {
    new ChunkMeters(history).bindTo(meters(context));
  }

  /**
   * Counts how often a worker's messages were received.
   *
   * @return told of each message; of no effect in a process without metrics
   */
  public static IntConsumer receives(CamelContext context) {
    PrometheusMeterRegistry meters = metersIfAny(context);
    if (meters == null) {
      return receives -> {};
    }
    DistributionSummary summary =
        DistributionSummary.builder("covid.chunk.receives")
            .description("How often the message of each chunk was received, until this worker did")
            .register(meters);
    return summary::record;
  }

  /** Adds the leader to metrics and health. */
  public static void show(CamelContext context, Election election) {
    Gauge.builder("covid.leader", election, known -> known.isLeader() ? 1 : 0)
        .description("1 in the process that runs by the clock, 0 in the others")
        .register(meters(context));
    context.getRegistry().bind("leader", new LeaderHealth(election));
  }

  private static @Nullable PrometheusMeterRegistry metersIfAny(CamelContext context) {
    return context
        .getRegistry()
        .lookupByNameAndType(
            MicrometerConstants.METRICS_REGISTRY_NAME, PrometheusMeterRegistry.class);
  }

  private static PrometheusMeterRegistry meters(CamelContext context) {
    return requireNonNull(metersIfAny(context));
  }

  /** The feeds, by the routes that fetch them. */
  private static List<String> feeds(CamelContext context) {
    return context.getRoutes().stream()
        .map(Route::getRouteId)
        .filter(id -> id.startsWith(FETCH))
        .map(id -> id.substring(FETCH.length()))
        .toList();
  }
}
