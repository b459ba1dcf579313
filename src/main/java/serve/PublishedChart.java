package serve;

import chart.ComparisonChart;
import covid.ArchivedSet;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import web.Answer;
import web.Problem;
import web.ProblemException;

/**
 * The charts of the published set and the previous one. Each is drawn once for all requests, and
 * saved in the bucket for other processes.
 */
public final class PublishedChart {
  private static final Logger LOG = LoggerFactory.getLogger("draw-chart");

  /** The metadata of the saved chart that name its set. */
  private static final String SET = "set";

  private static final String PNG = "image/png";
  private static final int PATIENCE_SECONDS = 60;

  /** While a set is replaced, both are served. */
  private static final int MOST_SETS = 2;

  private final ComparisonChart chart = new ComparisonChart();
  private final Map<String, CompletableFuture<Answer>> pngs = LruMap.synchronizedMap(MOST_SETS);
  private final Map<String, Answer> svgs = LruMap.synchronizedMap(MOST_SETS);
  private final BucketObjects bucket;
  private final String key;
  private final Executor executor;
  private final Failures failures;

  /**
   * @param bucket where the chart is saved
   * @param key of the chart in it
   * @param executor draws charts
   * @param failures explains why a chart cannot be read, drawn or saved
   */
  public PublishedChart(BucketObjects bucket, String key, Executor executor, Failures failures) {
    this.bucket = bucket;
    this.key = key;
    this.executor = executor;
    this.failures = failures;
  }

  /** Starts drawing the chart of a set unless that has begun already; does not wait. */
  CompletableFuture<Answer> prepare(ArchivedSet set) {
    CompletableFuture<Answer> png;
    synchronized (pngs) {
      CompletableFuture<Answer> begun = pngs.get(set.etag());
      if (begun != null && !begun.isCompletedExceptionally()) {
        return begun;
      }
      png = new CompletableFuture<>();
      pngs.put(set.etag(), png);
    }
    executor.execute(() -> complete(png, set));
    return png;
  }

  private void complete(CompletableFuture<Answer> png, ArchivedSet set) {
    try {
      png.complete(Answer.of(PNG, savedOrDrawn(set)));
    } catch (RuntimeException | Error e) {
      LOG.error("The chart cannot be drawn: {}", failures.forOperators(e), e);
      png.completeExceptionally(e);
    }
  }

  private byte[] savedOrDrawn(ArchivedSet set) {
    return saved(set).orElseGet(() -> drawn(set));
  }

  private byte[] drawn(ArchivedSet set) {
    byte[] drawn = chart.png(set.series());
    LOG.info("Drew the chart of {} days", set.series().days().size());
    save(drawn, set);
    return drawn;
  }

  /** The chart in the bucket if it is of the same set; empty otherwise, or if it cannot be read. */
  private Optional<byte[]> saved(ArchivedSet set) {
    try {
      return bucket.read(key, Optional.empty(), BucketObjects.REMOVE)
                  instanceof BucketObjects.Found found
              && name(set).equals(found.metadata().get(SET))
          ? Optional.of(found.content())
          : Optional.empty();
    } catch (SdkException | IOException | ForeignObjectException e) {
      LOG.warn("The saved chart cannot be read: {}", failures.forOperators(e), e);
      return Optional.empty();
    }
  }

  private void save(byte[] png, ArchivedSet set) {
    try {
      bucket.put(key, png, PNG, Map.of(SET, name(set)));
    } catch (SdkException e) {
      LOG.warn("The chart cannot be saved: {}", failures.forOperators(e), e);
    }
  }

  private static String name(ArchivedSet set) {
    String name = set.etag().replace("\"", "");
    // A chart that credits a source must not replace one that says synthetic.
    return set.series().isSynthetic() ? name + "-" + ArchivedSet.SYNTHETIC : name;
  }

  /**
   * The chart as PNG, as soon as it is drawn.
   *
   * @param bulkhead limits how many callers wait
   * @throws ProblemException with status 503 if it is not drawn in time
   * @throws ExecutionException if it cannot be drawn; the next call tries again
   */
  Answer png(ArchivedSet set, Bulkhead bulkhead) throws Exception {
    CompletableFuture<Answer> png = prepare(set);
    try {
      return png.isDone()
          ? png.get()
          : bulkhead.call(() -> png.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
    } catch (TimeoutException e) {
      throw new ProblemException(Problem.busy());
    }
  }

  /** The chart as SVG. While it is drawn, only other callers of this method wait. */
  Answer svg(ArchivedSet set) {
    synchronized (svgs) {
      return svgs.computeIfAbsent(
          set.etag(), etag -> Answer.of("image/svg+xml", chart.svg(set.series())));
    }
  }
}
