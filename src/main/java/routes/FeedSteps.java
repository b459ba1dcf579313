package routes;

import covid.FeedLayout;
import covid.FeedRow;
import covid.FeedSet;
import feeds.FeedReader;
import feeds.FeedSource;
import java.io.InputStream;
import java.net.URI;
import java.time.Clock;
import java.util.Iterator;
import java.util.List;
import org.apache.camel.Body;
import org.apache.camel.Header;
import org.apache.camel.Variable;

/**
 * The steps of {@link FeedRoutes}.
 *
 * @param country which rows to read
 * @param maxBytes how long the unpacked body of a feed may be
 * @param clock tells which days are still to come
 */
public record FeedSteps(String country, long maxBytes, Clock clock) {

  /** The feed that a route of the template is for. */
  public FeedSource source(String feed, String url, String columns) {
    return new FeedSource(feed, URI.create(url), FeedLayout.parse(columns));
  }

  /** A reader for one try. */
  public FeedReader open(@Variable("source") FeedSource source) {
    return new FeedReader(source, country, maxBytes, clock);
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
