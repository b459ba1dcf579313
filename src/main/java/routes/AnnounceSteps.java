package routes;

import covid.Fact;
import covid.OpenRun;
import covid.Run;
import covid.RunReport;
import covid.RunSummary;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Variable;
import org.apache.camel.component.aws2.sns.Sns2Constants;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The steps of {@link AnnounceRoutes}.
 *
 * @param runs the runs of this process
 */
public record AnnounceSteps(Runs runs) {
  private static final Logger LOG = LoggerFactory.getLogger("announce-run");

  /** Rows that were set aside, as records of a CSV. */
  public List<Map<String, Object>> quarantineRecords(@Variable("run") Run run) {
    return run.pulls().quarantine().stream()
        .map(
            row ->
                Map.<String, Object>of(
                    "Feed", row.feed(),
                    "Line", row.line(),
                    "Reason", ForeignText.cell(row.reason()),
                    "Raw", ForeignText.cell(row.raw())))
        .toList();
  }

  /** All that is to be said of the run. */
  public RunReport report(@Variable("run") Run run) {
    return run.report();
  }

  /** Puts the run into the message for the topic, and nothing else of the exchange. */
  public void summary(Exchange exchange, @Variable("run") Run run) {
    RunReport report = run.report();
    RunSummary summary = RunSummary.of(report);
    exchange.getMessage().removeHeaders("*");
    exchange.getMessage().setHeader(Sns2Constants.SUBJECT, summary.subject());
    exchange.getMessage().setHeader("status", report.status().toString());
    exchange.getMessage().setHeader("runId", report.id());
    exchange.getMessage().setHeader("added", Integer.toString(report.added()));
    exchange.getMessage().setBody(summary.text());
  }

  /** The mark of a run that has ended and could not say so. */
  public OpenRun left(@Variable("run") Run run) {
    String text = RunSummary.of(run.report()).text();
    return runs.mark(run).left(text.lines().findFirst().orElse(""));
  }

  /** Notes that the message did not go out. */
  public void notAnnounced(
      @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Throwable error, @Variable("run") Run run) {
    String step = "send-summary";
    LOG.error("Run {}: no message was sent: {}", run.id(), Reason.forLog(error, step), error);
    run.note(new Fact.NotAnnounced("The message could not be sent: " + Reason.of(error, step)));
  }

  /** Whether the message went out, or none was wanted. */
  public boolean isAnnounced(@Variable("run") Run run) {
    return !run.log().has(Fact.NotAnnounced.class);
  }

  /** Keys of the marks that are no longer needed once the message is out. */
  public List<String> marks(@Variable("run") Run run) {
    return Stream.concat(
            Stream.of(run.id()), run.report().unfinishedRuns().stream().map(OpenRun::id))
        .toList();
  }
}
