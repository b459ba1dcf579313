package simulator;

import java.util.List;
import java.util.stream.Stream;

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
  LAST,
  /** The process stands still before it is done, for so long that others take over its work. */
  FROZEN;

  /** What can befall a call. Without a queue nobody takes over the work of a frozen process. */
  static List<Fate> faults(Store store) {
    return Stream.of(values())
        .filter(fate -> fate != FINE && (fate != FROZEN || store.isQueued()))
        .toList();
  }
}
