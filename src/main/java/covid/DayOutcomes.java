package covid;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What became of each day in one run: of those that the feeds have, and of those that earlier runs
 * left in the dead letter. Many threads note at once.
 */
public final class DayOutcomes {
  private enum Outcome {
    ADDED,
    PRESENT,
    DEAD_LETTERED
  }

  /**
   * What became of them up to one moment, as {@link RunReport} has it.
   *
   * @param added days that came into the table, replayed ones included
   * @param days what became of the joined days
   * @param revised days that the table has with other figures
   * @param deadLetters days that could not be written, ascending
   * @param replay what became of the days that earlier runs left
   */
  record Tally(
      int added,
      RunReport.Days days,
      List<RunReport.Revision> revised,
      List<DeadLetter> deadLetters,
      RunReport.Replay replay) {}

  /** So many days in a row that cannot be written are not about the days. */
  private static final int MOST_FAILURES_IN_A_ROW = 10;

  private final Map<LocalDate, DeadLetter> replayed = new TreeMap<>();
  private final Map<LocalDate, Optional<Day>> stored = new HashMap<>();
  private final SortedMap<LocalDate, Outcome> outcomes = new TreeMap<>();
  private final SortedMap<LocalDate, DeadLetter> deadLetters = new TreeMap<>();
  private List<Day> joined = List.of();
  private int failuresInARow;

  /** Notes the days that the feeds have. */
  synchronized void joined(List<Day> days) {
    joined = days;
  }

  /** Notes a day that an earlier run left, and that is now tried again. */
  public synchronized void replaying(DeadLetter letter) {
    replayed.put(letter.day().date(), letter);
  }

  /**
   * Notes what the table has.
   *
   * @param days by date; empty where an item is there that cannot be read as a day
   */
  public synchronized void stored(Map<LocalDate, Optional<Day>> days) {
    stored.putAll(days);
    for (Day day : joined) {
      if (days.containsKey(day.date())) {
        outcomes.putIfAbsent(day.date(), Outcome.PRESENT);
      }
    }
  }

  /** The joined days that have no outcome yet: those that are to be written. */
  public synchronized List<Day> missing() {
    return joined.stream().filter(day -> !outcomes.containsKey(day.date())).toList();
  }

  /** Notes that a day was written. */
  public synchronized void added(Day day) {
    inTable(day, Outcome.ADDED);
  }

  /** Notes that a day was in the table already. */
  public synchronized void present(Day day) {
    inTable(day, Outcome.PRESENT);
  }

  private void inTable(Day day, Outcome outcome) {
    outcomes.put(day.date(), outcome);
    deadLetters.remove(day.date());
    failuresInARow = 0;
  }

  /** Days that earlier runs left. */
  public synchronized List<Day> left() {
    return replayed.values().stream().map(DeadLetter::day).toList();
  }

  /** Days that earlier runs left and that are in the table now. */
  public synchronized List<Day> recovered() {
    return left().stream()
        .filter(day -> outcomes.get(day.date()) != Outcome.DEAD_LETTERED)
        .filter(day -> outcomes.containsKey(day.date()))
        .toList();
  }

  /**
   * Notes that a day could not be written.
   *
   * @return what is to be kept of it, earlier failures included
   */
  public synchronized DeadLetter deadLettered(Day day, String error, int attempts, Instant now) {
    DeadLetter earlier = replayed.get(day.date());
    DeadLetter letter =
        earlier == null
            ? DeadLetter.first(day, error, attempts, now)
            : earlier.again(error, attempts, now);
    outcomes.put(day.date(), Outcome.DEAD_LETTERED);
    failuresInARow++;
    deadLetters.put(day.date(), letter);
    return letter;
  }

  /**
   * Whether the table takes no day at the moment, whatever the day: then waiting for each of them
   * would take for ever. It ends with the first day that the table takes.
   */
  public synchronized boolean isTableAway() {
    return failuresInARow >= MOST_FAILURES_IN_A_ROW;
  }

  /** How many days have an outcome. */
  public synchronized int settled() {
    return outcomes.size();
  }

  /** What became of them so far. */
  synchronized Tally tally() {
    List<LocalDate> dates = joined.stream().map(Day::date).toList();
    List<RunReport.Revision> revised = revisions();
    return new Tally(
        count(Outcome.ADDED, outcomes.keySet()),
        new RunReport.Days(
            dates.size(),
            count(Outcome.ADDED, dates),
            count(Outcome.PRESENT, dates),
            revised.size(),
            count(Outcome.DEAD_LETTERED, dates)),
        revised,
        List.copyOf(deadLetters.values()),
        new RunReport.Replay(
            replayed(Outcome.ADDED), replayed(Outcome.PRESENT), replayed(Outcome.DEAD_LETTERED)));
  }

  private int count(Outcome outcome, Collection<LocalDate> dates) {
    return (int) dates.stream().filter(date -> outcomes.get(date) == outcome).count();
  }

  private List<DayKey> replayed(Outcome outcome) {
    return replayed.values().stream()
        .map(letter -> letter.day().key())
        .filter(key -> outcomes.get(key.date()) == outcome)
        .toList();
  }

  private List<RunReport.Revision> revisions() {
    return joined.stream()
        .filter(day -> outcomes.get(day.date()) == Outcome.PRESENT)
        .filter(day -> stored.containsKey(day.date()))
        .filter(day -> !stored.get(day.date()).equals(Optional.of(day)))
        .map(day -> new RunReport.Revision(day, stored.get(day.date()).orElse(null)))
        .toList();
  }
}
