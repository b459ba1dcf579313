package covid;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.assertj.core.api.RecursiveComparisonAssert;

/** A report in the making: of a run that succeeded and had nothing to do, but for what is said. */
public final class Reports {
  private final String id;
  private final Instant startedAt;
  private final Duration duration;
  private RunStatus status = RunStatus.SUCCEEDED;
  private String reason;
  private int added;
  private List<RunReport.Feed> feeds = List.of();
  private RunReport.Days days = new RunReport.Days(0, 0, 0, 0, 0);
  private List<RunReport.Revision> revised = List.of();
  private List<DeadLetter> deadLetters = List.of();
  private RunReport.Replay replay = new RunReport.Replay(List.of(), List.of(), List.of());
  private RunReport.Archive archive;
  private List<RunMarker> unfinishedRuns = List.of();
  private List<String> warnings = List.of();

  private Reports(String id, Instant startedAt, Duration duration) {
    this.id = id;
    this.startedAt = startedAt;
    this.duration = duration;
  }

  /** A report of a run by schedule. */
  public static Reports of(String id, Instant startedAt, Duration duration) {
    return new Reports(id, startedAt, duration);
  }

  /** Compares all of a report, and says which of its fields differ. */
  public static RecursiveComparisonAssert<?> assertReport(RunReport report) {
    return assertThat(report).usingRecursiveComparison().withStrictTypeChecking();
  }

  /** What a feed of {@link Samples} gave. */
  public static RunReport.Feed feed(
      String name,
      int good,
      int empty,
      int quarantined,
      LocalDate newestDay,
      int onlyHere,
      IncompleteDay... incomplete) {
    return new RunReport.Feed(
        name,
        "https://feeds.test/" + name,
        "",
        "00",
        1_000,
        good + empty + quarantined,
        good,
        empty,
        quarantined,
        newestDay,
        onlyHere,
        false,
        List.of(incomplete),
        null);
  }

  /** How it ended, and why where it did not succeed. */
  public Reports ended(RunStatus status, String reason) {
    this.status = status;
    this.reason = reason;
    return this;
  }

  public Reports added(int added) {
    this.added = added;
    return this;
  }

  public Reports feeds(RunReport.Feed... feeds) {
    this.feeds = List.of(feeds);
    return this;
  }

  public Reports days(int joined, int added, int present, int revised, int deadLettered) {
    this.days = new RunReport.Days(joined, added, present, revised, deadLettered);
    return this;
  }

  public Reports revised(List<RunReport.Revision> revised) {
    this.revised = revised;
    return this;
  }

  public Reports deadLetters(DeadLetter... deadLetters) {
    this.deadLetters = List.of(deadLetters);
    return this;
  }

  public Reports replay(List<DayKey> added, List<DayKey> present, List<DayKey> failed) {
    this.replay = new RunReport.Replay(added, present, failed);
    return this;
  }

  public Reports archive(RunReport.Archive archive) {
    this.archive = archive;
    return this;
  }

  public Reports unfinishedRuns(RunMarker... unfinishedRuns) {
    this.unfinishedRuns = List.of(unfinishedRuns);
    return this;
  }

  public Reports warnings(String... warnings) {
    this.warnings = List.of(warnings);
    return this;
  }

  /** The report. */
  public RunReport report() {
    return new RunReport(
        id,
        "schedule",
        startedAt,
        startedAt.plus(duration),
        duration,
        status,
        reason,
        added,
        feeds,
        days,
        revised,
        deadLetters,
        replay,
        archive,
        unfinishedRuns,
        warnings,
        null,
        null,
        null,
        null);
  }
}
