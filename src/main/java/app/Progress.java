package app;

import covid.Run;
import covid.RunFact;
import covid.RunReport;
import covid.StoredDays;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import picocli.CommandLine;
import routes.Runs;

/** Shows the progress of a run on a terminal; elsewhere the log does. */
public final class Progress {
  private final Runs runs;

  private Progress(Runs runs) {
    this.runs = runs;
  }

  /**
   * Shows runs of this process.
   *
   * @param runs of which one is followed
   */
  public static Progress of(Runs runs) {
    return new Progress(runs);
  }

  /** Whether there is a terminal, and the log is not JSON for a program. */
  public static boolean isWanted() {
    return CommandLine.Help.Ansi.AUTO.enabled() && LogFormat.current() == LogFormat.TEXT;
  }

  /** Waits for a run. */
  public RunReport follow(Future<RunReport> run) throws ExecutionException, InterruptedException {
    if (!isWanted()) {
      return run.get();
    }
    try (ProgressBar bar =
        new ProgressBarBuilder()
            .setTaskName("Run")
            .setUnit(" days", 1)
            .hideEta()
            .continuousUpdate()
            .build()) {
      while (true) {
        try {
          return run.get(100, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
          runs.current()
              .ifPresentOrElse(
                  current -> show(bar, current), () -> bar.setExtraMessage("waiting to begin"));
        }
      }
    }
  }

  private static void show(ProgressBar bar, Run run) {
    StoredDays stored = run.days();
    int days = stored.joined().days().size();
    int settled = stored.settled();
    bar.maxHint(days);
    bar.stepTo(settled);
    bar.setExtraMessage(stage(run, days, settled));
  }

  private static String stage(Run run, int days, int settled) {
    if (run.log().has(RunFact.WebhooksAsked.class)) {
      return "waiting for webhooks";
    }
    return days == 0 ? "pulling" : settled < days ? "storing" + chunks(run) : "publishing";
  }

  /** With a queue, days are settled by the chunk. */
  private static String chunks(Run run) {
    return run.chunks()
        .map(chunks -> ", %d of %d chunks".formatted(chunks.settled(), chunks.planned()))
        .orElse("");
  }
}
