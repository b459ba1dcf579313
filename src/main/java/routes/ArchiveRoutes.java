package routes;

import static org.apache.camel.builder.AggregationStrategies.useOriginal;

import feeds.CsvFormats;
import org.apache.camel.LoggingLevel;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.aws2.s3.AWS2S3Constants;

/**
 * The archived set and its chart, as readers get them.
 *
 * <pre>
 *   current-set       a copy of the set; every http.refresh somebody asks for it -> refresh-set
 *     -> refresh-set  S3, unless it is still the same
 *   prepare-chart     the first to ask for the chart of a set ~> draw-chart, and nobody waits
 *     -> draw-chart   read-chart: is the one in the bucket of this set? if not, draw -> save-chart
 * </pre>
 *
 * If the bucket is away the copy still serves, see {@code errors.camel.yaml}. Where there is no
 * copy, the route that asks deals with that: it is the reason for {@code noErrorHandler}.
 */
public final class ArchiveRoutes extends RouteBuilder {
  private final ArchiveSteps steps;
  private final Charts charts;

  /**
   * @param steps what they compute
   * @param charts draws
   */
  public ArchiveRoutes(ArchiveSteps steps, Charts charts) {
    this.steps = steps;
    this.charts = charts;
  }

  @Override
  public void configure() {
    from("direct:current-set")
        .routeId("current-set")
        .errorHandler(noErrorHandler())
        .filter(method(steps.kept(), "isDue"))
        .enrich("direct:refresh-set", useOriginal(), true)
        .end()
        .setBody(method(steps, "current"));

    from("direct:refresh-set")
        .routeId("refresh-set")
        .routeConfigurationId("refresh-set")
        .setHeader(AWS2S3Constants.IF_NONE_MATCH_CONDITION, method(steps, "etag"))
        .to(Bucket.get(Bucket.ARCHIVE))
        .process(Bucket::checkSize)
        .setProperty("updatedAt", simple("${body.response.lastModified}"))
        .convertBodyTo(String.class, "UTF-8")
        .setProperty("csv", body())
        .unmarshal(CsvFormats.archive())
        .bean(steps, "keep");

    from("direct:prepare-chart")
        .routeId("prepare-chart")
        .errorHandler(noErrorHandler())
        .filter(method(charts, "isDue"))
        .wireTap("direct:draw-chart");

    from("direct:draw-chart")
        .routeId("draw-chart")
        .routeConfigurationId("draw-chart")
        .setVariable("set", body())
        .enrich("direct:read-chart", charts::found)
        .filter(body().isNull())
        .setBody(method(charts, "draw"))
        .log("Drew the chart of ${variable.set.series.days.size} days")
        .enrich("direct:save-chart", useOriginal(), true)
        .end()
        .bean(charts, "drawn");

    from("direct:read-chart")
        .routeId("read-chart")
        .routeConfigurationId("chart")
        .setBody(constant(""))
        .to(Bucket.get(Bucket.CHART))
        .process(Bucket::checkSize)
        .convertBodyTo(byte[].class);

    from("direct:save-chart")
        .routeId("save-chart")
        .routeConfigurationId("chart")
        .setHeader(AWS2S3Constants.CONTENT_TYPE, constant("image/png"))
        .setHeader(AWS2S3Constants.METADATA, method(charts, "origin"))
        .to(Bucket.put(Bucket.CHART))
        .log(LoggingLevel.DEBUG, "Chart saved under {{chart.key}}");
  }
}
