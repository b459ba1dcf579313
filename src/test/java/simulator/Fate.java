package simulator;

/** What becomes of one call to a simulated end. */
enum Fate {
  /** It is done and answered. */
  FINE,
  /** The connection breaks before the end hears of it. */
  FAILS_BEFORE,
  /** It is done, and the answer is lost. */
  FAILS_AFTER,
  /** The end refuses it, for there are too many calls. */
  THROTTLED,
  /** It is done, and the answer comes late: other processes go on meanwhile. */
  SLOW,
  /** It is done, and the process dies before the answer reaches it. */
  LAST
}
