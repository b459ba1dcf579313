package routes;

import covid.FeedSet;
import covid.Freshness;
import covid.PullFact;
import covid.Run;
import feeds.FeedFiles;
import feeds.FeedSource;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.RouteDefinition;

/**
 * Pulls a feed. The template {@code fetch-feed} is in {@code feeds.camel.yaml}, the retries in
 * {@code errors.camel.yaml}.
 *
 * <pre>
 *   fetch-FEED            retries; notes the feed, that it is unchanged, or why the pull failed
 *     -> pull-feed        one attempt: HTTP; of an import, a file
 *          -> read-body   unless it is unchanged                                ReadRoutes
 *     -> keep-body                                                              RawRoutes
 * </pre>
 */
public final class PullRoutes extends RouteBuilder {
  /** The client limits the duration of a pull and the length of its headers. */
  private static final String HTTP =
      "http:feed?httpMethod=GET&followRedirects=true&disableStreamCache=true"
          + "&okStatusCodeRange=200-299,304&httpClientConfigurer=#feedHttpClient";

  private final List<FeedSource> feeds;
  private final Freshness freshness;
  private final RawBodies bodies;
  private final ConditionalPull conditional;
  private final Clock clock;

  /**
   * @param feeds those of the dataset
   * @param freshness detects a stalled feed
   * @param bodies which raw bodies are kept
   * @param clock decides whether a feed has stalled; an import has its own
   */
  public PullRoutes(List<FeedSource> feeds, Freshness freshness, RawBodies bodies, Clock clock) {
    this.feeds = List.copyOf(feeds);
    this.freshness = freshness;
    this.bodies = bodies;
    this.conditional = new ConditionalPull(bodies, freshness, clock);
    this.clock = clock;
  }

  /** The endpoint that pulls a feed. */
  static String fetch(FeedSource feed) {
    return "direct:fetch-" + feed.name();
  }

  @Override
  public void configure() {
    // For feeds.camel.yaml and errors.camel.yaml.
    bindToRegistry("notePulled", (Processor) this::pulled);
    bindToRegistry("pullFailed", (Processor) this::pullFailed);
    for (FeedSource feed : feeds) {
      bindToRegistry("feed-" + feed.name(), feed);
      templatedRoute("fetch-feed").routeId("fetch-" + feed.name()).parameter("feed", feed.name());
    }

    RouteDefinition pull =
        from("direct:pull-feed")
            .routeId("pull-feed")
            // The caller retries a failed attempt, from the first byte.
            .errorHandler(noErrorHandler())
            .process(PullRoutes::locate)
            .id("locate")
            // All but the redelivery counter, which Camel keeps there.
            .removeHeaders("*", Redelivery.HEADERS);
    pull.choice()
        .when(exchange -> PullVariables.source(exchange).isFile())
        .process(PullRoutes::openFile)
        .id("open-file")
        .otherwise()
        .process(this::request)
        .id("request")
        .to(HTTP)
        .process(PullRoutes::forgetRequest)
        .id("forget-request")
        .end()
        .filter(ConditionalPull::isModified)
        .id("if-modified")
        .process(new CopyBody(bodies))
        .id("copy")
        .to("direct:read-body");
  }

  /** Notes a complete pull; the body then is what the log says of it. */
  private void pulled(Exchange exchange) {
    if (!ConditionalPull.isModified(exchange)) {
      conditional.noteUnchanged(exchange);
      return;
    }
    Run run = Runs.of(exchange);
    FeedSet feed = exchange.getMessage().getBody(FeedSet.class);
    run.note(new PullFact.FeedPulled(feed));
    if (freshness.isStalled(feed, Import.clock(exchange, clock).instant())) {
      run.note(new PullFact.FeedStalled(feed.name()));
    }
    exchange.setVariable(PullVariables.PULLED, feed);
    // Not the days themselves: the log would have Camel compute the hash code of each.
    exchange
        .getMessage()
        .setBody(
            "%d rows, %d quarantined".formatted(feed.counts().rows(), feed.counts().quarantined()));
  }

  /** Notes a failed pull. */
  private void pullFailed(Exchange exchange) {
    FeedSource feed = PullVariables.source(exchange);
    Throwable error = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
    Runs.of(exchange).note(new PullFact.PullFailed(feed.name(), Reason.ofPull(error, feed)));
  }

  /** In an import the feed is a file. */
  private static void locate(Exchange exchange) {
    FeedSource feed = PullVariables.source(exchange);
    Import.of(exchange)
        .ifPresent(
            one -> exchange.setVariable(PullVariables.SOURCE, feed.in(one.file(feed.name()))));
  }

  /** Opens the file of a feed, which is closed when the exchange ends. */
  private static void openFile(Exchange exchange) throws IOException {
    InputStream file = FeedFiles.open(PullVariables.source(exchange));
    exchange.getMessage().setBody(file);
    PullVariables.closeAfter(exchange, file);
  }

  /** Makes the request for a feed. */
  private void request(Exchange exchange) {
    FeedSource source = PullVariables.source(exchange);
    exchange.getMessage().setHeader(Exchange.HTTP_URI, source.url().toString());
    source.headers().values().forEach(exchange.getMessage()::setHeader);
    conditional.ask(exchange);
  }

  /** Removes request headers, which may be secret, from the answer. */
  private static void forgetRequest(Exchange exchange) {
    PullVariables.source(exchange)
        .headers()
        .values()
        .keySet()
        .forEach(exchange.getMessage()::removeHeader);
    ConditionalPull.forget(exchange);
  }
}
