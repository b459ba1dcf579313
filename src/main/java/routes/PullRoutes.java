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
 * Pulls a feed, as a stream from the first byte to the last figure. The feeds are in {@code
 * feeds.camel.yaml}, the retries in {@code errors.camel.yaml}.
 *
 * <pre>
 *   fetch-FEED            retries; notes the feed, or why the pull failed
 *     -> pull-feed        one attempt: HTTP, records, rows of the country, figures by day
 * </pre>
 */
public final class PullRoutes extends RouteBuilder {
  /** The client limits the duration of a pull and the length of its headers. */
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
   * @param maxBytes the maximum length of the unpacked body of a feed
   * @param freshness detects a stalled feed
   * @param clock decides which days are in the future
   * @param headers the request headers of each feed, by its name
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
        // The caller retries a failed attempt, from the first byte.
        .errorHandler(noErrorHandler())
        .setVariable("reader")
        .exchange(this::open)
        // All but the redelivery counter, which Camel keeps there.
        .removeHeaders("*", Redelivery.HEADERS)
        .process(PullRoutes::request)
        .id("request")
        .to(HTTP)
        .process(PullRoutes::forgetRequest)
        .id("forget-request")
        // The server's charset may be wrong, and ASCII is enough to separate the records.
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

  /** Notes a complete pull. */
  private void pulled(Exchange exchange) {
    Run run = Runs.of(exchange);
    FeedSet feed = exchange.getMessage().getBody(FeedSet.class);
    run.note(new Fact.FeedPulled(feed));
    if (freshness.isStalled(feed, clock.instant())) {
      run.note(new Fact.FeedStalled(feed.name()));
    }
  }

  /** Notes a failed pull. */
  private void pullFailed(Exchange exchange) {
    FeedSource feed = source(exchange);
    Throwable error = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
    Runs.of(exchange).note(new Fact.PullFailed(feed.name(), Reason.ofPull(error, feed)));
  }

  /** A reader for one attempt. */
  private FeedReader open(Exchange exchange) {
    return new FeedReader(source(exchange), country, maxBytes, clock);
  }

  /** Makes the request for a feed. */
  private static void request(Exchange exchange) {
    FeedSource source = source(exchange);
    exchange.getMessage().setHeader(Exchange.HTTP_URI, source.url().toString());
    source.headers().values().forEach(exchange.getMessage()::setHeader);
  }

  /** Removes request headers, which may be secret, from the answer. */
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

  /** Adds one row. */
  private static void add(Exchange exchange) {
    reader(exchange).add(exchange.getMessage().getBody(FeedRow.class));
  }

  /** The result of the attempt. */
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
