package covid;

import covid.DayOutcomes.Outcome;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * The outcome of each day in a run, from its facts: of the joined days, and of those that earlier
 * runs left in the dead letter. Immutable.
 *
 * <p>A day that was written is added, regardless of other facts; one that was in the table when it
 * was to be written is present; one that could not be written is dead-lettered. A day that was not
 * to be written is present if the table had it when it was read.
 */
public final class StoredDays {
  /** The maximum number of revisions in a report; more are only counted. */
  static final int MOST_REVISIONS = 1_000;

  private final JoinedDays joined;
  private final DayColumns columns;
  private final SortedMap<DayKey, DeadLetter> left = new TreeMap<>();
  private final ReadDays read;
  private final DayOutcomes outcomes;

  private StoredDays(Facts facts) {
    joined = JoinedDays.of(facts.last(PullFact.DaysJoined.class));
    columns = joined.days();
    facts
        .all(RunFact.DeadLetterFound.class)
        .forEach(fact -> left.put(fact.letter().day().key(), fact.letter()));
    read = new ReadDays(facts);
    outcomes = new DayOutcomes(facts);
  }

  /** Reads the facts of a run. */
  public static StoredDays of(Facts facts) {
    return new StoredDays(facts);
  }

  /** The join of the feeds; empty before that. */
  public JoinedDays joined() {
    return joined;
  }

  /** The joined days that are to be written. */
  public List<Day> missing() {
    List<Day> missing = new ArrayList<>();
    for (PlaceDays days : columns.byPlace().values()) {
      for (int i = 0; i < days.size(); i++) {
        if (outcome(days, i) == Outcome.NONE) {
          missing.add(days.get(i));
        }
      }
    }
    return List.copyOf(missing);
  }

  /** Whether no attempt to write a day has an outcome so far. */
  public boolean isOpen(DayKey key) {
    return outcomes.of(key) == Outcome.NONE;
  }

  /** The days that earlier runs left in the dead letter. */
  public List<DeadLetter> left() {
    return List.copyOf(left.values());
  }

  /** Days that earlier runs left in the dead letter and that are now in the table. */
  public List<Day> replayed() {
    return left.values().stream()
        .map(DeadLetter::day)
        .filter(day -> outcome(day.key()).compareTo(Outcome.PRESENT) >= 0)
        .toList();
  }

  /** How many days have an outcome. */
  public int settled() {
    int settled = outcomes.size();
    for (PlaceDays days : columns.byPlace().values()) {
      for (int i = 0; i < days.size(); i++) {
        if (outcomes.of(days.place(), days.epochDay(i)) == Outcome.NONE
            && read.has(days.place(), days.date(i))) {
          settled++;
        }
      }
    }
    return settled;
  }

  /** Days that this run added to the table, including replayed ones. */
  int added() {
    return outcomes.added();
  }

  /** The outcomes of the joined days. */
  RunReport.Days days() {
    Map<Outcome, Integer> counts = new EnumMap<>(Outcome.class);
    int revised = 0;
    for (PlaceDays days : columns.byPlace().values()) {
      for (int i = 0; i < days.size(); i++) {
        Outcome outcome = outcome(days, i);
        counts.merge(outcome, 1, Integer::sum);
        if (outcome == Outcome.PRESENT && read.revision(days, i).isPresent()) {
          revised++;
        }
      }
    }
    return new RunReport.Days(
        columns.size(),
        counts.getOrDefault(Outcome.ADDED, 0),
        counts.getOrDefault(Outcome.PRESENT, 0),
        revised,
        counts.getOrDefault(Outcome.DEAD_LETTERED, 0));
  }

  /** Days that the table has with other figures, at most {@link #MOST_REVISIONS}. */
  List<RunReport.Revision> revised() {
    return revised(MOST_REVISIONS);
  }

  /** All days that the table has with other figures, by place and date. */
  public List<RunReport.Revision> revisions() {
    return revised(Integer.MAX_VALUE);
  }

  private List<RunReport.Revision> revised(int most) {
    List<RunReport.Revision> revised = new ArrayList<>();
    for (PlaceDays days : columns.byPlace().values()) {
      for (int i = 0; i < days.size() && revised.size() < most; i++) {
        if (outcome(days, i) == Outcome.PRESENT) {
          read.revision(days, i).ifPresent(revised::add);
        }
      }
    }
    return List.copyOf(revised);
  }

  /** The dates of joined days that this run added, of any place. */
  public Dates addedDates() {
    return dates(Outcome.ADDED);
  }

  /** The dates of joined days that were in the table already, of any place. */
  public Dates presentDates() {
    return dates(Outcome.PRESENT);
  }

  private Dates dates(Outcome outcome) {
    return Dates.ofEpochDays(
        columns.byPlace().values().stream()
            .flatMapToInt(
                days ->
                    IntStream.range(0, days.size())
                        .filter(i -> outcome(days, i) == outcome)
                        .map(days::epochDay)));
  }

  /** Days that could not be written. */
  public List<DeadLetter> deadLetters() {
    return outcomes.deadLetters();
  }

  /** The outcomes of the days that earlier runs left. */
  RunReport.Replay replay() {
    return new RunReport.Replay(
        left(Outcome.ADDED), left(Outcome.PRESENT), left(Outcome.DEAD_LETTERED));
  }

  private List<DayKey> left(Outcome outcome) {
    return left.keySet().stream().filter(key -> outcome(key) == outcome).toList();
  }

  private Outcome outcome(PlaceDays days, int index) {
    Outcome outcome = outcomes.of(days.place(), days.epochDay(index));
    return outcome == Outcome.NONE && read.has(days.place(), days.date(index))
        ? Outcome.PRESENT
        : outcome;
  }

  private Outcome outcome(DayKey key) {
    Outcome outcome = outcomes.of(key);
    return outcome == Outcome.NONE && read.has(key.place(), key.date()) ? Outcome.PRESENT : outcome;
  }
}
