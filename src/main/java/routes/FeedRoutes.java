package routes;

import feeds.CsvFormats;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;

/**
 * Pulling a feed, as a stream from the first byte to the last figure. The feeds themselves are in
 * {@code feeds.camel.yaml}, the retries in {@code errors.camel.yaml}.
 *
 * <pre>
 *   fetch-FEED            tries again; notes what came, or why the feed could not be had
 *     -> pull-feed        one try: HTTP, records, rows of the country, figures by day
 * </pre>
 */
public final class FeedRoutes extends RouteBuilder {
  /** How long a pull may take, and a head may be, is for the client to watch. */
  private static final String HTTP =
      "http:feed?httpMethod=GET&followRedirects=true&disableStreamCache=true"
          + "&httpClientConfigurer=#feedHttpClient";

  private final FeedSteps steps;
  private final RunSteps run;

  /**
   * @param steps what is done to a feed on its way
   * @param run where it is noted
   */
  public FeedRoutes(FeedSteps steps, RunSteps run) {
    this.steps = steps;
    this.run = run;
  }

  @Override
  public void configure() {
    routeTemplate("fetch-feed")
        .templateParameter("feed")
        .templateParameter("url")
        .templateParameter("columns")
        .from("direct:fetch-{{feed}}")
        .routeConfigurationId("feeds")
        .setVariable("source", method(steps, "source('{{feed}}', '{{url}}', '{{columns}}')"))
        .to("direct:pull-feed")
        .bean(run, "pulled")
        .log("${body.name}: ${body.counts.rows} rows, ${body.counts.quarantined} quarantined");

    from("direct:pull-feed")
        .routeId("pull-feed")
        // A try that fails is the caller's to repeat, from the first byte.
        .errorHandler(noErrorHandler())
        .setVariable("reader", method(steps, "open"))
        // All but the count of tries, which Camel keeps there.
        .removeHeaders("*", Redelivery.HEADERS)
        .bean(steps, "request")
        .to(HTTP)
        .bean(steps, "answered")
        // Whatever the server says: it may be nonsense, and the records are told apart by ASCII.
        .setProperty(Exchange.CHARSET_NAME, constant("UTF-8"))
        .setBody(method(steps, "candidates"))
        .unmarshal(CsvFormats.feed())
        .setBody(method(steps, "rows"))
        .split(body())
        .streaming()
        .stopOnException()
        .bean(steps, "add")
        .end()
        .setBody(method(steps, "finish"));
  }
}
