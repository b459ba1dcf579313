package routes;

import aws.AwsErrors;
import org.apache.camel.Exchange;
import org.apache.camel.Predicate;

/**
 * Retries a request to AWS if the error is transient: throttling, errors of the service, the
 * network. Refusals (access, a missing table, an invalid item) and missing credentials are
 * permanent.
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
