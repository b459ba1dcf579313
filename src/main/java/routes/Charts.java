package routes;

import chart.ComparisonChart;
import covid.ArchivedSet;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Variable;
import org.apache.camel.component.aws2.s3.AWS2S3Constants;
import org.apache.camel.support.LRUCacheFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The charts of the current set and the one before. Each is drawn once, however many ask for it.
 */
public final class Charts {
  private static final Logger LOG = LoggerFactory.getLogger("draw-chart");

  /** Says in the bucket which set a chart is of. */
  private static final String SET = "set";

  private static final int PATIENCE_SECONDS = 60;

  /** While a set is replaced by another, there are readers of both. */
  private static final int MOST_SETS = 2;

  private final ComparisonChart chart = new ComparisonChart();
  private final Map<String, CompletableFuture<byte[]>> pngs =
      LRUCacheFactory.newLRUCache(MOST_SETS);
  private final Map<String, String> svgs = LRUCacheFactory.newLRUCache(MOST_SETS);

  /**
   * Whether the caller has to draw the chart of a set. If so, it must say the end of it by {@link
   * #drawn} or {@link #failed}.
   */
  public synchronized boolean isDue(@Body ArchivedSet set) {
    CompletableFuture<byte[]> png = pngs.get(set.etag());
    boolean due = png == null || png.isCompletedExceptionally();
    if (due) {
      pngs.put(set.etag(), new CompletableFuture<>());
    }
    return due;
  }

  /** Whoever waits for the chart gets it. */
  public synchronized void drawn(@Body byte[] png, @Variable("set") ArchivedSet set) {
    pngs.get(set.etag()).complete(png);
  }

  /** Whoever waits for the chart is told why there is none; the next one may try again. */
  public synchronized void failed(
      @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Throwable error,
      @Variable("set") ArchivedSet set) {
    LOG.error("The chart cannot be drawn: {}", Reason.of(error), error);
    pngs.get(set.etag()).completeExceptionally(error);
  }

  /** The chart as PNG, as soon as it is there. */
  public byte[] png(@Body ArchivedSet set)
      throws ExecutionException, InterruptedException, TimeoutException {
    CompletableFuture<byte[]> png;
    synchronized (this) {
      png = pngs.get(set.etag());
    }
    return png.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  /** The chart as SVG. While it is drawn, only those wait who want it too. */
  public String svg(@Body ArchivedSet set) {
    synchronized (svgs) {
      return svgs.computeIfAbsent(set.etag(), etag -> chart.svg(set.series()));
    }
  }

  /** Draws. */
  public byte[] draw(@Variable("set") ArchivedSet set) {
    return chart.png(set.series());
  }

  /** What is noted with a chart in the bucket. */
  public Map<String, String> origin(@Variable("set") ArchivedSet set) {
    return Map.of(SET, bare(set.etag()));
  }

  /** Takes the chart that was found in the bucket if it is of the same set. */
  Exchange found(Exchange asking, Exchange read) {
    Map<?, ?> origin = read.getMessage().getHeader(AWS2S3Constants.METADATA, Map.class);
    ArchivedSet set = asking.getVariable("set", ArchivedSet.class);
    boolean same = origin != null && bare(set.etag()).equals(origin.get(SET));
    asking.getMessage().setBody(same ? read.getMessage().getBody(byte[].class) : null);
    return asking;
  }

  private static String bare(String etag) {
    return etag.replace("\"", "");
  }
}
