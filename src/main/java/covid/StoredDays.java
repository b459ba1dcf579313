package covid;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The outcome of each day in a run, from its facts: of the joined days, and of those that earlier
 * runs left in the dead letter. Immutable.
 *
 * <p>A day that was written is added, regardless of other facts; one that was in the table when it
 * was to be written is present; one that could not be written is dead-lettered. A joined day that
 * was not to be written is present if the table had it when it was read.
 */
public final class StoredDays {
  private final JoinedDays joined;
  private final SortedMap<DayKey, DeadLetter> left = new TreeMap<>();
  private final Map<DayKey, Optional<Day>> stored = new HashMap<>();
  private final SortedMap<DayKey, Fact.DayOutcome> outcomes = new TreeMap<>();

  private StoredDays(Facts facts) {
    joined =
        facts
            .last(Fact.DaysJoined.class)
            .map(Fact.DaysJoined::days)
            .orElse(new JoinedDays(List.of(), new TreeMap<>()));
    facts
        .all(Fact.DeadLetterFound.class)
        .forEach(fact -> left.put(fact.letter().day().key(), fact.letter()));
    facts.all(Fact.DaysStored.class).forEach(fact -> stored.putAll(fact.days()));
    facts
        .all(Fact.DayOutcome.class)
        .forEach(fact -> outcomes.merge(fact.key(), fact, StoredDays::stronger));
    Set<DayKey> seen = new HashSet<>(stored.keySet());
    seen.removeAll(outcomes.keySet());
    joined.days().stream()
        .map(Day::key)
        .filter(seen::contains)
        .forEach(key -> outcomes.put(key, new Fact.DayPresent(key)));
  }

  /** Reads the facts of a run. */
  public static StoredDays of(Facts facts) {
    return new StoredDays(facts);
  }

  /** A day does not leave the table; of two failures the later counts. */
  private static Fact.DayOutcome stronger(Fact.DayOutcome one, Fact.DayOutcome later) {
    return rank(later) >= rank(one) ? later : one;
  }

  private static int rank(Fact.DayOutcome outcome) {
    if (outcome instanceof Fact.DayAdded) {
      return 2;
    }
    return outcome instanceof Fact.DayPresent ? 1 : 0;
  }

  /** The join of the feeds; empty before that. */
  public JoinedDays joined() {
    return joined;
  }

  /** The joined days that are to be written. */
  public List<Day> missing() {
    return joined.days().stream().filter(day -> !outcomes.containsKey(day.key())).toList();
  }

  /** The days that earlier runs left in the dead letter. */
  public List<DeadLetter> left() {
    return List.copyOf(left.values());
  }

  /** Days that earlier runs left in the dead letter and that are now in the table. */
  public List<Day> replayed() {
    return left.values().stream().map(DeadLetter::day).filter(day -> isInTable(day.key())).toList();
  }

  private boolean isInTable(DayKey key) {
    return outcomes.containsKey(key) && !is(key, Fact.DayDeadLettered.class);
  }

  /** How many days have an outcome. */
  public int settled() {
    return outcomes.size();
  }

  /** Days that this run added to the table, including replayed ones. */
  int added() {
    return count(outcomes.keySet(), Fact.DayAdded.class);
  }

  /** The outcomes of the joined days. */
  RunReport.Days days() {
    List<DayKey> keys = joined.days().stream().map(Day::key).toList();
    return new RunReport.Days(
        keys.size(),
        count(keys, Fact.DayAdded.class),
        count(keys, Fact.DayPresent.class),
        revised().size(),
        count(keys, Fact.DayDeadLettered.class));
  }

  /** Days that the table has with other figures. */
  List<RunReport.Revision> revised() {
    return joined.days().stream()
        .filter(day -> is(day.key(), Fact.DayPresent.class))
        .flatMap(this::revision)
        .toList();
  }

  private Stream<RunReport.Revision> revision(Day day) {
    // A day whose item was not read counts as unchanged.
    Optional<Day> item = stored.getOrDefault(day.key(), Optional.of(day));
    return item.equals(Optional.of(day))
        ? Stream.of()
        : Stream.of(new RunReport.Revision(day, item.orElse(null)));
  }

  /** Days that could not be written. */
  List<DeadLetter> deadLetters() {
    return outcomes.values().stream()
        .filter(Fact.DayDeadLettered.class::isInstance)
        .map(outcome -> ((Fact.DayDeadLettered) outcome).letter())
        .toList();
  }

  /** The outcomes of the days that earlier runs left. */
  RunReport.Replay replay() {
    return new RunReport.Replay(
        left(Fact.DayAdded.class), left(Fact.DayPresent.class), left(Fact.DayDeadLettered.class));
  }

  private List<DayKey> left(Class<? extends Fact.DayOutcome> outcome) {
    return left.keySet().stream().filter(key -> is(key, outcome)).toList();
  }

  private int count(Collection<DayKey> keys, Class<? extends Fact.DayOutcome> outcome) {
    return (int) keys.stream().filter(key -> is(key, outcome)).count();
  }

  private boolean is(DayKey key, Class<? extends Fact.DayOutcome> outcome) {
    return outcome.isInstance(outcomes.get(key));
  }
}
