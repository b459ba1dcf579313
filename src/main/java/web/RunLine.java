package web;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonIgnore;
import covid.ChunkProgress;
import covid.Run;
import covid.RunReport;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A run as one line of a list.
 *
 * @param id the run
 * @param trigger what started it
 * @param startedAt when it began
 * @param finishedAt when it ended; null while in progress
 * @param status how it ended, or {@code running}
 * @param reason why it was refused or failed; null otherwise
 * @param chunks how far workers are with it, while in progress; null without a queue, and before
 *     they are planned
 * @param added days that it added to the table; null while in progress
 * @param feeds how far each reaches; null while in progress
 * @param href the address of its report
 */
public record RunLine(
    String id,
    String trigger,
    Instant startedAt,
    @Nullable Instant finishedAt,
    String status,
    @Nullable String reason,
    @Nullable ChunkProgress chunks,
    @Nullable Integer added,
    @Nullable List<Feed> feeds,
    String href) {

  /**
   * How far a feed reaches.
   *
   * @param name the feed
   * @param newestDay its last day with figures; null if none
   * @param stalled whether that is older than the settings allow
   * @param onlyHere unmatched days, which another feed lacks
   */
  public record Feed(String name, @Nullable LocalDate newestDay, boolean stalled, int onlyHere) {
    public Feed {
      requireNonNull(name, "name");
    }

    private static Feed of(RunReport.Feed feed) {
      return new Feed(feed.name(), feed.newestDay(), feed.stalled(), feed.onlyHere());
    }
  }

  public RunLine {
    requireNonNull(id, "id");
    requireNonNull(trigger, "trigger");
    requireNonNull(startedAt, "startedAt");
    requireNonNull(status, "status");
  }

  /** The line of a run that has ended. */
  public static RunLine of(RunReport report) {
    return new RunLine(
        report.id(),
        report.trigger(),
        report.startedAt(),
        report.finishedAt(),
        report.status().toString(),
        report.reason(),
        null,
        report.added(),
        report.feeds().stream().map(Feed::of).toList(),
        href(report.id()));
  }

  /** The line of a run in progress. */
  public static RunLine running(Run run) {
    return open(run.id(), run.trigger(), run.startedAt(), run.chunks().orElse(null));
  }

  /**
   * The line of a run that is open, in whichever process.
   *
   * @param chunks how far workers are with it; null before they are planned
   */
  public static RunLine open(
      String id, String trigger, Instant startedAt, @Nullable ChunkProgress chunks) {
    return new RunLine(id, trigger, startedAt, null, "running", null, chunks, null, null, href(id));
  }

  /**
   * The line of a run whose report cannot be read.
   *
   * @param reason why, in a sentence
   */
  public static RunLine unreadable(String id, String reason) {
    Instant startedAt =
        Instant.parse(
            id.substring(0, 13) + ":" + id.substring(14, 16) + ":" + id.substring(17, 20));
    return new RunLine(
        id, "unknown", startedAt, null, "failed", reason, null, null, null, href(id));
  }

  /** Whether its report could be read. */
  @JsonIgnore
  public boolean isReadable() {
    return feeds != null;
  }

  private static String href(String id) {
    return "runs/" + id;
  }
}
