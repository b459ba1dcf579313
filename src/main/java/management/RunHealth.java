package management;

import covid.RunHistory;
import covid.RunReport;
import java.util.Map;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/**
 * Reports how the last run ended. Always up, since restarting the process or taking it out of
 * service would not help.
 */
public final class RunHealth extends AbstractHealthCheck {
  private final RunHistory history;

  /**
   * @param history past runs
   */
  public RunHealth(RunHistory history) {
    super("covid", "last-run");
    this.history = history;
  }

  @Override
  protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
    builder.up().message(history.last().map(this::describe).orElse("No run is known yet"));
  }

  private String describe(RunReport run) {
    String text = "%s at %s".formatted(run.status(), run.finishedAt());
    if (run.reason() != null) {
      text += ": " + run.reason();
    }
    if (!history.deadLetters().isEmpty()) {
      text += "; %d day(s) in the dead letter".formatted(history.deadLetters().size());
    }
    for (RunReport.Feed feed : history.feeds()) {
      if (feed.stalled()) {
        text += "; feed %s has stalled at %s".formatted(feed.name(), feed.newestDay());
      }
    }
    return text;
  }
}
