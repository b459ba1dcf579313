package webhooks;

import static java.util.stream.Collectors.joining;

import java.time.Duration;
import java.util.List;

/**
 * The web addresses that take messages, and how they are asked.
 *
 * @param all the addresses, in the order of the setting; empty if there are none
 * @param secrets by which a receiver knows that a request is of this program; empty if none is
 *     signed
 * @param timeout for one whole request
 */
public record Webhooks(List<Webhook> all, List<Secret> secrets, Duration timeout) {
  public Webhooks {
    all = List.copyOf(all);
    secrets = List.copyOf(secrets);
  }

  /**
   * The time within which all of them have taken a message, or are given up, retries included: ten
   * times that of a request. With a timeout of 6 seconds or more that is room for five retries.
   */
  public Duration limit() {
    return timeout.multipliedBy(10);
  }

  /** Whether there are any. */
  public boolean isAny() {
    return !all.isEmpty();
  }

  /** The signatures of a request, as in its header: a receiver knows one of the secrets. */
  public String signatures(String id, long timestamp, byte[] body) {
    return secrets.stream().map(secret -> secret.sign(id, timestamp, body)).collect(joining(" "));
  }
}
