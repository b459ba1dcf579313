package simulator;

import java.util.function.Supplier;

/** Makes the calls of a process to the ends, and decides on the fate of each. */
interface Caller {
  /** Every call is fine. */
  Caller FINE = Caller::fine;

  /**
   * Makes a call.
   *
   * @param what it is, in words
   * @param effect does it
   * @param lost what is thrown if no answer comes
   * @param throttled answers, or throws, if there are too many calls
   */
  <T> T call(
      String what, Supplier<T> effect, Supplier<RuntimeException> lost, Supplier<T> throttled);

  private static <T> T fine(
      String what, Supplier<T> effect, Supplier<RuntimeException> lost, Supplier<T> throttled) {
    return effect.get();
  }
}
