package covid;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Whatever happens to days, in whatever order: each joined one is counted once. */
class FactsPropertiesTest {
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
    /** In a table of many places. */
    void happenToPlace(Run run) {
      Day it = Samples.day(day);
      Dates date = Dates.of(List.of(it.date()));
      switch (event) {
        case ADDED -> run.note(new StoreFact.DaysAdded(it.place(), date));
        case PRESENT -> run.note(new StoreFact.DaysPresent(it.place(), date));
        case STORED -> run.note(read(it, Optional.of(it)));
        case STORED_OTHERWISE -> run.note(read(it, Optional.of(other(it))));
        case STORED_UNREADABLY -> run.note(read(it, Optional.empty()));
        default -> happenTo(run);
      }
    }

    private static Fact read(Day day, Optional<Day> item) {
      return StoreFact.PlaceRead.of(day.place(), List.of(day), Map.of(day.key(), item));
    }

    private static Day other(Day day) {
      return Day.of(day.date(), day.place().name(), 0, 0, 0);
    }

    void happenTo(Run run) {
      Day it = Samples.day(day);
      switch (event) {
        case REPLAYING ->
            run.note(new RunFact.DeadLetterFound(DeadLetter.first(it, "throttled", 3, NOW)));
        case ADDED -> run.note(new StoreFact.DayAdded(it.key()));
        case PRESENT -> run.note(new StoreFact.DayPresent(it.key()));
        case DEAD_LETTERED ->
            run.note(new StoreFact.DayDeadLettered(DeadLetter.first(it, "throttled", 3, NOW)));
        case STORED -> run.note(new StoreFact.DaysStored(Map.of(it.key(), Optional.of(it))));
        case STORED_OTHERWISE ->
            run.note(new StoreFact.DaysStored(Map.of(it.key(), Optional.of(other(it)))));
        case STORED_UNREADABLY ->
            run.note(new StoreFact.DaysStored(Map.of(it.key(), Optional.empty())));
      }
    }
  }

  @Property(tries = 1_000, seed = SEED, edgeCases = EdgeCasesMode.NONE)
  void addUpToTheJoinedDaysOnceEachHasOne(
      @ForAll("joins") Set<Integer> joined,
      @ForAll("steps") List<Step> before,
      @ForAll("steps") List<Step> after,
      @ForAll("outcomes") List<Event> outcomes) {
    Run run = Run.begin("id", "command", NOW);
    before.forEach(step -> step.happenTo(run));
    run.note(new PullFact.DaysJoined(join(joined)));
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

  @Property(tries = 1_000, seed = SEED, edgeCases = EdgeCasesMode.NONE)
  void areTheSameForManyDaysAtOnce(
      @ForAll("joins") Set<Integer> joined, @ForAll("steps") List<Step> steps) {
    Run oneByOne = Run.begin("id", "command", NOW);
    Run atOnce = Run.begin("id", "command", NOW);
    List.of(oneByOne, atOnce).forEach(run -> run.note(new PullFact.DaysJoined(join(joined))));

    for (Step step : steps) {
      step.happenTo(oneByOne);
      step.happenToPlace(atOnce);
      assertThat(atOnce.days().missing()).isEqualTo(oneByOne.days().missing());
      assertThat(atOnce.days().settled()).isEqualTo(oneByOne.days().settled());
    }

    List.of(oneByOne, atOnce).forEach(run -> run.note(new RunFact.StagesEnded(NOW)));
    assertThat(atOnce.report()).isEqualTo(oneByOne.report());
  }

  /** As in a run: the dead letter first, then the join, then the table, then what it lacks. */
  @Property(tries = 1_000, seed = SEED, edgeCases = EdgeCasesMode.NONE)
  void accountForWhatARunDid(
      @ForAll("joins") Set<Integer> joined,
      @ForAll("joins") Set<Integer> left,
      @ForAll("joins") Set<Integer> stored,
      @ForAll("outcomes") List<Event> outcomes,
      @ForAll @IntRange(min = 1, max = 7) int page) {
    Run run = Run.begin("id", "command", NOW);
    Map<Integer, Event> expected = new HashMap<>();
    List<Event> next = new ArrayList<>(outcomes);
    left.forEach(day -> new Step(Event.REPLAYING, day).happenTo(run));
    for (DeadLetter letter : run.days().left()) {
      happen(run, letter.day(), next, expected);
    }
    run.note(new PullFact.DaysJoined(join(joined)));
    Map<DayKey, Optional<Day>> items = new TreeMap<>();
    for (int day : stored) {
      items.put(Samples.key(day), Optional.of(Samples.day(day)));
      if (items.size() == page) {
        run.note(new StoreFact.DaysStored(items));
        items.clear();
      }
    }
    run.note(new StoreFact.DaysStored(items));
    stored.forEach(day -> expected.putIfAbsent(day, Event.PRESENT));
    for (Day day : run.days().missing()) {
      happen(run, day, next, expected);
    }

    run.note(new RunFact.StagesEnded(NOW));
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
    assertThat(run.days().replayed()).hasSize(replay.added().size() + replay.present().size());
  }

  @Property(tries = 1_000, seed = SEED, edgeCases = EdgeCasesMode.NONE)
  void giveTheSameReportInAnyOrderAndWithRepeats(
      @ForAll("facts") List<Fact> facts, @ForAll Random random) {
    FactLog log = new FactLog();
    List<Facts.Noted> noted = new ArrayList<>();
    for (int i = 0; i < facts.size(); i++) {
      log.note(facts.get(i));
      noted.add(new Facts.Noted(i, facts.get(i)));
    }
    RunReport report = new Run("id", "command", NOW, log).report();

    noted.addAll(noted.subList(0, random.nextInt(noted.size() + 1)));
    Collections.shuffle(noted, random);

    assertThat(RunReport.of("id", "command", NOW, Facts.of(noted))).isEqualTo(report);
  }

  private static void happen(Run run, Day day, List<Event> next, Map<Integer, Event> expected) {
    Event outcome = next.remove(next.size() - 1);
    new Step(outcome, number(day)).happenTo(run);
    expected.put(number(day), outcome);
  }

  private static int count(Map<Integer, Event> events, Event event, Set<Integer> days) {
    return (int) days.stream().filter(day -> events.get(day) == event).count();
  }

  private static void assertAddsUp(Run run, int joined) {
    run.note(new RunFact.StagesEnded(NOW));
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

  /** Whatever can happen in a run whose stages are done. */
  @Provide
  Arbitrary<List<Fact>> facts() {
    return Combinators.combine(Arbitraries.integers().between(0, 20), days(), days())
        .as(FactsPropertiesTest::fact)
        .list()
        .ofMaxSize(60)
        .map(
            facts ->
                Stream.concat(facts.stream(), Stream.of(new RunFact.StagesEnded(NOW))).toList());
  }

  private static Fact fact(int kind, int number, int other) {
    Day day = Samples.day(number);
    DeadLetter letter = DeadLetter.first(day, "error " + other, other, NOW);
    return switch (kind) {
      case 0 ->
          new RunFact.UnfinishedRunFound(
              new RunMarker("r-" + number, "command", NOW, new RunMarker.Owner("a", 1, NOW)));
      case 1 -> new RunFact.DeadLetterFound(letter);
      case 2 -> new RunFact.ReportedBefore(List.of("nyt"), List.of());
      case 3 -> new PullFact.FeedPulled(Samples.nyt(number, other));
      case 4 -> new PullFact.FeedPulled(Samples.jhu(number, other));
      case 5 -> new PullFact.PullFailed("nyt", "error " + number);
      case 6 -> new PullFact.FeedStalled(number % 2 == 0 ? "nyt" : "jhu");
      case 7 -> new PullFact.DaysJoined(join(Set.of(number, 31 - number)));
      case 8 -> new StoreFact.DaysStored(Map.of(day.key(), Optional.of(Samples.day(other))));
      case 9 -> new StoreFact.DaysStored(Map.of(day.key(), Optional.empty()));
      case 10 -> new StoreFact.DayAdded(day.key());
      case 11 -> new StoreFact.DayPresent(day.key());
      case 12 -> new StoreFact.DayDeadLettered(letter);
      case 13 ->
          new PublicationFact.SetPublished(
              new RunReport.Archive(
                  "CovidData.csv", number, Samples.date(other), "ab", null, null));
      case 14 -> new RunFact.RunRefused("refused " + number);
      case 15 -> new RunFact.RunFailed("failed " + number);
      case 16 ->
          new StoreFact.DaysAdded(day.place(), Dates.of(List.of(day.date(), Samples.date(other))));
      case 17 -> new StoreFact.DaysPresent(day.place(), Dates.of(List.of(Samples.date(other))));
      case 18 ->
          StoreFact.PlaceRead.of(
              day.place(),
              List.of(day),
              Map.of(
                  day.key(),
                  number == other ? Optional.empty() : Optional.of(sameDate(day, other))));
      case 19 -> new StoreFact.BatchesRefused("refused " + number);
      default ->
          number % 2 == 0 ? new RunFact.Warned("warning " + other) : new RunFact.NotAnnounced("no");
    };
  }

  private static Day sameDate(Day day, int number) {
    return new Day(day.key(), Samples.day(number).figures());
  }

  private static Arbitrary<Integer> days() {
    return Arbitraries.integers().between(1, 30);
  }
}
