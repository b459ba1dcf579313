package simulator;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

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
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("slow")
// Some of them compute for half a minute; with other work beside them, for longer.
@Timeout(300)
class SimulatorTest {
  /** As many as take a few seconds; {@code bench/simulate} makes more. */
  private static final int SEEDS = 200;

  /** A schedule with a queue has several times as many calls, of processes that take turns. */
  private static final int SEEDS_WITH_QUEUE = 30;

  private static final Map<Store, Simulation> SIMULATIONS = new EnumMap<>(Store.class);

  /** What came of schedules; several tests ask for some of them, and it is the same each time. */
  private static final Map<Store, Map<Schedule, Simulation.Outcome>> OUTCOMES =
      new EnumMap<>(Store.class);

  @BeforeAll
  static void start() {
    Stream.of(Store.values()).forEach(store -> SIMULATIONS.put(store, new Simulation(store)));
  }

  @AfterAll
  static void stop() {
    SIMULATIONS.values().forEach(Simulation::close);
    OUTCOMES.clear();
  }

  private static Simulation.Outcome outcome(Store store, Schedule schedule) {
    return OUTCOMES
        .computeIfAbsent(store, any -> new HashMap<>())
        .computeIfAbsent(schedule, SIMULATIONS.get(store)::run);
  }

  @ParameterizedTest
  @EnumSource(names = {"DATE", "PLACE_DATE"})
  void keepsItsPromisesWhicheverCallIsDisturbed(Store store) throws IOException {
    List<Schedule> schedules = new ArrayList<>();
    int calls = 0;
    for (Schedule start : situations(store)) {
      List<String> last = last(store, start);
      int made = last.size();
      calls += made;
      IntStream.range(0, made).forEach(call -> schedules.addAll(disturbed(store, start, call)));
    }

    assertThat(schedules).allSatisfy(schedule -> keepsPromises(store, schedule));
    assertThat(Files.readString(Path.of("docs/reliability.md")).replaceAll("\\s+", " "))
        .contains("%,d calls in %,d schedules".formatted(calls, schedules.size()));
  }

  /** The first run, one with nothing new, and one that finds a dead letter and a run that died. */
  private static List<Schedule> situations(Store store) {
    Round dies =
        Round.of(
            store == Store.DATE
                ? Map.of(10, Fate.THROTTLED, 11, Fate.THROTTLED, 21, Fate.LAST)
                : Map.of(9, Fate.THROTTLED, 10, Fate.THROTTLED, 13, Fate.LAST));
    return List.of(
        new Schedule(2, List.of()),
        new Schedule(0, List.of(Round.undisturbed(store))),
        new Schedule(0, List.of(dies)));
  }

  /** The calls of the run that nothing disturbs. */
  private static List<String> last(Store store, Schedule schedule) {
    List<Trace> runs = outcome(store, schedule).runs();
    return runs.get(runs.size() - 1).calls();
  }

  /** A call meets each fault once, and so that the retry meets it, too. */
  private static List<Schedule> disturbed(Store store, Schedule start, int call) {
    return Fate.faults(store).stream()
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
  @EnumSource(names = {"DATE", "PLACE_DATE"})
  void succeedsWhicheverCallIsDisturbedOnce(Store store) {
    List<Schedule> schedules =
        situations(store).stream()
            .flatMap(
                start ->
                    IntStream.range(0, last(store, start).size())
                        .boxed()
                        .flatMap(call -> disturbed(store, start, call).stream()))
            .filter(SimulatorTest::isDisturbedOnce)
            .toList();

    assertThat(schedules)
        .allSatisfy(
            schedule -> {
              List<Trace> runs = outcome(store, schedule).runs();
              assertThat(runs.get(runs.size() - 2).report())
                  .map(RunReport::status)
                  .contains(RunStatus.SUCCEEDED);
            });
  }

  /** Several processes publish at once, after a first run, while a feed changes between them. */
  @ParameterizedTest
  @CsvSource({"DATE, 2", "DATE, 10", "PLACE_DATE, 2", "PLACE_DATE, 10"})
  void keepsItsPromisesWhicheverCallIsTheLastOneOfOneOfSeveralProcesses(
      Store store, int processes) {
    int calls = last(store, new Schedule(0, List.of(Round.undisturbed(store)))).size() + 2;
    for (int call = 0; call < calls; call++) {
      for (long turns = 0; turns < 3; turns++) {
        List<Plan> plans = new ArrayList<>(Collections.nCopies(processes, Plan.of(Map.of())));
        plans.set(0, Plan.of(Map.of(call, Fate.LAST)));
        Round together = new Round(Round.Feeds.REVISED, processes, plans, turns);
        keepsPromises(store, new Schedule(0, List.of(Round.undisturbed(store), together)));
      }
    }
  }

  /** Beside a coordinator, or a worker, another coordinator takes over what it leaves. */
  @ParameterizedTest
  @EnumSource(names = {"LAST", "FROZEN"})
  void keepsItsPromisesWhicheverCallIsTheLastOneOfACoordinatorOrWorker(Fate fate) {
    List<Plan> fine = List.of(Plan.of(Map.of()));
    int calls = last(Store.QUEUE, new Schedule(2, List.of())).size();
    for (int call = 0; call < calls; call++) {
      Plan disturbed = Plan.of(Map.of(call, fate));
      for (Round round :
          List.of(
              new Round(Round.Feeds.SAME, 0, List.of(disturbed, fine.get(0)), fine, call),
              new Round(Round.Feeds.SAME, 0, fine, List.of(disturbed), call))) {
        keepsPromises(Store.QUEUE, new Schedule(2, List.of(round)));
      }
    }
  }

  private static boolean isDisturbedOnce(Schedule schedule) {
    Map<Integer, Fate> fates =
        schedule.rounds().get(schedule.rounds().size() - 1).plans().get(0).fates();
    return fates.size() == 1 && !fates.containsValue(Fate.LAST);
  }

  @ParameterizedTest
  @EnumSource(names = {"DATE", "PLACE_DATE"})
  void oneSituationHasADeadLetterAndAnUnfinishedRun(Store store) {
    assertThat(last(store, situations(store).get(2)))
        .anyMatch(call -> call.startsWith("GET dead-letter/"))
        .anyMatch(call -> call.startsWith("GET open-runs/"));
  }

  @ParameterizedTest
  @EnumSource
  void keepsItsPromisesThroughRandomSchedules(Store store) {
    LongStream.range(0, store.isQueued() ? SEEDS_WITH_QUEUE : SEEDS)
        .forEach(
            seed ->
                keepsPromises(
                    store,
                    Schedule.of(seed, store),
                    "bench/simulate %s --seed %d".formatted(store.options(), seed)));
  }

  @ParameterizedTest
  @EnumSource(names = {"DATE", "PLACE_DATE"})
  void keepsItsPromisesWhileRevisionsAreTaken(Store store) {
    LongStream.range(0, SEEDS)
        .forEach(
            seed ->
                keepsPromises(
                    store,
                    Schedule.takingRevisions(seed, store),
                    "bench/simulate %s --take-revisions --seed %d"
                        .formatted(store.options(), seed)));
  }

  @ParameterizedTest
  @EnumSource
  void aSeedDecidesEverything(Store store) {
    LongStream.range(0, store.isQueued() ? 5 : 40)
        .mapToObj(seed -> Schedule.of(seed, store))
        .forEach(
            schedule ->
                assertThat(journal(SIMULATIONS.get(store).run(schedule)))
                    .isEqualTo(journal(outcome(store, schedule))));
  }

  private static String journal(Simulation.Outcome outcome) {
    return outcome.journal().stream()
        // The last four digits of a run's id are random.
        .map(call -> call.replaceAll("(?<=Z-)[0-9a-f]{4,8}", "xxxx"))
        .collect(joining("\n"));
  }

  private static void keepsPromises(Store store, Schedule schedule) {
    keepsPromises(store, schedule, "a schedule of this test");
  }

  private static void keepsPromises(Store store, Schedule schedule, String again) {
    Simulation simulation = SIMULATIONS.get(store);
    Simulation.Outcome outcome = outcome(store, schedule);
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
