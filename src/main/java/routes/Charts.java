package routes;

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

  private final ComparisonChart chart = new ComparisonChart();
  private final ProducerTemplate routes;
  private Drawing<CompletableFuture<byte[]>> png;
  private Drawing<String> svg;

  private record Drawing<T>(String etag, T picture) {
    boolean isOf(ArchivedSet set) {
      return etag.equals(set.etag());
    }
  }

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
    if (png == null || !png.isOf(set) || png.picture().isCompletedExceptionally()) {
      png =
          new Drawing<>(
              set.etag(), routes.asyncRequestBody("direct:draw-chart", set, byte[].class));
    }
    return png.picture();
  }

  /** The chart as SVG. */
  public synchronized String svg(@Body ArchivedSet set) {
    if (svg == null || !svg.isOf(set)) {
      svg = new Drawing<>(set.etag(), chart.svg(set.series()));
    }
    return svg.picture();
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
