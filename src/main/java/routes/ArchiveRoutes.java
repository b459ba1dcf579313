package routes;

import static org.apache.camel.builder.AggregationStrategies.useOriginal;

import covid.ArchivedSet;
import feeds.CsvFormats;
import org.apache.camel.LoggingLevel;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.aws2.s3.AWS2S3Constants;
import org.apache.camel.model.ProcessorDefinition;

/**
 * The archived set and its chart, as readers get them.
 *
 * <pre>
 *   refresh-set     S3, unless it is still the same; every http.refresh, for somebody who asks
 *   draw-chart      for the first who asks for anything of a set; only who asks for the chart waits
 *     -> read-chart   is the one in the bucket of this set?
 *     -> save-chart   if not, it is drawn
 * </pre>
 *
 * If the bucket is away the copy still serves, see {@code errors.camel.yaml}.
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

  /**
   * Goes on with the copy of the set, looked at anew if that is due. A part of the routes of those
   * who ask, rather than a route: nearly always there is nothing to do.
   *
   * @param asking a route
   */
  ProcessorDefinition<?> currentSet(ProcessorDefinition<?> asking) {
    return asking
        .filter(exchange -> steps.kept().isDue())
        .enrich("direct:refresh-set", useOriginal(), true)
        .end()
        .process(steps::current);
  }

  /** Goes on with the copy of the set, whose chart is being drawn if nobody has done so yet. */
  ProcessorDefinition<?> currentSetWithChart(ProcessorDefinition<?> asking) {
    return currentSet(asking)
        .filter()
        .body(ArchivedSet.class, charts::isDue)
        .wireTap("direct:draw-chart")
        .end()
        .end();
  }

  @Override
  public void configure() {
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
