package covid;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Whatever happens to days, in whatever order: each joined one is counted once. */
class OutcomesPropertiesTest {
  private static final String SEED = "20200122";
  private static final Instant NOW = Instant.parse("2020-06-01T20:00:00Z");

  private enum Event {
    REPLAYING,
    ADDED,
    PRESENT,
    DEAD_LETTERED,
    STORED,
    STORED_OTHERWISE,
    STORED_UNREADABLY
  }

  private record Step(Event event, int day) {
    void happenTo(RunJournal run) {
      Day it = Samples.day(day);
      switch (event) {
        case REPLAYING -> run.days().replaying(DeadLetter.first(it, "throttled", 3, NOW));
        case ADDED -> run.days().added(it);
        case PRESENT -> run.days().present(it);
        case DEAD_LETTERED -> run.days().deadLettered(it, "throttled", 3, NOW);
        case STORED -> run.days().stored(Map.of(it.date(), Optional.of(it)));
        case STORED_OTHERWISE ->
            run.days()
                .stored(
                    Map.of(it.date(), Optional.of(Day.of(it.date(), it.place().name(), 0, 0, 0))));
        case STORED_UNREADABLY -> run.days().stored(Map.of(it.date(), Optional.empty()));
      }
    }
  }

  @Property(tries = 1_000, seed = SEED, edgeCases = EdgeCasesMode.NONE)
  void addUpToTheJoinedDaysOnceEachHasOne(
      @ForAll("joins") Set<Integer> joined,
      @ForAll("steps") List<Step> before,
      @ForAll("steps") List<Step> after,
      @ForAll("outcomes") List<Event> outcomes) {
    RunJournal run = new RunJournal("id", "command", NOW);
    before.forEach(step -> step.happenTo(run));
    run.noteJoin(join(joined));
    assertAddsUp(run, joined.size());
    for (Step step : after) {
      step.happenTo(run);
      assertAddsUp(run, joined.size());
    }

    List<Day> missing = run.days().missing();
    for (int i = 0; i < missing.size(); i++) {
      new Step(outcomes.get(i), number(missing.get(i))).happenTo(run);
    }

    assertThat(run.days().missing()).isEmpty();
    assertAddsUp(run, joined.size());
  }

  /** As in a run: the dead letter first, then the join, then the table, then what it lacks. */
  @Property(tries = 1_000, seed = SEED, edgeCases = EdgeCasesMode.NONE)
  void accountForWhatARunDid(
      @ForAll("joins") Set<Integer> joined,
      @ForAll("joins") Set<Integer> left,
      @ForAll("joins") Set<Integer> stored,
      @ForAll("outcomes") List<Event> outcomes,
      @ForAll @IntRange(min = 1, max = 7) int page) {
    RunJournal run = new RunJournal("id", "command", NOW);
    Map<Integer, Event> expected = new HashMap<>();
    List<Event> next = new ArrayList<>(outcomes);
    left.forEach(day -> new Step(Event.REPLAYING, day).happenTo(run));
    for (Day day : run.days().left()) {
      happen(run, day, next, expected);
    }
    run.noteJoin(join(joined));
    Map<LocalDate, Optional<Day>> items = new TreeMap<>();
    for (int day : stored) {
      items.put(Samples.date(day), Optional.of(Samples.day(day)));
      if (items.size() == page) {
        run.days().stored(items);
        items.clear();
      }
    }
    run.days().stored(items);
    stored.forEach(day -> expected.putIfAbsent(day, Event.PRESENT));
    for (Day day : run.days().missing()) {
      happen(run, day, next, expected);
    }

    run.finished(NOW);
    RunReport report = run.report();
    assertThat(report.days())
        .isEqualTo(
            new RunReport.Days(
                joined.size(),
                count(expected, Event.ADDED, joined),
                count(expected, Event.PRESENT, joined),
                0,
                count(expected, Event.DEAD_LETTERED, joined)));
    assertThat(report.added()).isEqualTo(count(expected, Event.ADDED, expected.keySet()));
    assertThat(report.deadLetters())
        .extracting(letter -> number(letter.day()))
        .containsExactlyElementsOf(
            expected.keySet().stream()
                .filter(day -> expected.get(day) == Event.DEAD_LETTERED)
                .sorted()
                .toList());
    assertThat(report.status())
        .isEqualTo(
            expected.containsValue(Event.DEAD_LETTERED) ? RunStatus.PARTIAL : RunStatus.SUCCEEDED);
    RunReport.Replay replay = report.replay();
    assertThat(replay.added().size() + replay.present().size() + replay.failed().size())
        .isEqualTo(left.size());
    assertThat(run.days().recovered()).hasSize(replay.added().size() + replay.present().size());
  }

  private static void happen(
      RunJournal run, Day day, List<Event> next, Map<Integer, Event> expected) {
    Event outcome = next.remove(next.size() - 1);
    new Step(outcome, number(day)).happenTo(run);
    expected.put(number(day), outcome);
  }

  private static int count(Map<Integer, Event> events, Event event, Set<Integer> days) {
    return (int) days.stream().filter(day -> events.get(day) == event).count();
  }

  private static void assertAddsUp(RunJournal run, int joined) {
    run.finished(NOW);
    RunReport.Days days = run.report().days();
    assertThat(days.joined()).isEqualTo(joined);
    assertThat(days.added() + days.present() + days.deadLettered() + run.days().missing().size())
        .isEqualTo(joined);
    assertThat(days.revised()).isLessThanOrEqualTo(days.present());
  }

  private static JoinedDays join(Set<Integer> days) {
    return new JoinedDays(
        days.stream().sorted().map(Samples::day).toList(),
        new TreeMap<>(Map.of("nyt", 0, "jhu", 0)));
  }

  private static int number(Day day) {
    return (int) day.figure(Metric.RECOVERED).orElseThrow();
  }

  @Provide
  Arbitrary<Set<Integer>> joins() {
    return days().set().ofMaxSize(20);
  }

  @Provide
  Arbitrary<List<Step>> steps() {
    return Combinators.combine(Arbitraries.of(Event.class), days())
        .as(Step::new)
        .list()
        .ofMaxSize(40);
  }

  /** Enough for every day there is, replayed and joined. */
  @Provide
  Arbitrary<List<Event>> outcomes() {
    return Arbitraries.of(Event.ADDED, Event.PRESENT, Event.DEAD_LETTERED).list().ofSize(60);
  }

  private static Arbitrary<Integer> days() {
    return Arbitraries.integers().between(1, 30);
  }
}
