package covid;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The report of one run.
 *
 * @param id names the run; sorts by the time of its start
 * @param trigger what started it: {@code schedule}, {@code catch-up}, {@code http} or {@code
 *     command}
 * @param startedAt when it began
 * @param finishedAt when its stages ended, even if early; it is announced after that
 * @param duration from start to finish
 * @param status how it ended
 * @param reason why it was refused or failed, in one sentence; null otherwise
 * @param added days that this run added to the table, including replayed ones
 * @param feeds the pulled feeds
 * @param days the outcomes of the joined days
 * @param revised days that the table has with other figures than the feeds; left as they are
 * @param deadLetters days that could not be written in this run
 * @param replay the outcomes of the days that earlier runs had left in the dead letter
 * @param archive the published set; null if nothing was published
 * @param unfinishedRuns earlier runs whose end was not announced
 * @param warnings other information for operators
 * @param stalledPlaces how many places have figures that stand still, by metric; null if the
 *     setting {@code metric.stalled-after} is empty
 * @param supersededBy the run that has published a later pull meanwhile, so that this one did not,
 *     or the version that an operator has published; null if there is none
 * @param rawOf the run that this one repeats, on the raw bodies that it pulled; null if the feeds
 *     were pulled
 * @param quarantine the first quarantined rows; null if there are none
 */
public record RunReport(
    String id,
    String trigger,
    Instant startedAt,
    Instant finishedAt,
    Duration duration,
    RunStatus status,
    @Nullable String reason,
    int added,
    List<Feed> feeds,
    Days days,
    List<Revision> revised,
    List<DeadLetter> deadLetters,
    Replay replay,
    @Nullable Archive archive,
    List<RunMarker> unfinishedRuns,
    List<String> warnings,
    @Nullable SortedMap<String, Integer> stalledPlaces,
    @Nullable String supersededBy,
    @Nullable String rawOf,
    @Nullable List<QuarantinedRow> quarantine) {

  /** The maximum number of quarantined rows in a report; others are in their own object. */
  static final int MOST_QUARANTINED = 20;

  /** A line of the list of runs needs these fields; {@link #missing} looks for the others. */
  public RunReport {
    requireNonNull(id, "id");
    requireNonNull(trigger, "trigger");
    requireNonNull(startedAt, "startedAt");
    requireNonNull(status, "status");
    feeds = List.copyOf(feeds);
  }

  /**
   * Folds the facts of a run, in any order and possibly repeated.
   *
   * @throws java.util.NoSuchElementException if its stages have not ended
   */
  static RunReport of(String id, String trigger, Instant startedAt, Facts facts) {
    return new ReportFold(facts).report(id, trigger, startedAt);
  }

  /**
   * The first field that a report lacks though every version wrote it, or in which something is
   * null; empty if it has all of them. A report that was read may be damaged and still be a line of
   * the list of runs.
   */
  public Optional<String> missing() {
    boolean ended = status == RunStatus.SUCCEEDED || status == RunStatus.PARTIAL;
    return Stream.of(
            unless(isWhole(finishedAt), "finishedAt"),
            unless(isWhole(duration), "duration"),
            unless(ended || isWhole(reason), "reason"),
            unless(isWhole(days), "days"),
            unless(isWhole(revised), "revised"),
            unless(isWhole(deadLetters), "deadLetters"),
            unless(isWhole(replay), "replay"),
            unless(isWhole(unfinishedRuns), "unfinishedRuns"),
            unless(isWhole(warnings), "warnings"))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static Optional<String> unless(boolean isWhole, String field) {
    return isWhole ? Optional.empty() : Optional.of(field);
  }

  private static boolean isWhole(@Nullable Object value) {
    return value instanceof List<?> list ? list.stream().allMatch(Objects::nonNull) : value != null;
  }

  /**
   * The pull of one feed.
   *
   * @param name the feed
   * @param url the address, without user name, password and query
   * @param etag the entity tag from the server, empty if none
   * @param sha256 of the unpacked body, in hexadecimal
   * @param bytes length of the unpacked body
   * @param rows the country's rows: good + empty + quarantined
   * @param good rows with figures
   * @param empty rows without a figure
   * @param quarantined rows that cannot be trusted
   * @param newestDay the last complete day; null if none
   * @param onlyHere unmatched days, which another feed lacks
   * @param stalled whether its newest day is older than {@link Freshness} allows
   * @param incomplete days that lack a part of the country, ascending; they are not used
   * @param unchangedSince when the pull began that first found this body, if the server has said
   *     that it is still the same; null if it was pulled
   */
  public record Feed(
      String name,
      String url,
      String etag,
      String sha256,
      long bytes,
      long rows,
      long good,
      long empty,
      long quarantined,
      @Nullable LocalDate newestDay,
      int onlyHere,
      boolean stalled,
      List<IncompleteDay> incomplete,
      @Nullable Instant unchangedSince) {

    /** Older versions did not write {@code incomplete}. */
    public Feed {
      requireNonNull(name, "name");
      incomplete = incomplete == null ? List.of() : List.copyOf(incomplete);
    }
  }

  /**
   * The outcomes of the joined days; {@code joined = added + present + deadLettered} in every run
   * that completed the store stage.
   *
   * @param joined days that every feed has
   * @param added days written by this run
   * @param present days that were in the table already
   * @param revised present days with other figures; a part of {@code present}
   * @param deadLettered days that could not be written
   */
  public record Days(int joined, int added, int present, int revised, int deadLettered) {}

  /**
   * A present day whose figures differ.
   *
   * @param feed what the feeds say now
   * @param stored what the table says; null if its item cannot be read as a day
   */
  public record Revision(Day feed, @Nullable Day stored) {
    public Revision {
      requireNonNull(feed, "feed");
    }
  }

  /**
   * The outcomes of the days that earlier runs left in the dead letter.
   *
   * @param added now in the table
   * @param present found in the table
   * @param failed could not be written again
   */
  public record Replay(List<DayKey> added, List<DayKey> present, List<DayKey> failed) {
    public Replay {
      added = List.copyOf(added);
      present = List.copyOf(present);
      failed = List.copyOf(failed);
    }
  }

  /**
   * The published set.
   *
   * @param key of the object in the bucket
   * @param rows days in it
   * @param newestDay the last of them
   * @param sha256 of the object, in hexadecimal
   * @param version the id of the version; null in reports of version 0.1, and if the program may
   *     not write versions
   * @param changed what it changed; null if it is the set before, or the first one
   */
  public record Archive(
      String key,
      int rows,
      LocalDate newestDay,
      String sha256,
      @Nullable String version,
      @Nullable Changed changed) {}

  /**
   * What a published set changed against the one before.
   *
   * @param added days that the set before lacks
   * @param revised days with other figures
   * @param removed days that only the set before has
   * @param largest the revised day of which a figure differs most; null if no day is revised
   */
  public record Changed(int added, int revised, int removed, @Nullable PublishedRevision largest) {}

  /**
   * A revised day of the published set.
   *
   * @param before as the set before has it
   * @param after as it is now
   */
  public record PublishedRevision(Day before, Day after) {
    public PublishedRevision {
      requireNonNull(before, "before");
      requireNonNull(after, "after");
    }

    /** The metric of which the figure differs most; empty if the two have none in common. */
    Optional<Metric> metric() {
      return before.figures().keySet().stream()
          .filter(after.figures()::containsKey)
          .sorted()
          .max(Comparator.comparing(this::difference));
    }

    private long difference(Metric metric) {
      return Math.abs(after.figure(metric).orElseThrow() - before.figure(metric).orElseThrow());
    }
  }
}
