package serve;

import java.util.concurrent.Callable;
import java.util.concurrent.Semaphore;
import web.Problem;
import web.ProblemException;

/**
 * Limits how many requests wait for the bucket at the same time, so that the web server always has
 * free workers, however slow the bucket is: they answer requests from memory, and refuse others at
 * once.
 */
public final class Bulkhead {
  /** For work that is not a request: no limit. */
  public static final Bulkhead UNBOUNDED = new Bulkhead(Integer.MAX_VALUE);

  /** Only what is in memory is answered. */
  public static final Bulkhead NOBODY_WAITS = new Bulkhead(0);

  private final Semaphore places;

  /**
   * @param places how many may wait
   */
  public Bulkhead(int places) {
    this.places = new Semaphore(places);
  }

  /** Takes a place if there is one; {@link #leave} must follow. */
  boolean tryEnter() {
    return places.tryAcquire();
  }

  /** Gives a place back. */
  void leave() {
    places.release();
  }

  /**
   * Does work that waits for the bucket.
   *
   * @throws ProblemException with status 503 if too many wait already
   */
  <T> T call(Callable<T> waiting) throws Exception {
    if (!tryEnter()) {
      throw new ProblemException(Problem.busy());
    }
    try {
      return waiting.call();
    } finally {
      leave();
    }
  }
}
