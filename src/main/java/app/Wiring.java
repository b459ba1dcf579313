package app;

import chunks.ChunkHistory;
import covid.Dataset;
import covid.KeySchema;
import covid.RunHistory;
import covid.RunMarker;
import java.time.Clock;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.NodeIdFactory;
import routes.ChunkQueue;
import routes.LogContext;
import routes.Runs;
import routes.StepIds;
import telemetry.TraceVariables;
import telemetry.Traces;
import web.Json;

/**
 * What the beans of a process have between them. Those of one subject are created, and bound under
 * the names that the YAML uses, by {@link ClientWiring}, {@link WriteWiring}, {@link
 * VersionWiring}, {@link ReadWiring} and {@link TriggerWiring}.
 *
 * @param clock the system's, unless the registry has another one
 * @param runs the runs of this process, or of the one that the registry has
 * @param history those that have ended
 * @param chunks what became of the chunks of this process
 */
record Wiring(
    CamelContext context,
    Settings settings,
    Clock clock,
    Json json,
    Runs runs,
    RunHistory history,
    ChunkHistory chunks) {

  /** That of a process with these settings. */
  static Wiring of(CamelContext context, Settings settings) {
    Clock bound = context.getRegistry().findSingleByType(Clock.class);
    Clock clock = bound == null ? Clock.systemUTC() : bound;
    RunMarker.Owner owner = context.getRegistry().findSingleByType(RunMarker.Owner.class);
    return new Wiring(
        context,
        settings,
        clock,
        new Json(settings.dataset().key()),
        owner == null ? new Runs(clock) : new Runs(clock, owner),
        new RunHistory(),
        new ChunkHistory(clock));
  }

  Dataset dataset() {
    return settings.dataset();
  }

  boolean ofPlaces() {
    return dataset().key() == KeySchema.PLACE_DATE;
  }

  /** Whether workers store the days of runs, through a queue. */
  boolean isQueued() {
    return settings.chunks().to().isPresent();
  }

  void bind(String name, Object bean) {
    context.getRegistry().bind(name, bean);
  }

  /**
   * Adds spans to routes, and to the clients of AWS that are made after it, if the environment asks
   * for them.
   *
   * @throws SettingException if one of its variables is wrong
   */
  void trace(TraceVariables variables) throws Exception {
    if (!variables.isOn()) {
      return;
    }
    String queue =
        settings.chunks().to().or(settings.chunks()::from).map(ChunkQueue::name).orElse("");
    try {
      bind(
          "awsSpans",
          Traces.in(
              context,
              variables,
              new Traces.Subject(
                  Commands.Version.number(), dataset().name(), queue, settings.untraced()),
              LogContext::current));
    } catch (IllegalArgumentException e) {
      throw new SettingException(String.valueOf(e.getMessage()));
    }
  }

  /** Adds route and run to every log line, and an id to every step. */
  void log() {
    context.getCamelContextExtension().addInterceptStrategy(new LogContext());
    context.getCamelContextExtension().addContextPlugin(NodeIdFactory.class, new StepIds());
  }
}
