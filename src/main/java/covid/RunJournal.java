package covid;

import static java.util.stream.Collectors.joining;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What has happened in one run so far. The stages note in it what they did, several threads at
 * once; when they are done, be it in the middle of a failure, {@link #report} says the truth.
 */
public final class RunJournal {
  private final String id;
  private final String trigger;
  private final Instant startedAt;
  private final List<OpenRun> unfinishedRuns = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();
  private final SortedMap<String, FeedSet> feeds = new TreeMap<>();
  private final SortedMap<String, String> failedPulls = new TreeMap<>();
  private final Set<String> stalled = new TreeSet<>();
  private final Set<String> stalledBefore = new TreeSet<>();
  private final Set<String> endedBefore = new TreeSet<>();
  private final DayOutcomes days = new DayOutcomes();
  private JoinedDays joined = new JoinedDays(List.of(), new TreeMap<>());
  private RunReport.Archive archive;
  private String refusal;
  private String failure;
  private String stop;
  private Instant finishedAt;
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

  /** Notes that a pulled feed has nothing new any more. */
  public synchronized void stalled(String feed) {
    stalled.add(feed);
  }

  /** Notes feeds that had stalled when an earlier run published its set, and said so. */
  public synchronized void stalledBefore(Collection<String> feeds) {
    stalledBefore.addAll(feeds);
  }

  /** Names of the feeds that have nothing new any more, in their order. */
  public synchronized List<String> stalledFeeds() {
    return List.copyOf(stalled);
  }

  /**
   * The feeds that have stalled and that nobody has been told of: a run that did not get its
   * message out has not told.
   */
  public synchronized List<FeedSet> newlyStalled() {
    return feeds.values().stream()
        .filter(feed -> stalled.contains(feed.name()))
        .filter(feed -> !stalledBefore.contains(feed.name()) || !unfinishedRuns.isEmpty())
        .toList();
  }

  /** Notes the marks of parts that had ended when an earlier run published its set. */
  public synchronized void endedBefore(Collection<String> marks) {
    endedBefore.addAll(marks);
  }

  /** Marks of the parts that have ended, for a later run to know them by. */
  public synchronized List<String> endedParts() {
    return EndedParts.marks(feeds.values());
  }

  /** A sentence for each feed with parts that have ended and that no message has named. */
  public synchronized List<String> newlyEnded() {
    return EndedParts.news(feeds.values(), unfinishedRuns.isEmpty() ? endedBefore : Set.of())
        .toList();
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
  public synchronized void noteJoin(JoinedDays set) {
    joined = set;
    days.joined(set.days());
  }

  /** The join of the feeds; empty before it is there. */
  public synchronized JoinedDays joined() {
    return joined;
  }

  /** What became of each day. */
  public DayOutcomes days() {
    return days;
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

  /** Notes when the stages were done. All that tells of the run says the same time. */
  public synchronized void finished(Instant at) {
    finishedAt = at;
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

  private RunStatus status(DayOutcomes.Tally tally) {
    if (refusal != null) {
      return RunStatus.REFUSED;
    }
    if (failure != null) {
      return RunStatus.FAILED;
    }
    return tally.deadLetters().isEmpty() ? RunStatus.SUCCEEDED : RunStatus.PARTIAL;
  }

  /** All that is to be said of the run, whose stages are done. */
  public synchronized RunReport report() {
    DayOutcomes.Tally tally = days.tally();
    return new RunReport(
        id,
        trigger,
        startedAt,
        finishedAt,
        Duration.between(startedAt, finishedAt),
        status(tally),
        refusal != null ? refusal : failure,
        tally.added(),
        feeds.values().stream().map(this::feed).toList(),
        tally.days(),
        tally.revised(),
        tally.deadLetters(),
        tally.replay(),
        archive,
        List.copyOf(unfinishedRuns),
        List.copyOf(warnings));
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
        joined.onlyIn().getOrDefault(feed.name(), 0),
        stalled.contains(feed.name()),
        feed.gaps().incomplete());
  }
}
