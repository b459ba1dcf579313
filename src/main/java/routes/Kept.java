package routes;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * A copy of something in the bucket. When it is due, one caller looks whether there is something
 * newer, while the others go on with the copy; if the bucket is away, so does everybody.
 *
 * @param <T> what is kept
 */
public final class Kept<T> {
  /** So soon somebody may look again if there was nothing, or the bucket was away. */
  private static final Duration PAUSE = Duration.ofSeconds(5);

  /** So long callers wait for the first copy, or for one that is known to be newer. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Clock clock;
  private final Duration refresh;
  private final Semaphore look = new Semaphore(1);
  private volatile State<T> state =
      new State<>(null, Instant.MIN, Instant.MIN, "The archive has not answered yet.");

  private boolean expired;

  /**
   * @param clock tells how old the copy is
   * @param refresh so old a copy may get unseen
   */
  public Kept(Clock clock, Duration refresh) {
    this.clock = clock;
    this.refresh = refresh;
  }

  private record State<T>(T value, Instant readAt, Instant due, String trouble) {
    State<T> expired() {
      return new State<>(value, readAt, Instant.MIN, trouble);
    }
  }

  /**
   * Whether the caller has to look for something newer. If so, it must say the end of it by {@link
   * #keep}, {@link #unchanged}, {@link #nothing} or {@link #failed}.
   */
  public boolean isDue() {
    if (isFresh()) {
      return false;
    }
    boolean mine = state.value() == null || isExpired() ? awaitLook() : look.tryAcquire();
    if (mine && isFresh()) {
      look.release();
      return false;
    }
    if (mine) {
      begin();
    }
    return mine;
  }

  private boolean awaitLook() {
    try {
      return look.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private synchronized void begin() {
    expired = false;
  }

  private boolean isFresh() {
    return clock.instant().isBefore(state.due());
  }

  /** Keeps what was read. */
  public void keep(T value) {
    Instant now = clock.instant();
    end(new State<>(value, now, now.plus(refresh), null));
  }

  /** The copy is still good. */
  public void unchanged() {
    keep(state.value());
  }

  /** There is nothing to keep. */
  public void nothing() {
    Instant now = clock.instant();
    end(new State<>(null, now, now.plus(pause()), null));
  }

  /**
   * The bucket is away.
   *
   * @param trouble why, in a sentence
   */
  public void failed(String trouble) {
    end(new State<>(state.value(), state.readAt(), clock.instant().plus(pause()), trouble));
  }

  private Duration pause() {
    return refresh.compareTo(PAUSE) < 0 ? refresh : PAUSE;
  }

  /** What was looked at may be older than the call of {@link #expire}. */
  private synchronized void end(State<T> next) {
    state = expired ? next.expired() : next;
    look.release();
  }

  /** The next caller has to look, for something newer is there. */
  public synchronized void expire() {
    expired = true;
    state = state.expired();
  }

  /** Whether something newer is known to be there. */
  public boolean isExpired() {
    return state.due().equals(Instant.MIN);
  }

  /** The copy. */
  public Optional<T> value() {
    return Optional.ofNullable(state.value());
  }

  /** Why there may be something newer than the copy. */
  public Optional<String> trouble() {
    return Optional.ofNullable(state.trouble());
  }

  /** How old the copy is. */
  public Duration age() {
    return Duration.between(state.readAt(), clock.instant());
  }
}
