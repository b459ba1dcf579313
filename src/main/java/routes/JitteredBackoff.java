package routes;

import java.util.concurrent.ThreadLocalRandom;
import org.apache.camel.processor.errorhandler.RedeliveryPolicy;

/**
 * Exponential backoff with jitter. Camel's own policy cuts a delay down to its maximum after the
 * jitter, so that writers that have waited long enough retry in step; here the maximum has jitter
 * too, and no delay is longer than it.
 */
public class JitteredBackoff extends RedeliveryPolicy {
  private static final long serialVersionUID = 1L;

  /**
   * The delay before a further try, in milliseconds: the first one times {@code backOffMultiplier}
   * for each try before, give or take a random share of up to {@code collisionAvoidanceFactor}.
   */
  @Override
  public long calculateRedeliveryDelay(long previousDelay, int redeliveryCounter) {
    double spread = getCollisionAvoidanceFactor();
    double longest = getMaximumRedeliveryDelay() / (1 + spread);
    double backoff = getRedeliveryDelay() * Math.pow(getBackOffMultiplier(), redeliveryCounter - 1);
    double jitter = spread * ThreadLocalRandom.current().nextDouble(-1, 1);
    return Math.round(Math.min(backoff, longest) * (1 + jitter));
  }
}
