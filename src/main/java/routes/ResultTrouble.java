package routes;

import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a run says while it cannot read results, with each look at them: one line, and one when it
 * can again.
 */
final class ResultTrouble implements Processor {
  private static final Logger LOG = LoggerFactory.getLogger("read-results");

  private final Trouble trouble = new Trouble();

  /** Whether anything of the present look at the results has failed. */
  private final AtomicBoolean failed = new AtomicBoolean();

  @Override
  public void process(Exchange exchange) {
    failed.set(true);
    if (trouble.begins()) {
      Throwable error = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
      LOG.warn("Results cannot be read: {}", Reason.forLog(error, "read-results"), error);
    }
  }

  /** A look at the results ends. */
  void noteEnd(Exchange exchange) {
    if (!failed.getAndSet(false) && trouble.ends()) {
      LOG.info("Results can be read again");
    }
  }
}
