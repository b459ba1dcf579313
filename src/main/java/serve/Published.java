package serve;

import java.time.Duration;
import java.util.Optional;

/**
 * What readers get of the bucket.
 *
 * @param content what was published
 * @param age how old this copy is if the bucket may have something newer; empty if it is current
 */
public record Published<T>(T content, Optional<Duration> age) {
  /** Whether the bucket may have something newer. */
  public boolean isStale() {
    return age.isPresent();
  }
}
