package covid;

import static java.util.Objects.requireNonNull;

import covid.RevisedDay.Outcome;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Puts what {@code take-revisions} has done, or would do, into words for people. */
public final class RevisionSummary {
  private RevisionSummary() {}

  /**
   * The summary of a run that has ended.
   *
   * @param key of the table: if the place is a part of it, days are named with their places
   */
  public static RunSummary of(RevisionReport report, KeySchema key) {
    boolean failed = report.status() == RunStatus.FAILED;
    String headline =
        failed
            ? requireNonNull(report.reason())
            : report.taken() + " revision(s) have been taken into the table";
    String subject = "Covid Table Revisions" + (failed ? " FAILED" : "");
    return new RunSummary(subject, headline + "\n\n" + body(report, key));
  }

  private static String body(RevisionReport report, KeySchema key) {
    StringBuilder text = new StringBuilder(512);
    RunSummary.line(
        text,
        "Run",
        "%s by take-revisions: %s in %s",
        report.id(),
        requireNonNull(report.status()),
        RunSummary.seconds(
            Duration.between(report.startedAt(), requireNonNull(report.finishedAt()))));
    if (report.version() != null || report.published() > 0) {
      RunSummary.line(text, "Version", "%s", version(report));
    }
    RunSummary.line(
        text,
        "Days",
        "%,d published: %,d taken, %,d had the figures already, %,d left, %,d failed; %,d not in"
            + " the table, which a run adds",
        report.published(),
        report.taken(),
        report.with(Outcome.PRESENT).size(),
        report.with(Outcome.LEFT).size(),
        report.with(Outcome.FAILED).size(),
        report.missing());
    if (!report.open().isEmpty()) {
      RunSummary.line(text, "Open", "%,d were not tried", report.open().size());
    }
    RunSummary.list(
        text,
        "Taken, the largest change first",
        report.with(Outcome.TAKEN).stream()
            .sorted(Comparator.comparingLong(RevisedDay::size).reversed())
            .toList(),
        day -> changed(day, key));
    reasons(text, "Left as they are in the table", report.with(Outcome.LEFT), key);
    reasons(text, "Failed; begin again to take them", report.with(Outcome.FAILED), key);
    RunSummary.list(text, "Earlier runs", report.unfinishedRuns(), RunMarker::toString);
    RunSummary.list(text, "Please note", report.warnings(), warning -> warning);
    return text.toString();
  }

  private static void reasons(
      StringBuilder text, String title, List<RevisedDay> days, KeySchema key) {
    RunSummary.list(text, title, days, day -> "%s  %s".formatted(named(day, key), day.reason()));
  }

  /**
   * What a run would do, in lines.
   *
   * @param most how many days are shown; more are only counted
   */
  public static List<String> preview(RevisionReport report, KeySchema key, int most) {
    List<RevisedDay> open = report.open();
    StringBuilder text = new StringBuilder(512);
    text.append(
        String.format(
            Locale.ROOT,
            "%,d revision(s) would be taken from version %s; %,d published day(s) are not in the"
                + " table, which a run adds\n",
            open.size(),
            version(report),
            report.missing()));
    open.stream().limit(most).forEach(day -> text.append(changed(day, key)).append('\n'));
    if (open.size() > most) {
      text.append(String.format(Locale.ROOT, "and %,d more\n", open.size() - most));
    }
    reasons(text, "These would be left as they are", report.with(Outcome.LEFT), key);
    return text.toString().lines().toList();
  }

  private static String version(RevisionReport report) {
    return report.version() == null ? "none, as version 0.1 publishes" : report.version();
  }

  private static String changed(RevisedDay day, KeySchema key) {
    return "%s  %s".formatted(named(day, key), day.change());
  }

  private static String named(RevisedDay day, KeySchema key) {
    return RunSummary.named(day.published().key(), key);
  }
}
