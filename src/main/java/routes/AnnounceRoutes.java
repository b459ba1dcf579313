package routes;

import covid.OpenRun;
import covid.Run;
import covid.RunReport;
import feeds.CsvFormats;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.aws2.s3.AWS2S3Constants;
import web.Answer;
import web.Json;

/**
 * What is told of a run when it is over, however it ended. None of it changes how it ended.
 *
 * <pre>
 *   announce-run
 *     -> save-quarantine   S3 quarantine/: rows that were set aside
 *     -> save-site         publish-site, if site.publish
 *     -> save-report       S3 runs/
 *     -> send-summary      SNS
 *     -> close-run         remove-marks: all was told; or leave-mark: the next run tells it
 * </pre>
 */
public final class AnnounceRoutes extends RouteBuilder {
  private final AnnounceSteps steps;
  private final RunSteps run;
  private final Json json;
  private final Runnable reported;

  /**
   * @param steps what they compute
   * @param run where trouble is noted
   * @param json how reports and marks are written
   * @param reported runs when a report is in the bucket
   */
  public AnnounceRoutes(AnnounceSteps steps, RunSteps run, Json json, Runnable reported) {
    this.steps = steps;
    this.run = run;
    this.json = json;
    this.reported = reported;
  }

  @Override
  public void configure() {
    from("direct:announce-run")
        .routeId("announce-run")
        .routeConfigurationId("stages")
        .removeHeaders("*")
        .to("direct:save-quarantine")
        .to("direct:save-site")
        .to("direct:save-report")
        .to("direct:send-summary")
        .to("direct:close-run")
        .setBody(method(steps, "report"));

    from("direct:save-quarantine")
        .routeId("save-quarantine")
        .routeConfigurationId("beside")
        .setBody(method(steps, "quarantineRecords"))
        .filter(simple("${body.size} > 0"))
        .marshal(CsvFormats.quarantine())
        .setHeader(AWS2S3Constants.CONTENT_TYPE, constant(Answer.CSV))
        .to(Bucket.put(Bucket.QUARANTINE));

    from("direct:save-site")
        .routeId("save-site")
        .routeConfigurationId("stages")
        .filter(simple("{{site.publish}}"))
        .enrich("direct:publish-site", this::noteTrouble, true);

    from("direct:save-report")
        .routeId("save-report")
        .routeConfigurationId("beside")
        .removeHeaders(Redelivery.HEADERS)
        .setBody(method(steps, "report"))
        .marshal(json.of(RunReport.class))
        .setHeader(AWS2S3Constants.CONTENT_TYPE, constant(Answer.JSON))
        .to(Bucket.put(Bucket.REPORT))
        .process(exchange -> reported.run());

    from("direct:send-summary")
        .routeId("send-summary")
        .routeConfigurationId("announce")
        .bean(steps, "summary")
        .filter(simple("'{{announce.topic}}' != ''"))
        .toD("aws2-sns:{{announce.topic}}");

    from("direct:close-run")
        .routeId("close-run")
        .routeConfigurationId("stages")
        .choice()
        .when(method(steps, "isAnnounced"))
        .to("direct:remove-marks")
        .otherwise()
        .to("direct:leave-mark");

    from("direct:remove-marks")
        .routeId("remove-marks")
        .routeConfigurationId("beside")
        .removeHeaders(Redelivery.HEADERS)
        .split(method(steps, "marks"))
        .to(Bucket.delete(Bucket.OPEN_RUNS + "${body}.json"));

    from("direct:leave-mark")
        .routeId("leave-mark")
        .routeConfigurationId("beside")
        .removeHeaders(Redelivery.HEADERS)
        .setBody(method(steps, "left"))
        .marshal(json.of(OpenRun.class))
        .setHeader(AWS2S3Constants.CONTENT_TYPE, constant(Answer.JSON))
        .to(Bucket.put(Bucket.OPEN_RUN))
        // The report was written before the message failed.
        .to("direct:save-report");
  }

  /** The site is beside the run: what goes wrong with it is told, and changes nothing else. */
  private Exchange noteTrouble(Exchange announced, Exchange site) {
    if (site.getException() != null) {
      Run on = announced.getVariable("run", Run.class);
      LogContext.during(announced, () -> run.notDone(site.getException(), "publish-site", on));
    }
    return announced;
  }
}
