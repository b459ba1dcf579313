package management;

import covid.RunHistory;
import covid.RunReport;
import java.util.Map;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/**
 * Says how the last run ended. Whatever that is, this process is up: to restart it or to take it
 * out of service would help nobody.
 */
public final class RunHealth extends AbstractHealthCheck {
  private final RunHistory history;

  /**
   * @param history what is known of runs
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
