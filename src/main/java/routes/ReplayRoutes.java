package routes;

import java.time.Clock;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;

/**
 * The replay of the dead letter by itself. It has no marker, report and message: killed at any
 * moment, the next run does the rest.
 *
 * <pre>
 *   the command "dead-letter replay"
 *     -> replay -> replay-dead-letters     DeadLetterRoutes, PlaceDeadLetterRoutes
 * </pre>
 */
public final class ReplayRoutes extends RouteBuilder {
  private final Runs runs;
  private final Clock clock;

  /**
   * @param runs the runs of this process, of which this is one
   * @param clock the time when it ends
   */
  public ReplayRoutes(Runs runs, Clock clock) {
    this.runs = runs;
    this.clock = clock;
  }

  @Override
  public void configure() {
    from("direct:replay")
        .routeId("replay")
        .routeConfigurationId("run")
        .process(this::begin)
        .id("begin-replay")
        .enrich("direct:replay-dead-letters", this::noteEnd, true)
        .setBody(variable("run"));
  }

  private void begin(Exchange exchange) throws Runs.RunInProgressException {
    exchange.setVariable("run", runs.begin(exchange.getMessage().getBody(String.class)));
    runs.endWith(Runs.of(exchange), exchange);
  }

  private Exchange noteEnd(Exchange replay, Exchange stage) {
    return RunRoutes.noteStagesEnded(replay, stage, clock);
  }
}
