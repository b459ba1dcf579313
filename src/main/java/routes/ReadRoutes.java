package routes;

import covid.Dataset;
import covid.FeedRow;
import covid.FeedSet;
import feeds.CsvFormats;
import feeds.FeedReader;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.util.Iterator;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.RouteDefinition;

/**
 * Reads the body of a feed, as a stream from the first byte to the last figure: one that was
 * pulled, or one that is kept.
 *
 * <pre>
 *   read-body            records, rows of the places, figures by day
 * </pre>
 */
public final class ReadRoutes extends RouteBuilder {
  private final Dataset dataset;
  private final long maxBytes;
  private final Clock clock;

  /**
   * @param dataset which places to read
   * @param maxBytes the maximum length of the unpacked body of a feed
   * @param clock decides which days are in the future; an import has its own
   */
  public ReadRoutes(Dataset dataset, long maxBytes, Clock clock) {
    this.dataset = dataset;
    this.maxBytes = maxBytes;
    this.clock = clock;
  }

  @Override
  public void configure() {
    RouteDefinition read =
        from("direct:read-body")
            .routeId("read-body")
            // The callers retry, or know what to do without the body.
            .errorHandler(noErrorHandler());
    read.setVariable("reader").exchange(this::open);
    (dataset.places().isSingle() ? rowByRow(read) : atOnce(read))
        .setBody(ReadRoutes::finish)
        .id("finish");
  }

  /** Of most feeds, the rows of one place are few: each is a message. */
  private ProcessorDefinition<?> rowByRow(RouteDefinition read) {
    return read
        // The server's charset may be wrong, and ASCII is enough to separate the records.
        .setProperty(Exchange.CHARSET_NAME)
        .exchange(exchange -> PullVariables.source(exchange).encoding().name())
        .setBody(ReadRoutes::candidates)
        .id("candidates")
        .unmarshal(CsvFormats.feed())
        .setBody(ReadRoutes::rows)
        .id("rows")
        .split(body())
        .streaming()
        .stopOnException()
        .process(ReadRoutes::add)
        .id("add")
        .end();
  }

  /** Of many places there are too many rows for a message each. */
  private static ProcessorDefinition<?> atOnce(RouteDefinition read) {
    return read.process(ReadRoutes::read).id("read");
  }

  /** A reader for one attempt. */
  private FeedReader open(Exchange exchange) {
    return new FeedReader(
        PullVariables.source(exchange), dataset.places(), maxBytes, Import.clock(exchange, clock));
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
  static InputStream body(Exchange exchange) {
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

  private static FeedReader reader(Exchange exchange) {
    return exchange.getVariable("reader", FeedReader.class);
  }
}
