package simulator;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import covid.KeySchema;
import covid.RunReport;
import covid.RunStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("slow")
class SimulatorTest {
  /** As many as take a few seconds; {@code bench/simulate} makes more. */
  private static final int SEEDS = 200;

  private static final List<Fate> FAULTS =
      Stream.of(Fate.values()).filter(fate -> fate != Fate.FINE).toList();

  private static final Map<KeySchema, Simulation> SIMULATIONS = new EnumMap<>(KeySchema.class);

  /** What came of schedules; several tests ask for some of them, and it is the same each time. */
  private static final Map<KeySchema, Map<Schedule, Simulation.Outcome>> OUTCOMES =
      new EnumMap<>(KeySchema.class);

  @BeforeAll
  static void start() {
    Stream.of(KeySchema.values()).forEach(key -> SIMULATIONS.put(key, new Simulation(key)));
  }

  @AfterAll
  static void stop() {
    SIMULATIONS.values().forEach(Simulation::close);
    OUTCOMES.clear();
  }

  private static Simulation.Outcome outcome(KeySchema key, Schedule schedule) {
    return OUTCOMES
        .computeIfAbsent(key, any -> new HashMap<>())
        .computeIfAbsent(schedule, SIMULATIONS.get(key)::run);
  }

  @ParameterizedTest
  @EnumSource
  void keepsItsPromisesWhicheverCallIsDisturbed(KeySchema key) throws IOException {
    List<Schedule> schedules = new ArrayList<>();
    int calls = 0;
    for (Schedule start : situations(key)) {
      List<String> last = last(key, start);
      int made = last.size();
      calls += made;
      IntStream.range(0, made).forEach(call -> schedules.addAll(disturbed(start, call)));
    }

    assertThat(schedules).allSatisfy(schedule -> keepsPromises(key, schedule));
    assertThat(Files.readString(Path.of("docs/reliability.md")).replaceAll("\\s+", " "))
        .contains("%,d calls in %,d schedules".formatted(calls, schedules.size()));
  }

  /** The first run, one with nothing new, and one that finds a dead letter and a run that died. */
  private static List<Schedule> situations(KeySchema key) {
    Round dies =
        Round.of(
            key == KeySchema.DATE
                ? Map.of(10, Fate.THROTTLED, 11, Fate.THROTTLED, 21, Fate.LAST)
                : Map.of(9, Fate.THROTTLED, 10, Fate.THROTTLED, 13, Fate.LAST));
    return List.of(
        new Schedule(2, List.of()),
        new Schedule(0, List.of(Round.undisturbed())),
        new Schedule(0, List.of(dies)));
  }

  /** The calls of the run that nothing disturbs. */
  private static List<String> last(KeySchema key, Schedule schedule) {
    List<Trace> runs = outcome(key, schedule).runs();
    return runs.get(runs.size() - 1).calls();
  }

  /** A call meets each fault once, and so that the retry meets it, too. */
  private static List<Schedule> disturbed(Schedule start, int call) {
    return FAULTS.stream()
        .flatMap(
            fault ->
                Stream.of(Map.of(call, fault), Map.of(call, fault, call + 1, fault))
                    .filter(plan -> plan.size() == 1 || isRetried(fault)))
        .map(plan -> new Schedule(start.stored(), and(start.rounds(), Round.of(plan))))
        .toList();
  }

  private static boolean isRetried(Fate fault) {
    return fault != Fate.LAST && fault != Fate.SLOW;
  }

  private static List<Round> and(List<Round> rounds, Round last) {
    return Stream.concat(rounds.stream(), Stream.of(last)).toList();
  }

  @ParameterizedTest
  @EnumSource
  void succeedsWhicheverCallIsDisturbedOnce(KeySchema key) {
    List<Schedule> schedules =
        situations(key).stream()
            .flatMap(
                start ->
                    IntStream.range(0, last(key, start).size())
                        .boxed()
                        .flatMap(call -> disturbed(start, call).stream()))
            .filter(SimulatorTest::isDisturbedOnce)
            .toList();

    assertThat(schedules)
        .allSatisfy(
            schedule -> {
              List<Trace> runs = outcome(key, schedule).runs();
              assertThat(runs.get(runs.size() - 2).report())
                  .map(RunReport::status)
                  .contains(RunStatus.SUCCEEDED);
            });
  }

  /** Several processes publish at once, after a first run, while a feed changes between them. */
  @ParameterizedTest
  @CsvSource({"DATE, 2", "DATE, 10", "PLACE_DATE, 2", "PLACE_DATE, 10"})
  void keepsItsPromisesWhicheverCallIsTheLastOneOfOneOfSeveralProcesses(
      KeySchema key, int processes) {
    int calls = last(key, new Schedule(0, List.of(Round.undisturbed()))).size() + 2;
    for (int call = 0; call < calls; call++) {
      for (long turns = 0; turns < 3; turns++) {
        List<Plan> plans = new ArrayList<>(Collections.nCopies(processes, Plan.of(Map.of())));
        plans.set(0, Plan.of(Map.of(call, Fate.LAST)));
        Round together = new Round(Round.Feeds.REVISED, processes, plans, turns);
        keepsPromises(key, new Schedule(0, List.of(Round.undisturbed(), together)));
      }
    }
  }

  private static boolean isDisturbedOnce(Schedule schedule) {
    Map<Integer, Fate> fates =
        schedule.rounds().get(schedule.rounds().size() - 1).plans().get(0).fates();
    return fates.size() == 1 && !fates.containsValue(Fate.LAST);
  }

  @ParameterizedTest
  @EnumSource
  void oneSituationHasADeadLetterAndAnUnfinishedRun(KeySchema key) {
    assertThat(last(key, situations(key).get(2)))
        .anyMatch(call -> call.startsWith("GET dead-letter/"))
        .anyMatch(call -> call.startsWith("GET open-runs/"));
  }

  @ParameterizedTest
  @EnumSource
  void keepsItsPromisesThroughRandomSchedules(KeySchema key) {
    LongStream.range(0, SEEDS)
        .forEach(
            seed ->
                keepsPromises(
                    key,
                    Schedule.of(seed, key),
                    "bench/simulate --key %s --seed %d".formatted(key, seed)));
  }

  @ParameterizedTest
  @EnumSource
  void aSeedDecidesEverything(KeySchema key) {
    LongStream.range(0, 40)
        .mapToObj(seed -> Schedule.of(seed, key))
        .forEach(
            schedule ->
                assertThat(journal(SIMULATIONS.get(key).run(schedule)))
                    .isEqualTo(journal(outcome(key, schedule))));
  }

  private static String journal(Simulation.Outcome outcome) {
    return outcome.journal().stream()
        // The last four digits of a run's id are random.
        .map(call -> call.replaceAll("(?<=Z-)[0-9a-f]{4,8}", "xxxx"))
        .collect(joining("\n"));
  }

  private static void keepsPromises(KeySchema key, Schedule schedule) {
    keepsPromises(key, schedule, "a schedule of this test");
  }

  private static void keepsPromises(KeySchema key, Schedule schedule, String again) {
    Simulation simulation = SIMULATIONS.get(key);
    Simulation.Outcome outcome = outcome(key, schedule);
    if (!outcome.findings().isEmpty()) {
      Schedule shrunk = simulation.shrink(schedule);
      assertThat(simulation.run(shrunk).findings())
          .as("%s, simplified: %s", again, shrunk)
          .isEmpty();
      // It broke once, and not the second time.
      assertThat(outcome.findings()).as("%s: %s", again, schedule).isEmpty();
    }
  }
}
