package routes;

import java.util.concurrent.ThreadLocalRandom;
import org.apache.camel.processor.errorhandler.RedeliveryPolicy;

/**
 * Exponential backoff with jitter. Camel's own policy limits a delay after the jitter, so that
 * writers at the maximum delay retry in step; here the maximum has jitter too, and is never
 * exceeded.
 */
public class JitteredBackoff extends RedeliveryPolicy {
  private static final long serialVersionUID = 1L;

  /**
   * The delay before the next attempt, in milliseconds: the first delay times {@code
   * backOffMultiplier} for each earlier attempt, plus or minus a random share of up to {@code
   * collisionAvoidanceFactor}.
   */
  @Override
  public long calculateRedeliveryDelay(long previousDelay, int redeliveryCounter) {
    double spread = getCollisionAvoidanceFactor();
    return delay(redeliveryCounter, spread * ThreadLocalRandom.current().nextDouble(-1, 1));
  }

  /** The longest that this delay can be, in milliseconds. */
  final long longestDelay(int redeliveryCounter) {
    return delay(redeliveryCounter, getCollisionAvoidanceFactor());
  }

  private long delay(int redeliveryCounter, double jitter) {
    double longest = getMaximumRedeliveryDelay() / (1 + getCollisionAvoidanceFactor());
    double backoff = getRedeliveryDelay() * Math.pow(getBackOffMultiplier(), redeliveryCounter - 1);
    return Math.round(Math.min(backoff, longest) * (1 + jitter));
  }
}
