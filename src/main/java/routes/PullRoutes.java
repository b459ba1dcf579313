package routes;

import covid.Fact;
import covid.FeedLayout;
import covid.FeedRow;
import covid.FeedSet;
import covid.Freshness;
import covid.Run;
import feeds.CsvFormats;
import feeds.FeedHeaders;
import feeds.FeedReader;
import feeds.FeedSource;
import java.io.InputStream;
import java.net.URI;
import java.time.Clock;
import java.util.Iterator;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
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
public final class PullRoutes extends RouteBuilder {
  /** How long a pull may take, and a head may be, is for the client to watch. */
  private static final String HTTP =
      "http:feed?httpMethod=GET&followRedirects=true&disableStreamCache=true"
          + "&httpClientConfigurer=#feedHttpClient";

  private final String country;
  private final long maxBytes;
  private final Freshness freshness;
  private final Clock clock;
  private final Sources sources;

  /**
   * @param country which rows to read
   * @param maxBytes how long the unpacked body of a feed may be
   * @param freshness tells a feed that has stalled
   * @param clock tells which days are still to come
   * @param headers what requests for a feed carry, by its name
   */
  public PullRoutes(
      String country,
      long maxBytes,
      Freshness freshness,
      Clock clock,
      Map<String, FeedHeaders> headers) {
    this.country = country;
    this.maxBytes = maxBytes;
    this.freshness = freshness;
    this.clock = clock;
    this.sources = new Sources(headers);
  }

  @Override
  public void configure() {
    // For errors.camel.yaml.
    bindToRegistry("pullFailed", (Processor) this::pullFailed);

    routeTemplate("fetch-feed")
        .templateParameter("feed")
        .templateParameter("url")
        .templateParameter("columns")
        .from("direct:fetch-{{feed}}")
        .routeConfigurationId("feeds")
        .setVariable("source", method(sources, "source('{{feed}}', '{{url}}', '{{columns}}')"))
        .to("direct:pull-feed")
        .process(this::pulled)
        .id("note-{{feed}}")
        .log("${body.name}: ${body.counts.rows} rows, ${body.counts.quarantined} quarantined");

    from("direct:pull-feed")
        .routeId("pull-feed")
        // A try that fails is the caller's to repeat, from the first byte.
        .errorHandler(noErrorHandler())
        .setVariable("reader")
        .exchange(this::open)
        // All but the count of tries, which Camel keeps there.
        .removeHeaders("*", Redelivery.HEADERS)
        .process(PullRoutes::request)
        .id("request")
        .to(HTTP)
        .process(PullRoutes::forgetRequest)
        .id("forget-request")
        // Whatever the server says: it may be nonsense, and the records are told apart by ASCII.
        .setProperty(Exchange.CHARSET_NAME, constant("UTF-8"))
        .setBody(PullRoutes::candidates)
        .id("candidates")
        .unmarshal(CsvFormats.feed())
        .setBody(PullRoutes::rows)
        .id("rows")
        .split(body())
        .streaming()
        .stopOnException()
        .process(PullRoutes::add)
        .id("add")
        .end()
        .setBody(PullRoutes::finish)
        .id("finish");
  }

  /** Notes a feed that arrived whole. */
  private void pulled(Exchange exchange) {
    Run run = Runs.of(exchange);
    FeedSet feed = exchange.getMessage().getBody(FeedSet.class);
    run.note(new Fact.FeedPulled(feed));
    if (freshness.isStalled(feed, clock.instant())) {
      run.note(new Fact.FeedStalled(feed.name()));
    }
  }

  /** Notes a feed that could not be had whole. */
  private void pullFailed(Exchange exchange) {
    FeedSource feed = source(exchange);
    Throwable error = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
    Runs.of(exchange).note(new Fact.PullFailed(feed.name(), Reason.ofPull(error, feed)));
  }

  /** A reader for one try. */
  private FeedReader open(Exchange exchange) {
    return new FeedReader(source(exchange), country, maxBytes, clock);
  }

  /** Makes the message the request for a feed. */
  private static void request(Exchange exchange) {
    FeedSource source = source(exchange);
    exchange.getMessage().setHeader(Exchange.HTTP_URI, source.url().toString());
    source.headers().values().forEach(exchange.getMessage()::setHeader);
  }

  /** Takes what may be secret of the request off the answer. */
  private static void forgetRequest(Exchange exchange) {
    source(exchange).headers().values().keySet().forEach(exchange.getMessage()::removeHeader);
  }

  /** The records that may be the country's; an answer may have no body, as with status 204. */
  private static InputStream candidates(Exchange exchange) {
    InputStream body = exchange.getMessage().getBody(InputStream.class);
    return reader(exchange).candidates(body == null ? InputStream.nullInputStream() : body);
  }

  /** The rows that are the country's. */
  @SuppressWarnings("unchecked")
  private static Iterator<FeedRow> rows(Exchange exchange) {
    return reader(exchange).rows(exchange.getMessage().getBody(Iterator.class));
  }

  /** Takes in one row. */
  private static void add(Exchange exchange) {
    reader(exchange).add(exchange.getMessage().getBody(FeedRow.class));
  }

  /** What the try gave. */
  private static FeedSet finish(Exchange exchange) {
    return reader(exchange).finish(exchange.getMessage().getHeader("ETag", "", String.class));
  }

  private static FeedSource source(Exchange exchange) {
    return exchange.getVariable("source", FeedSource.class);
  }

  private static FeedReader reader(Exchange exchange) {
    return exchange.getVariable("reader", FeedReader.class);
  }

  /**
   * The feeds that routes of the template are for. An object of its own, for Camel looks at each
   * method of one that a route calls by name, and a {@code RouteBuilder} has hundreds.
   *
   * @param headers what requests for a feed carry, by its name
   */
  public record Sources(Map<String, FeedHeaders> headers) {
    /** The feed of a route. */
    public FeedSource source(String feed, String url, String columns) {
      return new FeedSource(
          feed,
          URI.create(url),
          FeedLayout.parse(columns),
          headers.getOrDefault(feed, FeedHeaders.NONE));
    }
  }
}
