package serve;

import aws.BucketKeys;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import web.Answer;
import web.Problem;
import web.ProblemException;

/** Single reports in the bucket. Those of ended runs do not change, and are cached. */
final class SingleReports {
  private static final Logger LOG = LoggerFactory.getLogger("published-reports");

  /** Caches at most 16 MB; a usual report has 2,000 bytes. */
  private static final int MOST_KEPT = 64;

  private static final int MOST_BYTES = 250_000;

  /**
   * A run writes its report again if its message cannot be sent, at the latest after the retries of
   * sending.
   */
  private static final Duration SETTLED = Duration.ofHours(2);

  private static final Duration FOR_GOOD = Duration.ofDays(36_500);

  private final BucketObjects bucket;
  private final Clock clock;
  private final Duration refresh;
  private final Failures failures;
  private final Map<String, RefreshingCache<Report>> kept = LruMap.synchronizedMap(MOST_KEPT);
  private final Map<String, RefreshingCache<Report>> loading = new ConcurrentHashMap<>();

  SingleReports(BucketObjects bucket, Clock clock, Duration refresh, Failures failures) {
    this.bucket = bucket;
    this.clock = clock;
    this.refresh = refresh;
    this.failures = failures;
  }

  private record Report(Answer answer, String etag, Instant lastModified) {
    boolean isWorthKeeping() {
      return answer.body().length <= MOST_BYTES;
    }
  }

  /**
   * A report.
   *
   * @throws ProblemException with status 404 if there is none, 503 if it cannot be read
   */
  Answer report(String id, Bulkhead bulkhead) throws ProblemException {
    Optional<Published<Report>> report = current(id, bulkhead);
    if (report.isEmpty()) {
      throw new ProblemException(Problem.noRun(id));
    }
    return report.get().content().answer().aged(report.get().age());
  }

  private Optional<Published<Report>> current(String id, Bulkhead bulkhead)
      throws ProblemException {
    RefreshingCache<Report> known = kept.get(id);
    if (known != null) {
      return known.get(bulkhead);
    }
    // An id without a report must not evict a cached report.
    RefreshingCache<Report> first = loading.computeIfAbsent(id, this::cache);
    try {
      Optional<Published<Report>> report = first.get(bulkhead);
      if (report.isPresent() && report.get().content().isWorthKeeping()) {
        kept.putIfAbsent(id, first);
      }
      return report;
    } finally {
      loading.remove(id, first);
    }
  }

  private RefreshingCache<Report> cache(String id) {
    return new RefreshingCache<>(clock, refresh, new Loader(id));
  }

  private final class Loader implements RefreshingCache.Loader<Report> {
    private final String key;

    private Loader(String id) {
      this.key = BucketKeys.report(id);
    }

    @Override
    public Optional<Report> load(Optional<Report> known)
        throws IOException, ForeignObjectException {
      BucketObjects.Read read = bucket.read(key, known.map(Report::etag), ReportList.REMEDY);
      if (read instanceof BucketObjects.Unchanged) {
        return known;
      }
      return read instanceof BucketObjects.Found found
          ? Optional.of(
              new Report(
                  Answer.of(Answer.JSON, found.content()), found.etag(), found.lastModified()))
          : Optional.empty();
    }

    @Override
    public Duration lifetime(Report report, Duration refresh) {
      return report.lastModified().isBefore(clock.instant().minus(SETTLED)) ? FOR_GOOD : refresh;
    }

    @Override
    public String explain(Exception failure) {
      LOG.warn("{} cannot be read: {}", key, failures.forOperators(failure), failure);
      return failures.forReaders(failure);
    }
  }
}
