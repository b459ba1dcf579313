package routes;

import covid.Dataset;
import covid.FeedRow;
import covid.FeedSet;
import covid.Freshness;
import covid.LastPull;
import covid.PullFact;
import covid.Run;
import feeds.BodyCopy;
import feeds.CsvFormats;
import feeds.FeedFiles;
import feeds.FeedReader;
import feeds.FeedSource;
import feeds.Validators;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.support.SynchronizationAdapter;
import org.apache.camel.util.IOHelper;

/**
 * Pulls a feed, as a stream from the first byte to the last figure. The template {@code fetch-feed}
 * is in {@code feeds.camel.yaml}, the retries in {@code errors.camel.yaml}.
 *
 * <pre>
 *   fetch-FEED            retries; notes the feed, that it is unchanged, or why the pull failed
 *     -> pull-feed        one attempt: HTTP; of an import, a file
 *          -> read-body   records, rows of the places, figures by day
 *     -> keep-body                                                              RawRoutes
 * </pre>
 */
public final class PullRoutes extends RouteBuilder {
  /** The client limits the duration of a pull and the length of its headers. */
  private static final String HTTP =
      "http:feed?httpMethod=GET&followRedirects=true&disableStreamCache=true"
          + "&okStatusCodeRange=200-299,304&httpClientConfigurer=#feedHttpClient";

  private static final int NOT_MODIFIED = 304;

  /** The variable with the last pull, by whose validators the feed was asked for. */
  private static final String ASKED = "asked";

  private final Dataset dataset;
  private final List<FeedSource> feeds;
  private final long maxBytes;
  private final Freshness freshness;
  private final RawBodies bodies;
  private final Clock clock;

  /**
   * @param dataset which places to read
   * @param feeds its feeds
   * @param maxBytes the maximum length of the unpacked body of a feed
   * @param freshness detects a stalled feed
   * @param bodies which raw bodies are kept
   * @param clock decides which days are in the future; an import has its own
   */
  public PullRoutes(
      Dataset dataset,
      List<FeedSource> feeds,
      long maxBytes,
      Freshness freshness,
      RawBodies bodies,
      Clock clock) {
    this.dataset = dataset;
    this.feeds = List.copyOf(feeds);
    this.maxBytes = maxBytes;
    this.freshness = freshness;
    this.bodies = bodies;
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
        .when(exchange -> source(exchange).isFile())
        .process(PullRoutes::openFile)
        .id("open-file")
        .otherwise()
        .process(this::request)
        .id("request")
        .to(HTTP)
        .process(PullRoutes::forgetRequest)
        .id("forget-request")
        .end()
        .filter(PullRoutes::isModified)
        .id("if-modified")
        .process(this::copy)
        .id("copy")
        .to("direct:read-body");

    RouteDefinition read =
        from("direct:read-body").routeId("read-body").errorHandler(noErrorHandler());
    read.setVariable("reader").exchange(this::open);
    (dataset.places().isSingle() ? rowByRow(read) : atOnce(read))
        .setBody(PullRoutes::finish)
        .id("finish");
  }

  /** Of most feeds, the rows of one place are few: each is a message. */
  private ProcessorDefinition<?> rowByRow(RouteDefinition read) {
    return read
        // The server's charset may be wrong, and ASCII is enough to separate the records.
        .setProperty(Exchange.CHARSET_NAME)
        .exchange(exchange -> source(exchange).encoding().name())
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
        .end();
  }

  /** Of many places there are too many rows for a message each. */
  private static ProcessorDefinition<?> atOnce(RouteDefinition read) {
    return read.process(PullRoutes::read).id("read");
  }

  /** Notes a complete pull; the body then is what the log says of it. */
  private void pulled(Exchange exchange) {
    if (!isModified(exchange)) {
      unchanged(exchange);
      return;
    }
    Run run = Runs.of(exchange);
    FeedSet feed = exchange.getMessage().getBody(FeedSet.class);
    run.note(new PullFact.FeedPulled(feed));
    if (freshness.isStalled(feed, Import.clock(exchange, clock).instant())) {
      run.note(new PullFact.FeedStalled(feed.name()));
    }
    exchange.setVariable(RawRoutes.PULLED, feed);
    // Not the days themselves: the log would have Camel compute the hash code of each.
    exchange
        .getMessage()
        .setBody(
            "%d rows, %d quarantined".formatted(feed.counts().rows(), feed.counts().quarantined()));
  }

  /** Notes a feed that has not changed since the last pull. */
  private void unchanged(Exchange exchange) {
    Run run = Runs.of(exchange);
    FeedSource source = source(exchange);
    LastPull last = exchange.getVariable(ASKED, LastPull.class);
    run.note(new PullFact.FeedUnchanged(last, source.shownUrl()));
    if (last.content()
        .filter(content -> freshness.isStalled(content.newestDay(), clock.instant()))
        .isPresent()) {
      run.note(new PullFact.FeedStalled(source.name()));
    }
    exchange.getMessage().setBody("unchanged since %s".formatted(last.since()));
  }

  private static boolean isModified(Exchange exchange) {
    return exchange.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE, 0, int.class)
        != NOT_MODIFIED;
  }

  /** Has a copy made of the body while it is read, if this run keeps bodies. */
  private void copy(Exchange exchange) throws IOException {
    Message answer = exchange.getMessage();
    exchange.setVariable(
        RawRoutes.VALIDATORS,
        Validators.of(
            answer.getHeader("ETag", "", String.class),
            answer.getHeader("Last-Modified", "", String.class),
            answer.getHeader("Date", "", String.class)));
    if (bodies.keep().isEmpty() || exchange.getVariable(RawRoutes.KEEPS) == null) {
      return;
    }
    BodyCopy copy = new BodyCopy();
    forgetCopy(exchange);
    exchange.setVariable(RawRoutes.COPY, copy);
    exchange
        .getExchangeExtension()
        .addOnCompletion(
            new SynchronizationAdapter() {
              @Override
              public void onDone(Exchange done) {
                IOHelper.close(copy);
              }
            });
    answer.setBody(copy.of(body(exchange)));
  }

  /** Removes the copy of an attempt before. */
  private static void forgetCopy(Exchange exchange) {
    BodyCopy before = exchange.getVariable(RawRoutes.COPY, BodyCopy.class);
    if (before != null) {
      IOHelper.close(before);
    }
  }

  /** Notes a failed pull. */
  private void pullFailed(Exchange exchange) {
    FeedSource feed = source(exchange);
    Throwable error = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
    Runs.of(exchange).note(new PullFact.PullFailed(feed.name(), Reason.ofPull(error, feed)));
  }

  /** In an import the feed is a file. */
  private static void locate(Exchange exchange) {
    FeedSource feed = source(exchange);
    Import.of(exchange)
        .ifPresent(one -> exchange.setVariable("source", feed.in(one.file(feed.name()))));
  }

  /** A reader for one attempt. */
  private FeedReader open(Exchange exchange) {
    return new FeedReader(
        source(exchange), dataset.places(), maxBytes, Import.clock(exchange, clock));
  }

  /** Opens the file of a feed, which is closed when the exchange ends. */
  private static void openFile(Exchange exchange) throws IOException {
    InputStream file = FeedFiles.open(source(exchange));
    exchange.getMessage().setBody(file);
    exchange
        .getExchangeExtension()
        .addOnCompletion(
            new SynchronizationAdapter() {
              @Override
              public void onDone(Exchange done) {
                IOHelper.close(file);
              }
            });
  }

  /**
   * Makes the request for a feed: for the whole, or if it is another than that of the last pull.
   */
  private void request(Exchange exchange) {
    FeedSource source = source(exchange);
    exchange.getMessage().setHeader(Exchange.HTTP_URI, source.url().toString());
    source.headers().values().forEach(exchange.getMessage()::setHeader);
    Optional<LastPull> last =
        exchange.getVariable(RawRoutes.ANEW) == null
            ? bodies.last(exchange, source)
            : Optional.empty();
    exchange.setVariable(ASKED, last.orElse(null));
    last.map(found -> new Validators(found.etag(), found.lastModified()).conditions())
        .ifPresent(conditions -> conditions.forEach(exchange.getMessage()::setHeader));
  }

  /** Removes request headers, which may be secret, from the answer. */
  private static void forgetRequest(Exchange exchange) {
    source(exchange).headers().values().keySet().forEach(exchange.getMessage()::removeHeader);
    Validators.CONDITIONS.forEach(exchange.getMessage()::removeHeader);
  }

  /** The records that may be of the places. */
  private static InputStream candidates(Exchange exchange) {
    return reader(exchange).candidates(body(exchange));
  }

  /** Reads all rows. */
  private static void read(Exchange exchange) throws IOException {
    reader(exchange).read(body(exchange));
  }

  /** The body of an answer, which may have none, as with status 204. */
  private static InputStream body(Exchange exchange) {
    InputStream body = exchange.getMessage().getBody(InputStream.class);
    return body == null ? InputStream.nullInputStream() : body;
  }

  /** The rows of the places. */
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
}
