package covid;

import static java.util.stream.Collectors.joining;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What has happened in one run so far. The stages note in it what they did, several threads at
 * once; at any moment, also in the middle of a failure, {@link #report} says the truth.
 */
public final class RunJournal {
  private enum Outcome {
    ADDED,
    PRESENT,
    DEAD_LETTERED
  }

  /** So many days in a row that cannot be written are not about the days. */
  private static final int MOST_FAILURES_IN_A_ROW = 10;

  private final String id;
  private final String trigger;
  private final Instant startedAt;
  private final List<OpenRun> unfinishedRuns = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();
  private final SortedMap<String, FeedSet> feeds = new TreeMap<>();
  private final SortedMap<String, String> failedPulls = new TreeMap<>();
  private final Map<LocalDate, DeadLetter> replayed = new TreeMap<>();
  private final Map<LocalDate, Optional<Day>> stored = new HashMap<>();
  private final SortedMap<LocalDate, Outcome> outcomes = new TreeMap<>();
  private final SortedMap<LocalDate, DeadLetter> deadLetters = new TreeMap<>();
  private JoinedDays joined = new JoinedDays(List.of(), new TreeMap<>());
  private RunReport.Archive archive;
  private String refusal;
  private String failure;
  private String stop;
  private int failuresInARow;
  private boolean announced = true;
  private boolean over;

  /**
   * @param id names the run; ids sort by the time of the start
   * @param trigger what started it
   * @param startedAt when
   */
  public RunJournal(String id, String trigger, Instant startedAt) {
    this.id = id;
    this.trigger = trigger;
    this.startedAt = startedAt;
  }

  /** The name of the run. */
  public String id() {
    return id;
  }

  /** What started the run. */
  public String trigger() {
    return trigger;
  }

  /** When the run began. */
  public Instant startedAt() {
    return startedAt;
  }

  /** Notes an earlier run whose end nobody was told. */
  public synchronized void found(OpenRun run) {
    unfinishedRuns.add(run);
  }

  /** Earlier runs whose end nobody was told. */
  public synchronized List<OpenRun> unfinishedRuns() {
    return List.copyOf(unfinishedRuns);
  }

  /** Notes something that an operator should know and that does not end the run. */
  public synchronized void warn(String warning) {
    warnings.add(warning);
  }

  /** Notes a pull that arrived whole. */
  public synchronized void pulled(FeedSet feed) {
    feeds.put(feed.name(), feed);
  }

  /** Notes a pull that could not be had whole, and why. */
  public synchronized void pullFailed(String feed, String reason) {
    failedPulls.put(feed, reason);
  }

  /**
   * What was pulled.
   *
   * @throws RunFailedException if a feed could not be had whole
   */
  public synchronized List<FeedSet> feeds() throws RunFailedException {
    if (!failedPulls.isEmpty()) {
      throw new RunFailedException(
          failedPulls.entrySet().stream()
              .map(pull -> "Feed %s: %s".formatted(pull.getKey(), pull.getValue()))
              .collect(joining(" ")));
    }
    return List.copyOf(feeds.values());
  }

  /** Rows of all feeds that were set aside. */
  public synchronized List<QuarantinedRow> quarantine() {
    return feeds.values().stream().flatMap(feed -> feed.quarantine().stream()).toList();
  }

  /** Notes the join of the feeds. */
  public synchronized void noteJoin(JoinedDays days) {
    joined = days;
  }

  /** The join of the feeds; empty before it is there. */
  public synchronized JoinedDays joined() {
    return joined;
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
    for (Day day : joined.days()) {
      if (days.containsKey(day.date())) {
        outcomes.putIfAbsent(day.date(), Outcome.PRESENT);
      }
    }
  }

  /** The joined days that have no outcome yet: those that are to be written. */
  public synchronized List<Day> missing() {
    return joined.days().stream().filter(day -> !outcomes.containsKey(day.date())).toList();
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
  public synchronized List<Day> leftDays() {
    return replayed.values().stream().map(DeadLetter::day).toList();
  }

  /** Days that earlier runs left and that are in the table now. */
  public synchronized List<Day> recoveredDays() {
    return leftDays().stream()
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

  /** Notes a cause that concerns every write: no further one is to be tried. */
  public synchronized void stop(String cause) {
    stop = stop == null ? cause : stop;
  }

  /** Whether a cause was found that concerns every write. */
  public synchronized boolean isStopped() {
    return stop != null;
  }

  /**
   * Ends the run if a cause was found that concerns every write.
   *
   * @throws RunFailedException with that cause
   */
  public synchronized void checkStop() throws RunFailedException {
    if (stop != null) {
      throw new RunFailedException(stop);
    }
  }

  /** Notes what was published. */
  public synchronized void archived(RunReport.Archive set) {
    archive = set;
  }

  /** Notes that the gate refused the pull, and why. The first reason stands, as in a failure. */
  public synchronized void refused(String reason) {
    if (failure == null && refusal == null) {
      refusal = reason;
    } else {
      warnings.add(reason);
    }
  }

  /** Notes that the run failed, and why. The first reason stands; later ones become warnings. */
  public synchronized void failed(String reason) {
    if (failure == null && refusal == null) {
      failure = reason;
    } else {
      warnings.add(reason);
    }
  }

  /** Notes that nobody could be told of the run, and why. */
  public synchronized void notAnnounced(String reason) {
    announced = false;
    warnings.add(reason);
  }

  /** Whether nothing hindered the message. */
  public synchronized boolean isAnnounced() {
    return announced;
  }

  /** Notes that the run has come to its end, be it a good one or not. */
  public synchronized void over() {
    over = true;
  }

  /** Whether the run has come to its end, rather than being cut off before it. */
  public synchronized boolean isOver() {
    return over;
  }

  /** How the run ends if nothing more happens. */
  public synchronized RunStatus status() {
    if (refusal != null) {
      return RunStatus.REFUSED;
    }
    if (failure != null) {
      return RunStatus.FAILED;
    }
    return deadLetters.isEmpty() ? RunStatus.SUCCEEDED : RunStatus.PARTIAL;
  }

  /** All that is to be said of the run at this moment. */
  public synchronized RunReport report(Instant now) {
    List<RunReport.Revision> revised = revisions();
    int added = count(Outcome.ADDED, outcomes.keySet());
    List<LocalDate> dates = joined.days().stream().map(Day::date).toList();
    return new RunReport(
        id,
        trigger,
        startedAt,
        now,
        Duration.between(startedAt, now),
        status(),
        refusal != null ? refusal : failure,
        added,
        feeds.values().stream().map(this::feed).toList(),
        new RunReport.Days(
            dates.size(),
            count(Outcome.ADDED, dates),
            count(Outcome.PRESENT, dates),
            revised.size(),
            count(Outcome.DEAD_LETTERED, dates)),
        revised,
        List.copyOf(deadLetters.values()),
        new RunReport.Replay(
            replayed(Outcome.ADDED), replayed(Outcome.PRESENT), replayed(Outcome.DEAD_LETTERED)),
        archive,
        List.copyOf(unfinishedRuns),
        List.copyOf(warnings));
  }

  private int count(Outcome outcome, Collection<LocalDate> dates) {
    return (int) dates.stream().filter(date -> outcomes.get(date) == outcome).count();
  }

  private List<LocalDate> replayed(Outcome outcome) {
    return replayed.keySet().stream().filter(date -> outcomes.get(date) == outcome).toList();
  }

  private List<RunReport.Revision> revisions() {
    return joined.days().stream()
        .filter(day -> outcomes.get(day.date()) == Outcome.PRESENT)
        .filter(day -> stored.containsKey(day.date()))
        .filter(day -> !stored.get(day.date()).equals(Optional.of(day)))
        .map(day -> new RunReport.Revision(day, stored.get(day.date()).orElse(null)))
        .toList();
  }

  private RunReport.Feed feed(FeedSet feed) {
    return new RunReport.Feed(
        feed.name(),
        feed.origin().url(),
        feed.origin().etag(),
        feed.origin().sha256(),
        feed.origin().bytes(),
        feed.counts().rows(),
        feed.counts().good(),
        feed.counts().empty(),
        feed.counts().quarantined(),
        feed.days().isEmpty() ? null : feed.days().lastKey(),
        joined.onlyIn().getOrDefault(feed.name(), 0));
  }
}
