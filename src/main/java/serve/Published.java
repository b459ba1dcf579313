package serve;

import java.time.Duration;
import java.util.Optional;

/**
 * A copy of published content.
 *
 * @param content what was published
 * @param age the age of this copy if the bucket may have a newer one; empty if it is current
 */
public record Published<T>(T content, Optional<Duration> age) {
  /** Whether the bucket may have a newer one. */
  public boolean isStale() {
    return age.isPresent();
  }
}
