package routes;

import static java.util.Objects.requireNonNullElse;

import covid.Dataset;
import covid.RevisedDay.Outcome;
import covid.RevisionFact;
import covid.RevisionReport;
import covid.RevisionSummary;
import covid.Run;
import covid.RunMarker;
import java.util.Objects;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.aws2.s3.AWS2S3Constants;
import web.Answer;
import web.Json;

/**
 * Announces the end of a run of {@code take-revisions}. A failure here is a warning: it does not
 * change how the run ended.
 *
 * <pre>
 *   announce-revisions
 *     -> save-revisions   S3 revisions/: the record with its outcomes
 *     -> send-revisions   SNS, webhooks, if a day was taken or failed, or an earlier run did not finish
 *     -> remove-markers   or leave-marker-of-revisions: the next run announces this one
 * </pre>
 */
public final class RevisionAnnounceRoutes extends RouteBuilder {
  private final Dataset dataset;
  private final boolean withWebhooks;
  private final Runs runs;
  private final Json json;

  /**
   * @param dataset named in messages, unless it is the default one
   * @param withWebhooks whether there are webhooks
   * @param runs the runs of this process
   * @param json how records and markers are written
   */
  public RevisionAnnounceRoutes(Dataset dataset, boolean withWebhooks, Runs runs, Json json) {
    this.dataset = dataset;
    this.withWebhooks = withWebhooks;
    this.runs = runs;
    this.json = json;
  }

  @Override
  public void configure() {
    from("direct:announce-revisions")
        .routeId("announce-revisions")
        .routeConfigurationId("stages")
        .to("direct:save-revisions")
        .filter(exchange -> hasNews(RevisionRoutes.report(exchange)))
        .id("if-news")
        .to("direct:send-revisions")
        .end()
        .choice()
        .when(exchange -> MessageRoutes.isAnnounced(Runs.of(exchange)))
        .to("direct:remove-markers")
        .otherwise()
        .to("direct:leave-marker-of-revisions")
        .end()
        .setBody(RevisionRoutes::report)
        .id("report-of-revisions");

    RevisionRoutes.put(
        from("direct:save-revisions")
            .routeId("save-revisions")
            .routeConfigurationId("best-effort")
            .filter(exchange -> Runs.of(exchange).log().has(RevisionFact.RevisionsRecorded.class))
            .id("if-recorded"),
        json);

    MessageRoutes.send(
        from("direct:send-revisions")
            .routeId("send-revisions")
            .routeConfigurationId("announce")
            .process(this::message)
            .id("message-of-revisions"),
        "note-sent-revisions",
        withWebhooks,
        false);

    from("direct:leave-marker-of-revisions")
        .routeId("leave-marker-of-revisions")
        .routeConfigurationId("best-effort")
        .removeHeaders("*")
        .setBody(exchange -> unannounced(Runs.of(exchange)))
        .id("unannounced-revisions")
        .marshal(json.of(RunMarker.class))
        .setHeader(AWS2S3Constants.CONTENT_TYPE, constant(Answer.JSON))
        .to(Bucket.put(Bucket.OPEN_RUN))
        // The record in the bucket does not say yet that the message could not be sent.
        .to("direct:save-revisions")
        .filter(exchange -> MessageRoutes.isAnnouncedInPart(Runs.of(exchange)))
        .id("if-revisions-announced-in-part")
        .to("direct:remove-named-markers");
  }

  /** A day that failed may have been changed all the same, if no answer says. */
  private static boolean hasNews(RevisionReport report) {
    return report.taken() > 0
        || !report.with(Outcome.FAILED).isEmpty()
        || !report.unfinishedRuns().isEmpty();
  }

  private void message(Exchange exchange) {
    RevisionReport report = RevisionRoutes.report(exchange);
    MessageRoutes.message(
        exchange,
        dataset,
        RevisionSummary.of(report, dataset.key()),
        new MessageRoutes.Ended(
            "revisions." + report.status(),
            requireNonNullElse(report.finishedAt(), report.startedAt()),
            report));
    exchange.getMessage().setHeader("status", Objects.toString(report.status()));
    exchange.getMessage().setHeader("added", "0");
    exchange.getMessage().setHeader("taken", Integer.toString(report.taken()));
  }

  /** The marker of a run whose message not all have got; it keeps the message's first line. */
  private RunMarker unannounced(Run run) {
    String text = RevisionSummary.of(RevisionReport.of(run), dataset.key()).text();
    return runs.marker(run).left(text.lines().findFirst().orElse(""), MessageRoutes.missedBy(run));
  }
}
