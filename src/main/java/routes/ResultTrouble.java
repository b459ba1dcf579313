package routes;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says that a run cannot read results: once, however many looks at them fail in a row, and once
 * that it can again. Each run begins anew, since one may end while it cannot.
 */
final class ResultTrouble implements Processor {
  private static final Logger LOG = LoggerFactory.getLogger("read-results");

  private final AtomicReference<OfRun> latest = new AtomicReference<>(new OfRun(""));

  /**
   * That of a run.
   *
   * @param run its id
   * @param trouble what has been said
   * @param failed whether anything of the present look at the results has failed
   */
  private record OfRun(String run, Trouble trouble, AtomicBoolean failed) {
    OfRun(String run) {
      this(run, new Trouble(), new AtomicBoolean());
    }
  }

  @Override
  public void process(Exchange exchange) {
    OfRun run = of(exchange);
    run.failed.set(true);
    if (run.trouble.begins()) {
      Throwable error = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
      LOG.warn("Results cannot be read: {}", Reason.forLog(error, "read-results"), error);
    }
  }

  /** A look at the results ends. */
  void noteEnd(Exchange exchange) {
    OfRun run = of(exchange);
    if (!run.failed.getAndSet(false) && run.trouble.ends()) {
      LOG.info("Results can be read again");
    }
  }

  private OfRun of(Exchange exchange) {
    String id = Runs.of(exchange).id();
    return latest.updateAndGet(last -> last.run.equals(id) ? last : new OfRun(id));
  }
}
