package covid;

import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Past runs: those of this process, and the newest earlier ones whose reports were found. Counts
 * include only those of this process.
 */
public final class RunHistory {
  private final Map<RunStatus, Long> runs = new EnumMap<>(RunStatus.class);
  private long added;
  private long present;
  private long revised;
  private long deadLettered;
  private long quarantined;
  private final Map<RunStatus, Instant> lastEnds = new EnumMap<>(RunStatus.class);
  private final Map<String, RunReport> lastPulls = new TreeMap<>();
  private @Nullable RunReport last;
  private @Nullable RunReport lastReplay;

  /** Notes a run of this process that has ended. */
  public synchronized void ended(RunReport report) {
    runs.merge(report.status(), 1L, Long::sum);
    added += report.added();
    present += report.days().present();
    revised += report.days().revised();
    deadLettered += report.deadLetters().size();
    quarantined += report.feeds().stream().mapToLong(RunReport.Feed::quarantined).sum();
    recall(report);
  }

  /** Notes a run whose report was found. */
  public synchronized void recall(RunReport report) {
    last = newer(last, report);
    if (knowsTheDeadLetter(report)) {
      lastReplay = newer(lastReplay, report);
    }
    for (RunReport.Feed feed : report.feeds()) {
      lastPulls.merge(feed.name(), report, RunHistory::newer);
    }
    lastEnds.merge(report.status(), report.finishedAt(), RunHistory::later);
  }

  /** A run that failed before the replay does not know the dead letter. */
  private static boolean knowsTheDeadLetter(RunReport report) {
    return report.status() != RunStatus.FAILED
        || !report.deadLetters().isEmpty()
        || !report.replay().added().isEmpty()
        || !report.replay().present().isEmpty();
  }

  /** How many runs of this process ended with a status. */
  public synchronized long runs(RunStatus status) {
    return runs.getOrDefault(status, 0L);
  }

  /** Days that runs of this process added to the table. */
  public synchronized long added() {
    return added;
  }

  /** Days that runs of this process found in the table. */
  public synchronized long present() {
    return present;
  }

  /** Days that runs of this process found in the table with other figures. */
  public synchronized long revised() {
    return revised;
  }

  /** How often runs of this process put a day into the dead letter. */
  public synchronized long deadLettered() {
    return deadLettered;
  }

  /** Rows that runs of this process quarantined. */
  public synchronized long quarantined() {
    return quarantined;
  }

  /** The newest run. */
  public synchronized Optional<RunReport> last() {
    return Optional.ofNullable(last);
  }

  /** Days in the dead letter after the newest run that read it. */
  public synchronized List<DeadLetter> deadLetters() {
    return lastReplay == null ? List.of() : lastReplay.deadLetters();
  }

  /** The last pull of each feed. */
  public synchronized List<RunReport.Feed> feeds() {
    return lastPulls.entrySet().stream()
        .flatMap(
            pull ->
                pull.getValue().feeds().stream().filter(feed -> feed.name().equals(pull.getKey())))
        .toList();
  }

  /** When the last run with a status ended. */
  public synchronized Optional<Instant> lastEnd(RunStatus status) {
    return Optional.ofNullable(lastEnds.get(status));
  }

  /** When a set was published last. */
  public synchronized Optional<Instant> lastSuccess() {
    return Stream.of(lastEnds.get(RunStatus.SUCCEEDED), lastEnds.get(RunStatus.PARTIAL))
        .filter(Objects::nonNull)
        .reduce(RunHistory::later);
  }

  private static RunReport newer(@Nullable RunReport one, RunReport other) {
    return one == null || other.id().compareTo(one.id()) > 0 ? other : one;
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}
