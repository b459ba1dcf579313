package routes;

import static org.apache.camel.support.LRUCacheFactory.newLRUCache;

import chart.ComparisonChart;
import covid.ArchivedSet;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.Variable;
import org.apache.camel.component.aws2.s3.AWS2S3Constants;

/** The chart of the current set. It is drawn once, however many ask for it. */
public final class Charts {
  /** Says in the bucket which set a chart is of. */
  private static final String SET = "set";

  /** While a set is replaced by another, there are readers of both. */
  private static final int MOST_SETS = 2;

  private final ComparisonChart chart = new ComparisonChart();
  private final ProducerTemplate routes;
  private final Map<String, CompletableFuture<byte[]>> pngs = newLRUCache(MOST_SETS);
  private final Map<String, String> svgs = newLRUCache(MOST_SETS);

  /**
   * @param routes calls {@code draw-chart}
   */
  public Charts(ProducerTemplate routes) {
    this.routes = routes;
  }

  /** Has the chart made, and does not wait for it. */
  public void prepare(@Body ArchivedSet set) {
    drawing(set);
  }

  /** The chart as PNG; waits until it is there. */
  public byte[] png(@Body ArchivedSet set) throws ExecutionException, InterruptedException {
    return drawing(set).get();
  }

  private synchronized Future<byte[]> drawing(ArchivedSet set) {
    CompletableFuture<byte[]> png = pngs.get(set.etag());
    if (png == null || png.isCompletedExceptionally()) {
      png = routes.asyncRequestBody("direct:draw-chart", set, byte[].class);
      pngs.put(set.etag(), png);
    }
    return png;
  }

  /** The chart as SVG. */
  public synchronized String svg(@Body ArchivedSet set) {
    return svgs.computeIfAbsent(set.etag(), etag -> chart.svg(set.series()));
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
