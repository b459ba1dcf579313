package simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Semaphore;

/**
 * Lets the processes of a round call the ends one at a time, in an order that a seed decides: a
 * turn goes to one of them only when each of the others waits for one or has ended. Who sleeps
 * takes none; while all of them sleep, the time of the world goes on until the first one wakes.
 */
final class Turns {
  /** How many turns of others a slow answer takes. */
  private static final int SLOW = 6;

  private final Random random;
  private final World world;
  private final Map<SimulatedProcess, Wait> waiting = new LinkedHashMap<>();
  private int running;
  private int runs;
  private int turn;

  /** Until when a process waits, and by what it learns that it has a turn. */
  private record Wait(int turn, Instant time, Semaphore given) {
    Wait(int turn, Instant time) {
      this(turn, time, new Semaphore(0));
    }
  }

  /**
   * @param seed decides whose turn it is
   * @param world whose time it is
   * @param runs how many processes make a run
   * @param workers how many others take turns with them
   */
  Turns(long seed, World world, int runs, int workers) {
    random = new Random(seed);
    this.world = world;
    this.runs = runs;
    running = runs + workers;
  }

  /** Waits for a turn. */
  void await(SimulatedProcess process) {
    take(process, new Wait(turn, Instant.MIN));
  }

  /** Waits until others have had some turns, if there are others that want them. */
  void awaitLate(SimulatedProcess process) {
    take(process, new Wait(turn + SLOW, Instant.MIN));
  }

  /** Waits until so much time of the world has gone by. */
  void sleep(SimulatedProcess process, Duration time) {
    take(process, new Wait(turn, world.now().plus(time)));
  }

  private void take(SimulatedProcess process, Wait until) {
    synchronized (this) {
      waiting.put(process, until);
      running--;
      give();
    }
    try {
      until.given().acquire();
    } catch (InterruptedException e) {
      throw new IllegalStateException("A simulated process was interrupted.", e);
    }
  }

  /** A run has ended, and its process needs no more turns. */
  synchronized void endRun() {
    runs--;
    end();
  }

  /** A process needs no more turns. */
  synchronized void end() {
    running--;
    give();
  }

  /** Whether any process still makes a run. */
  synchronized boolean hasRuns() {
    return runs > 0;
  }

  private void give() {
    if (running > 0 || waiting.isEmpty()) {
      return;
    }
    turn++;
    List<SimulatedProcess> candidates = new ArrayList<>(awake());
    // Started at the same time, they come here in any order.
    candidates.sort(Comparator.comparing(SimulatedProcess::number));
    List<SimulatedProcess> due =
        candidates.stream().filter(process -> waiting.get(process).turn() <= turn).toList();
    List<SimulatedProcess> eligible = due.isEmpty() ? candidates : due;
    SimulatedProcess next = eligible.get(random.nextInt(eligible.size()));
    running++;
    waiting.remove(next).given().release();
  }

  private List<SimulatedProcess> awake() {
    world.awaitTime(
        waiting.values().stream().map(Wait::time).min(Instant::compareTo).orElseThrow());
    Instant now = world.now();
    return waiting.keySet().stream()
        .filter(process -> !waiting.get(process).time().isAfter(now))
        .toList();
  }
}
