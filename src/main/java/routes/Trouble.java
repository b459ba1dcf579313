package routes;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Something that is tried again and again: that it fails is said once, and once that it works
 * again. Thread-safe.
 */
final class Trouble {
  private final AtomicBoolean lasts = new AtomicBoolean();

  /** Whether it is news that it fails. */
  boolean begins() {
    return lasts.compareAndSet(false, true);
  }

  /** Whether it is news that it works. */
  boolean ends() {
    return lasts.compareAndSet(true, false);
  }
}
