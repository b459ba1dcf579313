package covid;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/**
 * The summary of a run for people.
 *
 * @param subject one line
 * @param text a first line with the essence, an empty line, and the details
 */
public record RunSummary(String subject, String text) {
  /** The maximum number of listed entries of one kind; more are only counted. */
  private static final int MOST_LISTED = 20;

  /** Puts a report of one place into words. */
  public static RunSummary of(RunReport report) {
    return of(report, KeySchema.DATE);
  }

  /**
   * Puts a report into words.
   *
   * @param key of the table: if the place is a part of it, days are named with their places
   */
  public static RunSummary of(RunReport report, KeySchema key) {
    return of(report, key, true);
  }

  /**
   * Puts a report into words, with or without the revisions of the published set.
   *
   * @param key of the table, see {@link #of(RunReport, KeySchema)}
   */
  public static RunSummary of(RunReport report, KeySchema key, boolean withRevisions) {
    boolean ended = report.status() == RunStatus.SUCCEEDED || report.status() == RunStatus.PARTIAL;
    String subject = ended ? "Covid Table Update" : "Covid Table Update FAILED";
    return new RunSummary(
        subject, headline(report, ended) + "\n\n" + body(report, key, withRevisions));
  }

  private static String headline(RunReport report, boolean ended) {
    return ended ? report.added() + " row(s) have been added" : requireNonNull(report.reason());
  }

  private static String body(RunReport report, KeySchema key, boolean withRevisions) {
    StringBuilder text = new StringBuilder(512);
    line(
        text,
        "Run",
        "%s by %s: %s in %s",
        report.id(),
        report.trigger(),
        report.status(),
        seconds(report.duration()));
    if (report.rawOf() != null) {
      line(text, "Repeats", "run %s, on the bodies that it pulled", report.rawOf());
    }
    for (RunReport.Feed feed : report.feeds()) {
      line(
          text,
          "Feed " + feed.name(),
          "%,d rows to %s, %,d empty, %,d quarantined, %,d days only here%s%s",
          feed.rows(),
          feed.newestDay() == null ? "no day" : feed.newestDay(),
          feed.empty(),
          feed.quarantined(),
          feed.onlyHere(),
          feed.incomplete().isEmpty()
              ? ""
              : String.format(Locale.ROOT, ", %,d incomplete days", feed.incomplete().size()),
          feed.unchangedSince() == null ? "" : ", unchanged since " + feed.unchangedSince());
    }
    RunReport.Days days = report.days();
    line(
        text,
        "Days",
        "%,d joined: %,d added, %,d present (%,d revised), %,d in the dead letter",
        days.joined(),
        days.added(),
        days.present(),
        days.revised(),
        days.deadLettered());
    RunReport.Replay replay = report.replay();
    int replayed = replay.added().size() + replay.present().size() + replay.failed().size();
    if (replayed > 0) {
      line(
          text,
          "Replayed",
          "%,d from the dead letter: %,d added, %,d present, %,d failed again",
          replayed,
          replay.added().size(),
          replay.present().size(),
          replay.failed().size());
    }
    RunReport.Archive archive = report.archive();
    if (archive == null) {
      line(
          text,
          "Archive",
          "left as it was%s",
          report.supersededBy() == null ? "" : ", superseded by " + report.supersededBy());
    } else {
      line(
          text,
          "Archive",
          "%s, %,d days to %s",
          archive.key(),
          archive.rows(),
          archive.newestDay());
      if (withRevisions && archive.changed() != null && archive.changed().revised() > 0) {
        line(text, "Revised", "%s", revised(archive.changed(), key));
      }
    }
    Map<String, Integer> stalled = report.stalledPlaces();
    if (stalled != null && !stalled.isEmpty()) {
      line(
          text,
          "Stalled",
          "%s",
          stalled.entrySet().stream()
              .map(
                  metric ->
                      String.format(
                          Locale.ROOT, "%s of %,d places", metric.getKey(), metric.getValue()))
              .collect(joining(", ")));
    }
    for (RunReport.Feed feed : report.feeds()) {
      list(
          text,
          "Incomplete in feed %s, and held back unless published before".formatted(feed.name()),
          feed.incomplete(),
          day -> "%s  without %s".formatted(named(day.key(), key), day.missingParts()));
    }
    list(
        text,
        "Not written, and kept for the next run",
        report.deadLetters(),
        letter ->
            "%s  %s (%s attempts)"
                .formatted(named(letter.day().key(), key), letter.error(), letter.attempts()));
    list(
        text,
        "Revised by the feeds, and left as they are in the table",
        report.revised(),
        revision -> named(revision.feed().key(), key));
    list(text, "Earlier runs", report.unfinishedRuns(), RunMarker::toString);
    list(text, "Please note", report.warnings(), Function.identity());
    return text.toString();
  }

  private static String revised(RunReport.Changed changed, KeySchema key) {
    String days = String.format(Locale.ROOT, "%,d published day(s)", changed.revised());
    RunReport.PublishedRevision largest = changed.largest();
    return largest == null
        ? days
        : days
            + largest
                .metric()
                .map(
                    metric ->
                        String.format(
                            Locale.ROOT,
                            ", most of all %s: %s %,d, now %,d",
                            named(largest.after().key(), key),
                            metric,
                            largest.before().figure(metric).orElseThrow(),
                            largest.after().figure(metric).orElseThrow()))
                .orElse("");
  }

  static String named(DayKey day, KeySchema key) {
    return key == KeySchema.DATE
        ? day.date().toString()
        : "%s %s".formatted(day.place(), day.date());
  }

  static void line(StringBuilder text, String name, String format, Object... values) {
    text.append(String.format(Locale.ROOT, "%-9s ", name))
        .append(String.format(Locale.ROOT, format, values))
        .append('\n');
  }

  static <T> void list(
      StringBuilder text, String title, List<T> entries, Function<T, String> words) {
    if (entries.isEmpty()) {
      return;
    }
    text.append('\n').append(title).append(":\n");
    entries.stream()
        .limit(MOST_LISTED)
        .forEach(entry -> text.append("  ").append(words.apply(entry)).append('\n'));
    if (entries.size() > MOST_LISTED) {
      text.append("  and ").append(entries.size() - MOST_LISTED).append(" more\n");
    }
  }

  static String seconds(Duration duration) {
    return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
  }
}
