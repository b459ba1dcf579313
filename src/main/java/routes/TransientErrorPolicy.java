package routes;

import aws.AwsErrors;
import org.apache.camel.Exchange;
import org.apache.camel.Predicate;

/**
 * Tries a request to AWS again if the error is transient: throttling, errors of the service, the
 * network. What AWS refuses (access, a missing table, an item it does not take) and missing
 * credentials stay as they are however often one asks.
 */
public final class TransientErrorPolicy extends JitteredBackoff {
  private static final long serialVersionUID = 1L;

  @Override
  public boolean shouldRedeliver(Exchange exchange, int redeliveryCounter, Predicate retryWhile) {
    Throwable error = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
    return AwsErrors.isTransient(error)
        && super.shouldRedeliver(exchange, redeliveryCounter, retryWhile);
  }
}
