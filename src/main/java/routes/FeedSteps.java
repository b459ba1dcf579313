package routes;

import covid.FeedLayout;
import covid.FeedRow;
import covid.FeedSet;
import feeds.FeedHeaders;
import feeds.FeedReader;
import feeds.FeedSource;
import java.io.InputStream;
import java.net.URI;
import java.time.Clock;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Header;
import org.apache.camel.Variable;

/**
 * The steps of {@link FeedRoutes}.
 *
 * @param country which rows to read
 * @param maxBytes how long the unpacked body of a feed may be
 * @param clock tells which days are still to come
 * @param headers what requests for a feed carry, by its name
 */
public record FeedSteps(
    String country, long maxBytes, Clock clock, Map<String, FeedHeaders> headers) {

  /** The feed that a route of the template is for. */
  public FeedSource source(String feed, String url, String columns) {
    return new FeedSource(
        feed,
        URI.create(url),
        FeedLayout.parse(columns),
        headers.getOrDefault(feed, FeedHeaders.NONE));
  }

  /** A reader for one try. */
  public FeedReader open(@Variable("source") FeedSource source) {
    return new FeedReader(source, country, maxBytes, clock);
  }

  /** Makes the message the request for a feed. */
  public void request(Exchange exchange, @Variable("source") FeedSource source) {
    exchange.getMessage().setHeader(Exchange.HTTP_URI, source.url().toString());
    source.headers().values().forEach(exchange.getMessage()::setHeader);
  }

  /** Takes what may be secret of the request off the answer. */
  public void answered(Exchange exchange, @Variable("source") FeedSource source) {
    source.headers().values().keySet().forEach(exchange.getMessage()::removeHeader);
  }

  /**
   * The records that may be the country's.
   *
   * @param body null if the answer has none, as with status 204
   */
  public InputStream candidates(@Body InputStream body, @Variable("reader") FeedReader reader) {
    return reader.candidates(body == null ? InputStream.nullInputStream() : body);
  }

  /** The rows that are the country's. */
  public Iterator<FeedRow> rows(
      @Body Iterator<List<String>> records, @Variable("reader") FeedReader reader) {
    return reader.rows(records);
  }

  /** Takes in one row. */
  public void add(@Body FeedRow row, @Variable("reader") FeedReader reader) {
    reader.add(row);
  }

  /** What the try gave. */
  public FeedSet finish(@Header("ETag") String etag, @Variable("reader") FeedReader reader) {
    return reader.finish(etag == null ? "" : etag);
  }
}
