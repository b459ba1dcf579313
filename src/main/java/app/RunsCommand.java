package app;

import static java.util.stream.Collectors.joining;

import covid.RunReport;
import covid.RunSummary;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import serve.RunAnswers;
import web.Answer;
import web.RunLine;
import web.RunPage;

/** Shows runs. */
@Command(
    name = "runs",
    description = "Lists the runs, newest first, or shows the report of one. Needs no server.",
    mixinStandardHelpOptions = true)
final class RunsCommand extends ReadCommand {
  private static final String IN_PROGRESS = "running";

  @Parameters(arity = "0..1", paramLabel = "ID", description = "The id of a run. Default: a list.")
  private @Nullable String id;

  @Mixin private final ListOptions part = new ListOptions();

  @Override
  int read(BucketReaders bucket) throws Exception {
    if (id != null) {
      refuseBesideId("--limit", "--before");
    }
    RunAnswers runs = bucket.runs();
    Answer answer =
        id == null
            ? runs.list(request("runs", "limit", part.limit(), "before", part.before()))
            : runs.one(request("runs/" + id));
    if (isJson()) {
      print(answer);
    } else if (id == null) {
      list(read(bucket, answer, RunPage.class));
    } else {
      show(bucket, runs, id, answer);
    }
    return 0;
  }

  private void show(BucketReaders bucket, RunAnswers runs, String run, Answer answer)
      throws Exception {
    Optional<RunLine> inProgress = inProgress(bucket, answer);
    if (inProgress.isPresent()) {
      list(new RunPage(List.of(inProgress.get()), null));
    } else {
      RunReport report = runs.report(run, answer);
      out().println(RunSummary.of(report, bucket.settings().dataset().key()).text());
    }
  }

  /** Empty if the answer is a report, or what is in the place of one. */
  private static Optional<RunLine> inProgress(BucketReaders bucket, Answer answer) {
    try {
      return bucket
          .json()
          .read(answer.body(), RunLine.class)
          .filter(line -> line.status().equals(IN_PROGRESS));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private void list(RunPage page) {
    if (isQuiet()) {
      page.runs().forEach(run -> out().println(run.id()));
      return;
    }
    if (page.runs().isEmpty()) {
      out().println("There is no run yet.");
      return;
    }
    TextTable table = new TextTable("Run", "Status", "Added", "Took", "By", "Feeds to, or why");
    page.runs()
        .forEach(
            run ->
                table.row(
                    run.id(), run.status(), run.added(), took(run), run.trigger(), note(run)));
    table.lines().forEach(out()::println);
    if (page.next() != null) {
      String last = page.runs().get(page.runs().size() - 1).id();
      out().println("Older ones: %s --before %s".formatted(givenWithout("--before"), last));
    }
  }

  private static @Nullable String took(RunLine run) {
    return run.finishedAt() == null
        ? null
        : String.format(
            Locale.ROOT,
            "%.1f s",
            Duration.between(run.startedAt(), run.finishedAt()).toMillis() / 1000.0);
  }

  private static @Nullable String note(RunLine run) {
    if (run.reason() != null) {
      return run.reason();
    }
    if (run.chunks() != null) {
      return "%d of %d chunks".formatted(run.chunks().settled(), run.chunks().planned());
    }
    return run.feeds() == null
        ? null
        : run.feeds().stream()
            .map(feed -> feed.name() + " " + (feed.newestDay() == null ? "-" : feed.newestDay()))
            .collect(joining(", "));
  }
}
