package telemetry;

import covid.Pulls;
import covid.Run;
import covid.RunReport;
import covid.RunStatus;
import feeds.FeedSource;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import org.apache.camel.Exchange;

/**
 * A stage, a feed or a whole run.
 *
 * @param name the id of the route
 */
record StageShape(String name) implements SpanShape {
  private static final String FETCH = "fetch-";
  private static final String RUN = "do-run";

  @Override
  public SpanKind kind() {
    return SpanKind.INTERNAL;
  }

  @Override
  public void end(Span span, Exchange exchange) {
    if (name.startsWith(FETCH)
        && exchange.getVariable("source") instanceof FeedSource feed
        && exchange.getVariable("run") instanceof Run run) {
      feed(span, feed.name(), run);
    }
    if (name.equals(RUN) && exchange.getMessage().getBody() instanceof RunReport report) {
      run(span, report);
    }
  }

  /** A feed that cannot be pulled is no error of the exchange: the run goes on without it. */
  private static void feed(Span span, String feed, Run run) {
    Pulls.of(run.log().facts())
        .failure(feed)
        .ifPresent(reason -> span.setStatus(StatusCode.ERROR, reason));
  }

  private static void run(Span span, RunReport report) {
    span.setAttribute("covid.run.status", report.status().toString());
    span.setAttribute("covid.run.trigger", report.trigger());
    span.setAttribute("covid.days.added", report.added());
    String reason = report.reason();
    if (report.status() == RunStatus.FAILED || report.status() == RunStatus.REFUSED) {
      span.setStatus(StatusCode.ERROR, reason == null ? "" : reason);
    }
  }
}
