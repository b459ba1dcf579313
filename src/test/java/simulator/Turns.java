package simulator;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Lets the processes of a round call the ends one at a time, in an order that a seed decides: a
 * turn goes to one of them only when each of the others waits for one or has ended.
 */
final class Turns {
  /** How many turns of others a slow answer takes. */
  private static final int SLOW = 6;

  private final Random random;
  private final Map<SimulatedProcess, Integer> waiting = new LinkedHashMap<>();
  private int running;
  private int turn;
  private SimulatedProcess next;

  /**
   * @param seed decides whose turn it is
   * @param processes how many take turns
   */
  Turns(long seed, int processes) {
    random = new Random(seed);
    running = processes;
  }

  /** Waits for a turn. */
  void await(SimulatedProcess process) {
    take(process, turn);
  }

  /** Waits until others have had some turns, if there are others that want them. */
  void awaitLate(SimulatedProcess process) {
    take(process, turn + SLOW);
  }

  private synchronized void take(SimulatedProcess process, int notBefore) {
    waiting.put(process, notBefore);
    running--;
    give();
    try {
      while (next != process) {
        wait();
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException("A simulated process was interrupted.", e);
    }
    next = null;
    running++;
  }

  /** A process needs no more turns. */
  synchronized void end() {
    running--;
    give();
  }

  private void give() {
    if (running > 0 || waiting.isEmpty()) {
      return;
    }
    turn++;
    List<SimulatedProcess> candidates = new ArrayList<>(waiting.keySet());
    // Started at the same time, they come here in any order.
    candidates.sort((one, other) -> Integer.compare(one.number(), other.number()));
    List<SimulatedProcess> due =
        candidates.stream().filter(process -> waiting.get(process) <= turn).toList();
    List<SimulatedProcess> eligible = due.isEmpty() ? candidates : due;
    next = eligible.get(random.nextInt(eligible.size()));
    waiting.remove(next);
    notifyAll();
  }
}
