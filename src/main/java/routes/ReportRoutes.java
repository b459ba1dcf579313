package routes;

import static org.apache.camel.builder.AggregationStrategies.groupedBody;
import static org.apache.camel.builder.AggregationStrategies.useOriginal;

import covid.RunReport;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;

/**
 * Reports of runs, as readers get them.
 *
 * <pre>
 *   current-runs       which reports there are; every http.refresh somebody asks -> refresh-runs
 *     -> refresh-runs  S3 runs/, a page at a time
 *   read-runs          a page of them -> read-run
 *   read-run           S3 runs/, once for each state of a report
 * </pre>
 */
public final class ReportRoutes extends RouteBuilder {
  private final ReportSteps steps;
  private final Json json;

  /**
   * @param steps what they compute
   * @param json how reports are read
   */
  public ReportRoutes(ReportSteps steps, Json json) {
    this.steps = steps;
    this.json = json;
  }

  @Override
  public void configure() {
    from("direct:current-runs")
        .routeId("current-runs")
        .errorHandler(noErrorHandler())
        .filter(method(steps.kept(), "isDue"))
        .enrich("direct:refresh-runs", useOriginal(), true)
        .end()
        .setBody(method(steps, "current"));

    from("direct:refresh-runs")
        .routeId("refresh-runs")
        .routeConfigurationId("refresh-runs")
        .setBody(method(steps, "firstPage"))
        .loopDoWhile(body().isNotNull())
        .to(Bucket.listRequest())
        .setBody(method(steps, "nextPage"))
        .end()
        .bean(steps, "keep");

    from("direct:read-runs")
        .routeId("read-runs")
        .errorHandler(noErrorHandler())
        .to("direct:current-runs")
        .setBody(method(steps, "page"))
        .setProperty("wanted", simple("${body.size}"))
        .split(body(), groupedBody())
        .enrich("direct:read-run", ReportRoutes::take, true)
        .end()
        .bean(steps, "requireAll");

    from("direct:read-run")
        .routeId("read-run")
        .routeConfigurationId("read-run")
        .setProperty("entry", body())
        .setBody(method(steps, "known"))
        .filter(body().isNull())
        .to(Bucket.get(Bucket.REPORTS + "${exchangeProperty.entry.id}.json"))
        .process(Bucket::checkSize)
        .unmarshal(json.of(RunReport.class))
        .setBody(method(steps, "learn"));
  }

  /** Takes a line; none if the bucket did not give the report. */
  private static Exchange take(Exchange entry, Exchange line) {
    entry.getMessage().setBody(line.getException() == null ? line.getMessage().getBody() : null);
    return entry;
  }
}
