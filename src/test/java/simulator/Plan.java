package simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What happens to the calls of one process.
 *
 * @param fates of calls by their number, from 0; the others are fine
 * @param away all calls that begin so are throttled
 */
record Plan(SortedMap<Integer, Fate> fates, Optional<String> away) {
  Plan {
    fates = new TreeMap<>(fates);
  }

  /** Some calls are disturbed. */
  static Plan of(Map<Integer, Fate> fates) {
    return new Plan(new TreeMap<>(fates), Optional.empty());
  }

  /** The fate of a call. */
  Fate fate(int number, String what) {
    return away.filter(what::startsWith).isPresent()
        ? Fate.THROTTLED
        : fates.getOrDefault(number, Fate.FINE);
  }

  /** The same without one of its faults. */
  List<Plan> simpler() {
    List<Plan> simpler = new ArrayList<>();
    away.ifPresent(calls -> simpler.add(new Plan(fates, Optional.empty())));
    for (Integer call : fates.keySet()) {
      SortedMap<Integer, Fate> fewer = new TreeMap<>(fates);
      fewer.remove(call);
      simpler.add(new Plan(fewer, away));
    }
    return simpler;
  }

  @Override
  public String toString() {
    return fates + away.map(calls -> ", each " + calls + " throttled").orElse("");
  }
}
