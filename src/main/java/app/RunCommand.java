package app;

import covid.Dataset;
import covid.Run;
import covid.RunId;
import covid.RunReport;
import covid.RunStatus;
import covid.RunSummary;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.main.Main;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import routes.RunRoutes;

/** One run. */
@Command(
    name = "run",
    description = "One run now, without a server.",
    mixinStandardHelpOptions = true)
final class RunCommand extends OneCommand {
  @Option(
      names = "--dry-run",
      description = "Stop after the gate: print what would be added, write nothing.")
  private boolean dryRun;

  @Option(
      names = "--raw",
      paramLabel = "RUN",
      description =
          "Take the bodies that an earlier run pulled, in place of the feeds: its id, as in its"
              + " report.")
  private @Nullable String raw;

  /** The progress bar replaces the log lines, which would tear it. */
  @Override
  Optional<String> logLevel() {
    return !dryRun && Progress.isWanted() ? Optional.of("WARN") : super.logLevel();
  }

  @Override
  public Integer call() throws Exception {
    if (raw != null && !RunId.isId(raw)) {
      throw wrong(
          "--raw: '%s' is not the id of a run, such as 2026-11-22T21-00-00Z-7f3a".formatted(raw));
    }
    Main main = Task.RUN.on(choice());
    try (GracefulStop stop = GracefulStop.of(main)) {
      main.start();
      if (dryRun) {
        return stop.end(preview(main));
      }
      OneRun run = new OneRun(main, out(), isQuiet());
      return stop.end(raw == null ? run.now() : run.on(raw));
    } finally {
      main.stop();
    }
  }

  /** The dataset of an application that has started. */
  static Dataset dataset(Main main) {
    return main.getCamelContext().getRegistry().findSingleByType(Dataset.class);
  }

  private int preview(Main main) throws Exception {
    Map<String, Object> headers = raw == null ? Map.of() : Map.of(RunRoutes.RAW_OF, raw);
    Run run =
        main.getCamelTemplate()
            .requestBodyAndHeaders("direct:preview", "command", headers, Run.class);
    RunReport report = run.report();
    if (report.status() == RunStatus.SUCCEEDED) {
      Preview.of(run.days().missing(), dataset(main))
          .limit(isQuiet() ? 1 : Long.MAX_VALUE)
          .forEach(line -> out().println(line));
    } else {
      out().println(RunSummary.of(report, dataset(main).key()).text());
    }
    return report.status().exitCode();
  }
}
