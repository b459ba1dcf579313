package routes;

import covid.Run;
import covid.RunFact;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Notes that a step failed that does not change how the run ends. */
public final class BestEffort implements Processor {
  private static final Logger LOG = LoggerFactory.getLogger("ingest");

  /**
   * Notes it.
   *
   * @param exchange has the failure as a property: {@code @ExchangeException} might give an earlier
   *     one that Camel keeps as suppressed
   */
  @Override
  public void process(Exchange exchange) {
    note(
        exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class),
        exchange.getProperty(Exchange.FAILURE_ROUTE_ID, String.class),
        Runs.of(exchange));
  }

  static void note(Throwable error, String step, Run run) {
    LOG.error("Run {}: step {} failed: {}", run.id(), step, Reason.forLog(error, step), error);
    run.note(new RunFact.Warned("The step %s failed: %s".formatted(step, Reason.of(error, step))));
  }
}
