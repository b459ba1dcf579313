package crash;

import covid.DayKey;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import local.Call;
import local.Fault;
import local.Interceptor;
import local.RandomFaults;
import local.Service;

/** Strikes processes at their calls, and disturbs others. Thread-safe. */
final class Trouble implements Interceptor {
  private final Schedule schedule;
  private final Processes processes;
  private final SplittableRandom random;
  private final Map<Step, Integer> calls = new EnumMap<>(Step.class);
  private final Set<String> writes = new HashSet<>();
  private List<Strike> strikes = List.of();
  private boolean refuses;
  private int disturbed;
  private int disturbances;

  Trouble(Schedule schedule, Processes processes) {
    this.schedule = schedule;
    this.processes = processes;
    this.random = new SplittableRandom(~schedule.seed());
  }

  /** Begins a run. */
  synchronized void begin(int run) {
    boolean last = run == schedule.feeds().size() - 1;
    strikes = new ArrayList<>(schedule.strikes().get(run));
    refuses = run == 0;
    disturbed = last ? 0 : schedule.disturbed();
    calls.clear();
  }

  /** How many calls were throttled or lost, or their answers were. */
  synchronized int disturbances() {
    return disturbances;
  }

  /** The operations other than inserts by which the table was changed. */
  synchronized Set<String> otherWrites() {
    return Set.copyOf(writes);
  }

  @Override
  public Fault intercept(Call call) {
    List<Strike> now;
    Fault disturbance;
    synchronized (this) {
      if (call.service() == Service.DYNAMODB && call.operation().matches("(Put|Update|Delete).*")) {
        writes.add(call.operation());
      }
      Step.of(call).forEach(step -> calls.merge(step, 1, Integer::sum));
      now = strikes(call);
      strikes.removeAll(now);
      disturbance = isDisturbed(call) ? RandomFaults.of(call, random) : Fault.none();
      if (!(disturbance instanceof Fault.None)) {
        disturbances++;
      }
    }
    Fault fault = disturbance;
    for (Strike strike : now) {
      if (processes.strike(strike)) {
        fault = strike.fault();
      }
    }
    return isRefused(call) ? refusal() : fault;
  }

  private List<Strike> strikes(Call call) {
    Set<Step> steps = Step.of(call).collect(Collectors.toSet());
    return strikes.stream()
        .filter(
            strike -> steps.contains(strike.step()) && strike.number() <= calls.get(strike.step()))
        .toList();
  }

  // --- Days that the table does not take

  private synchronized boolean isRefused(Call call) {
    return refuses
        && call.is(Service.DYNAMODB, "BatchExecuteStatement")
        && schedule.refused().stream().anyMatch(day -> isOf(day, call.body()));
  }

  private Fault refusal() {
    return Fault.statementsRefused(
        statement -> schedule.refused().stream().anyMatch(day -> isOf(day, statement)),
        "ValidationError");
  }

  private static boolean isOf(DayKey day, String statement) {
    // The parameters are in the order of their names: Date, Deaths, Place.
    return statement
        .replaceAll("\\s", "")
        .matches(
            "(?s).*\\{\"S\":\"%s\"\\},\\{\"N\":\"\\d+\"\\},\\{\"S\":\"%s\"\\}.*"
                .formatted(day.date(), day.place().name()));
  }

  // --- Throttled and lost calls

  private boolean isDisturbed(Call call) {
    // What a poll that finds nothing meets, nobody notices.
    return random.nextInt(1_000) < disturbed && !call.operation().isEmpty();
  }
}
