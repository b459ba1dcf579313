package simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What one process does, and what happens to its calls.
 *
 * @param takesRevisions whether it takes published revisions into the table, instead of a run
 * @param fates of calls by their number, from 0; the others are fine
 * @param away all calls that begin so are throttled, for a long time
 */
record Plan(boolean takesRevisions, SortedMap<Integer, Fate> fates, Optional<String> away) {
  /** A kind of calls is away for so many calls of the process: some of them wait for its end. */
  private static final int AWAY = 150;

  /** Chunks are sent oftener than this. */
  private static final int FEW = 8;

  Plan {
    fates = new TreeMap<>(fates);
  }

  /** Some calls are disturbed. */
  static Plan of(Map<Integer, Fate> fates) {
    return new Plan(false, new TreeMap<>(fates), Optional.empty());
  }

  /** The same of a process that takes published revisions into the table. */
  Plan takingRevisions() {
    return new Plan(true, fates, away);
  }

  /** The fate of a call. */
  Fate fate(int number, String what) {
    return away.filter(kind -> number < AWAY && what.startsWith(kind)).isPresent()
        ? Fate.THROTTLED
        : fates.getOrDefault(number, Fate.FINE);
  }

  /** Whether it is away or frozen, or loses so many calls in a row that a chunk may get lost. */
  boolean isDisturbedForLong() {
    return away.isPresent() || fates.containsValue(Fate.FROZEN) || fates.size() > FEW;
  }

  boolean isUndisturbed() {
    return fates.isEmpty() && away.isEmpty();
  }

  /** The same without one of its faults. */
  List<Plan> simpler() {
    List<Plan> simpler = new ArrayList<>();
    away.ifPresent(calls -> simpler.add(new Plan(takesRevisions, fates, Optional.empty())));
    for (Integer call : fates.keySet()) {
      SortedMap<Integer, Fate> fewer = new TreeMap<>(fates);
      fewer.remove(call);
      simpler.add(new Plan(takesRevisions, fewer, away));
    }
    return simpler;
  }

  @Override
  public String toString() {
    return (takesRevisions ? "takes revisions " : "")
        + fates
        + away.map(calls -> ", each " + calls + " throttled").orElse("");
  }
}
