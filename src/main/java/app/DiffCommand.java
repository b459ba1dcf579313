package app;

import static java.util.Objects.requireNonNullElse;
import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import web.Answer;
import web.ChangedDay;
import web.Problem;
import web.ProblemException;
import web.VersionDiff;
import web.VersionLine;
import web.VersionPage;

/** Shows what two versions differ in. */
@Command(
    name = "diff",
    description =
        "Shows the days that two versions of the published set have differently. A version is named"
            + " by its id, by that of its run, or by a time: 2026-11-22T21:00:00Z, or a day.",
    mixinStandardHelpOptions = true)
final class DiffCommand extends ReadCommand {
  /** So many days are a few screens; JSON has all. */
  private static final int MOST_SHOWN = 100;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "FROM",
      description = "The earlier version. Default: the one before the newest.")
  private @Nullable String from;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "TO",
      description = "The later version. Default: the newest.")
  private @Nullable String to;

  @Option(
      names = "--kind",
      paramLabel = "KIND",
      description = "Only days that were added, revised or removed.")
  private @Nullable String kind;

  @Option(names = "--place", paramLabel = "PLACE", description = "Only this place. Default: all.")
  private @Nullable String place;

  @Override
  int read(BucketReaders bucket) throws Exception {
    String begin = from == null ? before(bucket) : from;
    Answer answer =
        bucket.diffs().diff(request("diff", "from", begin, "to", to, "kind", kind, "place", place));
    if (isJson()) {
      print(answer);
    } else {
      show(read(bucket, answer, VersionDiff.class));
    }
    return 0;
  }

  /** The version before the newest one. */
  private String before(BucketReaders bucket) throws Exception {
    Answer newest = bucket.versions().list(request("versions", "limit", "2"));
    List<VersionLine> two = read(bucket, newest, VersionPage.class).versions();
    if (two.size() < 2) {
      throw new ProblemException(Problem.of(404, "There is no version before the newest one."));
    }
    return two.get(1).id();
  }

  private void show(VersionDiff diff) {
    if (isQuiet()) {
      diff.days().forEach(day -> out().println(name(day)));
      return;
    }
    out()
        .printf(
            Locale.ROOT,
            "%,d added, %,d revised, %,d removed from %s to %s%n",
            diff.changes().added(),
            diff.changes().revised(),
            diff.changes().removed(),
            diff.from().id(),
            diff.to().id());
    if (diff.days().isEmpty()) {
      return;
    }
    boolean ofPlaces = diff.days().get(0).place() != null;
    TextTable table =
        ofPlaces
            ? new TextTable("Place", "Date", "Change", "Figures")
            : new TextTable("Date", "Change", "Figures");
    diff.days().stream().limit(MOST_SHOWN).forEach(day -> row(table, day, ofPlaces));
    table.lines().forEach(out()::println);
    if (diff.days().size() > MOST_SHOWN) {
      out().printf(Locale.ROOT, "and %,d more: --json has all%n", diff.days().size() - MOST_SHOWN);
    }
  }

  private static String name(ChangedDay day) {
    return day.place() == null ? day.date().toString() : day.place() + " " + day.date();
  }

  private static void row(TextTable table, ChangedDay day, boolean ofPlaces) {
    if (ofPlaces) {
      table.row(day.place(), day.date(), day.kind(), figures(day));
    } else {
      table.row(day.date(), day.kind(), figures(day));
    }
  }

  /** Of a revised day only those that differ. */
  private static String figures(ChangedDay day) {
    Map<String, Long> before = requireNonNullElse(day.before(), Map.of());
    Map<String, Long> after = requireNonNullElse(day.after(), Map.of());
    boolean isRevised = !before.isEmpty() && !after.isEmpty();
    return new TreeSet<>(Stream.of(before, after).flatMap(one -> one.keySet().stream()).toList())
        .stream()
            .filter(metric -> !isRevised || !figure(before, metric).equals(figure(after, metric)))
            .map(
                metric ->
                    isRevised
                        ? "%s %s -> %s"
                            .formatted(metric, figure(before, metric), figure(after, metric))
                        : "%s %s"
                            .formatted(metric, figure(after.isEmpty() ? before : after, metric)))
            .collect(joining(", "));
  }

  private static String figure(Map<String, Long> figures, String metric) {
    Long figure = figures.get(metric);
    return figure == null ? "none" : String.format(Locale.ROOT, "%,d", figure);
  }
}
