package serve;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import web.Problem;
import web.ProblemException;

/**
 * A cached value of the bucket: single-flight, and stale on error. When a refresh is due, one
 * caller loads the value while the others get the cached one; if loading fails, all get it.
 *
 * @param <T> the value
 */
public final class RefreshingCache<T> {
  /** The delay after a load that found nothing or failed, unless refreshes are more frequent. */
  private static final Duration PAUSE = Duration.ofSeconds(5);

  /** How long callers wait for the first value, or for a newer one that is known to exist. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final String NOT_LOADED = "The archive has not answered yet.";

  private final Clock clock;
  private final Duration refresh;
  private final Loader<T> loader;
  private final ReentrantLock loading = new ReentrantLock();
  private volatile State<T> state = new State<>(null, Instant.MIN, Instant.MIN, NOT_LOADED, null);
  private boolean expired;

  /**
   * @param clock measures the age of the value
   * @param refresh how long a value is served without checking the bucket
   * @param loader loads the value
   */
  public RefreshingCache(Clock clock, Duration refresh, Loader<T> loader) {
    this.clock = clock;
    this.refresh = refresh;
    this.loader = loader;
  }

  /** The source of the value. */
  public interface Loader<T> {
    /**
     * Loads the value.
     *
     * @param known the cached value, which may be returned again; empty if there is none, or it is
     *     known to be outdated
     * @return empty if there is no value
     */
    Optional<T> load(Optional<T> known) throws Exception;

    /** Logs why loading failed, and returns a sentence for HTTP clients. */
    String explain(Exception failure);

    /**
     * How long a value is served without checking the bucket.
     *
     * @param refresh the usual time
     */
    default Duration lifetime(T value, Duration refresh) {
      return refresh;
    }
  }

  private record State<T>(
      @Nullable T value,
      Instant loadedAt,
      Instant due,
      @Nullable String failure,
      @Nullable Exception cause) {
    State<T> expired() {
      return new State<>(value, loadedAt, Instant.MIN, failure, cause);
    }

    boolean isExpired() {
      return due.equals(Instant.MIN);
    }
  }

  /**
   * The value, refreshed if that is due.
   *
   * @param bulkhead limits how many callers wait
   * @return empty if the bucket has no value
   * @throws ProblemException with status 503 if there is no cached value and none can be loaded
   */
  public Optional<Published<T>> get(Bulkhead bulkhead) throws ProblemException {
    boolean current = isFresh() || refresh(bulkhead);
    State<T> now = state;
    if (now.value() == null) {
      if (now.failure() != null) {
        throw new ProblemException(Problem.away(now.failure()), now.cause());
      }
      return Optional.empty();
    }
    Optional<Duration> age =
        current && now.failure() == null
            ? Optional.empty()
            : Optional.of(Duration.between(now.loadedAt(), clock.instant()));
    return Optional.of(new Published<>(now.value(), age));
  }

  /** Returns false if the cached value is known to be outdated, and too many callers wait. */
  private boolean refresh(Bulkhead bulkhead) throws ProblemException {
    State<T> before = state;
    boolean mustWait = before.value() == null || before.isExpired();
    if (!bulkhead.tryEnter()) {
      if (before.value() == null) {
        throw new ProblemException(Problem.busy());
      }
      return !mustWait;
    }
    try {
      if (mustWait ? awaitTurn() : loading.tryLock()) {
        try {
          if (!isFresh()) {
            load();
          }
        } finally {
          loading.unlock();
        }
      }
    } finally {
      bulkhead.leave();
    }
    return true;
  }

  private boolean awaitTurn() {
    try {
      return loading.tryLock(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private boolean isFresh() {
    return clock.instant().isBefore(state.due());
  }

  private void load() {
    State<T> before = begin();
    try {
      Optional<T> known = Optional.ofNullable(before.value()).filter(any -> !before.isExpired());
      end(loader.load(known).map(this::loaded).orElseGet(this::nothing));
    } catch (Exception e) {
      // For any error, the cached value is still served; the loader logs the reason.
      Instant next = clock.instant().plus(pause());
      end(new State<>(before.value(), before.loadedAt(), next, loader.explain(e), e));
    }
  }

  private State<T> loaded(T value) {
    Instant now = clock.instant();
    return new State<>(value, now, now.plus(loader.lifetime(value, refresh)), null, null);
  }

  private State<T> nothing() {
    Instant now = clock.instant();
    return new State<>(null, now, now.plus(pause()), null, null);
  }

  private Duration pause() {
    return refresh.compareTo(PAUSE) < 0 ? refresh : PAUSE;
  }

  private synchronized State<T> begin() {
    expired = false;
    return state;
  }

  /** The loaded value may be older than the call of {@link #expire}. */
  private synchronized void end(State<T> next) {
    state = expired ? next.expired() : next;
  }

  /** Makes the next call load the value, since the bucket has a newer one. */
  public synchronized void expire() {
    expired = true;
    state = state.expired();
  }
}
