package routes;

import org.apache.camel.Exchange;
import org.apache.camel.Predicate;

/**
 * Retries a request to a webhook while there is time for one more: for the wait before it, and for
 * its answer.
 */
public final class WebhookRetries extends JitteredBackoff {
  private static final long serialVersionUID = 1L;

  @Override
  public boolean shouldRedeliver(Exchange exchange, int redeliveryCounter, Predicate retryWhile) {
    long wait =
        exchange
            .getMessage()
            .getHeader(Exchange.REDELIVERY_DELAY, longestDelay(redeliveryCounter), long.class);
    return super.shouldRedeliver(exchange, redeliveryCounter, retryWhile)
        && WebhookRoutes.mayBeginIn(wait, exchange);
  }
}
