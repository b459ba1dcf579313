package local;

import java.util.concurrent.TimeUnit;

/** Waits for what no event announces: it asks now and then, and leaves the processor to others. */
public final class Polling {
  private static final long PAUSE_MILLIS = 5;

  private Polling() {}

  /** Something that comes true after a while. */
  @FunctionalInterface
  public interface Condition<E extends Exception> {
    /** Whether it is true now. */
    boolean holds() throws E;
  }

  /** Returns as soon as a condition holds; the time limit of the test ends a wait in vain. */
  public static <E extends Exception> void until(Condition<E> condition)
      throws E, InterruptedException {
    while (!condition.holds()) {
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
    }
  }
}
