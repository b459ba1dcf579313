package simulator;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import covid.RunReport;
import covid.RunStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SimulatorTest {
  /** As many as take a few seconds; {@code bench/simulate} makes more. */
  private static final int SEEDS = 200;

  private static final List<Fate> FAULTS =
      Stream.of(Fate.values()).filter(fate -> fate != Fate.FINE).toList();

  private static Simulation simulation;

  @BeforeAll
  static void start() {
    simulation = new Simulation();
  }

  @AfterAll
  static void stop() {
    simulation.close();
  }

  @Test
  void keepsItsPromisesWhicheverCallIsDisturbed() throws IOException {
    List<Schedule> schedules = new ArrayList<>();
    int calls = 0;
    for (Schedule start : situations()) {
      List<String> last = last(start);
      int made = last.size();
      calls += made;
      IntStream.range(0, made).forEach(call -> schedules.addAll(disturbed(start, call)));
    }

    assertThat(schedules).allSatisfy(SimulatorTest::keepsPromises);
    assertThat(Files.readString(Path.of("docs/reliability.md")).replaceAll("\\s+", " "))
        .contains("%,d calls in %,d schedules".formatted(calls, schedules.size()));
  }

  /** The first run, one with nothing new, and one that finds a dead letter and a run that died. */
  private static List<Schedule> situations() {
    Round dies =
        Round.of(new TreeMap<>(Map.of(8, Fate.THROTTLED, 9, Fate.THROTTLED, 19, Fate.LAST)));
    return List.of(
        new Schedule(2, List.of()),
        new Schedule(0, List.of(Round.undisturbed())),
        new Schedule(0, List.of(dies)));
  }

  /** The calls of the run that nothing disturbs. */
  private static List<String> last(Schedule schedule) {
    List<Trace> runs = simulation.run(schedule).runs();
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

  @Test
  void succeedsWhicheverCallIsDisturbedOnce() {
    List<Schedule> schedules =
        situations().stream()
            .flatMap(
                start ->
                    IntStream.range(0, last(start).size())
                        .boxed()
                        .flatMap(call -> disturbed(start, call).stream()))
            .filter(SimulatorTest::isDisturbedOnce)
            .toList();

    assertThat(schedules)
        .allSatisfy(
            schedule -> {
              List<Trace> runs = simulation.run(schedule).runs();
              assertThat(runs.get(runs.size() - 2).report())
                  .map(RunReport::status)
                  .contains(RunStatus.SUCCEEDED);
            });
  }

  private static boolean isDisturbedOnce(Schedule schedule) {
    Map<Integer, Fate> fates =
        schedule.rounds().get(schedule.rounds().size() - 1).plans().get(0).fates();
    return fates.size() == 1 && !fates.containsValue(Fate.LAST);
  }

  @Test
  void oneSituationHasADeadLetterAndAnUnfinishedRun() {
    assertThat(last(situations().get(2)))
        .anyMatch(call -> call.startsWith("GET dead-letter/"))
        .anyMatch(call -> call.startsWith("GET open-runs/"));
  }

  @Test
  void keepsItsPromisesThroughRandomSchedules() {
    LongStream.range(0, SEEDS)
        .forEach(seed -> keepsPromises(Schedule.of(seed), "bench/simulate --seed " + seed));
  }

  @Test
  void aSeedDecidesEverything() {
    LongStream.range(0, 40)
        .mapToObj(Schedule::of)
        .forEach(schedule -> assertThat(journal(schedule)).isEqualTo(journal(schedule)));
  }

  private static String journal(Schedule schedule) {
    return simulation.run(schedule).journal().stream()
        // The last four digits of a run's id are random.
        .map(call -> call.replaceAll("(?<=Z-)[0-9a-f]{4}", "xxxx"))
        .collect(joining("\n"));
  }

  private static void keepsPromises(Schedule schedule) {
    keepsPromises(schedule, "a schedule of this test");
  }

  private static void keepsPromises(Schedule schedule, String again) {
    Simulation.Outcome outcome = simulation.run(schedule);
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
