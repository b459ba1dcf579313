package app;

import covid.RunReport;
import covid.RunStatus;
import covid.RunSummary;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.camel.main.Main;
import routes.ContinueRoutes;
import routes.RunRoutes;
import routes.Runs;

/** One run, as the command {@code run} has it. */
final class OneRun {
  private final Main main;
  private final PrintWriter out;
  private final boolean quiet;

  /**
   * @param main has been started
   * @param out where the summary of the run goes
   * @param quiet whether nothing is said of a run that succeeds
   */
  OneRun(Main main, PrintWriter out, boolean quiet) {
    this.main = main;
    this.out = out;
    this.quiet = quiet;
  }

  /** A run that another process has left is this one, too; returns the exit code. */
  int now() throws Exception {
    return told(follow(Map.of())).status().exitCode();
  }

  /**
   * A run on the raw bodies of an earlier one. First it continues one that another process has
   * left, if need be.
   *
   * @param raw the id of the earlier run
   * @return the exit code
   */
  int on(String raw) throws Exception {
    RunReport report = told(follow(Map.of(RunRoutes.RAW_OF, raw)));
    while (!raw.equals(report.rawOf())) {
      report = told(follow(Map.of(RunRoutes.RAW_OF, raw)));
    }
    return report.status().exitCode();
  }

  private RunReport follow(Map<String, Object> headers) throws Exception {
    Future<RunReport> run =
        main.getCamelTemplate()
            .asyncRequestBodyAndHeaders(
                ContinueRoutes.begin(main.getCamelContext()), "command", headers, RunReport.class);
    return quiet
        ? run.get()
        : Progress.of(main.getCamelContext().getRegistry().findSingleByType(Runs.class))
            .follow(run);
  }

  private RunReport told(RunReport report) {
    if (!quiet || report.status() != RunStatus.SUCCEEDED) {
      out.println(RunSummary.of(report, RunCommand.dataset(main).key()).text());
    }
    return report;
  }
}
