package routes;

import covid.Run;
import covid.RunReport;
import feeds.CsvFormats;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.aws2.s3.AWS2S3Constants;
import org.apache.camel.model.ProcessorDefinition;
import web.Answer;
import web.Json;

/**
 * Announces a run that has ended, with any status. A failure here is a warning: it does not change
 * the status of the run.
 *
 * <pre>
 *   announce-run
 *     -> save-quarantine   S3 quarantine/: the quarantined rows
 *     -> publish-site      if site.publish                                          SiteRoutes
 *     -> save-report       S3 runs/
 *     -> send-summary      SNS, webhooks                                         MessageRoutes
 *     -> remove-markers      the message is sent                                  MarkerRoutes
 *        or leave-marker       the next run announces this one                    MarkerRoutes
 *     or announce-report     with a queue: for the owner of the run alone, and not while the
 *                            report of another process cannot be read           LeftMessageRoutes
 *     -> put-site-report   if the site was published; it says also whether the message was sent
 * </pre>
 */
public final class AnnounceRoutes extends RouteBuilder {
  /** The variable with the {@link RunReport} of this run that another process has put. */
  static final String REPORT = "report";

  /** The variable that is set if the site was published, with reports of runs. */
  private static final String SITE_HAS_REPORTS = "siteHasReports";

  private final Json json;
  private final boolean queued;
  private final Runnable reported;

  /**
   * @param json how reports are written
   * @param queued whether workers store the days, through a queue: then several processes may
   *     announce a run, and the first report counts
   * @param reported called when a report is in the bucket
   */
  public AnnounceRoutes(Json json, boolean queued, Runnable reported) {
    this.json = json;
    this.queued = queued;
    this.reported = reported;
  }

  @Override
  public void configure() {
    ProcessorDefinition<?> announce =
        from("direct:announce-run")
            .routeId("announce-run")
            .routeConfigurationId("stages")
            .removeHeaders("*")
            .to("direct:save-quarantine")
            .filter(simple("{{site.publish}}"))
            .enrich("direct:publish-site", AnnounceRoutes::noteSite, true)
            .end()
            .to("direct:save-report");
    if (queued) {
      announce
          .choice()
          .when(LeftMessageRoutes::isUnread)
          .process(LeftMessageRoutes::noteUnread)
          .id("note-unread-report")
          .otherwise()
          .to("direct:announce-report")
          .end();
    } else {
      announce
          .to("direct:send-summary")
          .choice()
          .when(exchange -> MessageRoutes.isAnnounced(Runs.of(exchange)))
          .to("direct:remove-markers")
          .otherwise()
          .to("direct:leave-marker")
          .end();
    }
    announce
        .filter(
            exchange ->
                exchange.getVariable(SITE_HAS_REPORTS) != null
                    && !OwnerRoutes.isLost(exchange)
                    && !LeftMessageRoutes.isUnread(exchange))
        .id("if-site-has-reports")
        .to("direct:put-site-report")
        .end()
        .setBody(AnnounceRoutes::report)
        .id("report");

    from("direct:save-quarantine")
        .routeId("save-quarantine")
        .routeConfigurationId("best-effort")
        .setBody(exchange -> quarantineRecords(Runs.of(exchange)))
        .id("quarantine-records")
        .filter(simple("${body.size} > 0"))
        .marshal(CsvFormats.quarantine())
        .setHeader(AWS2S3Constants.CONTENT_TYPE, constant(Answer.CSV))
        .to(Bucket.put(Bucket.QUARANTINE));

    from("direct:save-report")
        .routeId("save-report")
        .routeConfigurationId(queued ? "report-once" : "best-effort")
        .removeHeaders(Redelivery.HEADERS)
        .setBody(exchange -> Runs.of(exchange).report())
        .marshal(json.of(RunReport.class))
        .setHeader(AWS2S3Constants.CONTENT_TYPE, constant(Answer.JSON))
        .to(queued ? Bucket.putNew(Bucket.REPORT) : Bucket.put(Bucket.REPORT))
        .process(exchange -> reported.run())
        .id("expire-list");
  }

  /** Notes whether the site was published: that does not change how the run ends. */
  private static Exchange noteSite(Exchange announced, Exchange site) {
    if (site.getException() != null) {
      LogContext.during(
          announced,
          () -> BestEffort.note(site.getException(), "publish-site", Runs.of(announced)));
    } else if (SiteRoutes.isListed(site)) {
      announced.setVariable(SITE_HAS_REPORTS, true);
    }
    return announced;
  }

  /** The quarantined rows as CSV records. */
  private static List<Map<String, Object>> quarantineRecords(Run run) {
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

  /** The report that another process has put, or of the run as it is now. */
  static RunReport report(Exchange exchange) {
    RunReport saved = exchange.getVariable(REPORT, RunReport.class);
    return saved == null ? Runs.of(exchange).report() : saved;
  }
}
