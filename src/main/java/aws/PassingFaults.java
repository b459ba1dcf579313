package aws;

import org.apache.camel.Exchange;
import org.apache.camel.Predicate;
import org.apache.camel.processor.errorhandler.RedeliveryPolicy;

/**
 * Tries a request to AWS again if the fault may pass: throttling, errors of the service, the
 * network. What AWS refuses (access, a missing table, an item it does not take) and missing
 * credentials stay as they are however often one asks.
 */
public final class PassingFaults extends RedeliveryPolicy {
  private static final long serialVersionUID = 1L;

  @Override
  public boolean shouldRedeliver(Exchange exchange, int redeliveryCounter, Predicate retryWhile) {
    Throwable fault = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
    return AwsErrors.isTransient(fault)
        && super.shouldRedeliver(exchange, redeliveryCounter, retryWhile);
  }
}
