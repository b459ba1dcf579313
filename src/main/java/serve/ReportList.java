package serve;

import aws.BucketKeys;
import aws.ForeignObject;
import covid.RunId;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import web.ProblemException;

/** The list of reports in the bucket, refreshed when that is due. */
final class ReportList {
  private static final Logger LOG = LoggerFactory.getLogger("published-reports");

  /** What an operator should do about an object that is not a report. */
  static final String REMEDY = "remove it";

  private static final int MOST_NAMED = 10;

  private final BucketObjects bucket;
  private final Failures failures;
  private final RefreshingCache<List<Entry>> cache;
  private volatile List<String> foreignKeys = List.of();

  ReportList(BucketObjects bucket, Clock clock, Duration refresh, Failures failures) {
    this.bucket = bucket;
    this.failures = failures;
    this.cache = new RefreshingCache<>(clock, refresh, new Loader());
  }

  /**
   * A report.
   *
   * @param id the id of the run
   * @param etag identifies this state of the report, which may be written twice
   */
  record Entry(String id, String etag) {
    String key() {
      return BucketKeys.report(id);
    }
  }

  /**
   * The reports, newest first.
   *
   * @param bulkhead bounds how many callers wait for the bucket
   * @throws ProblemException with status 503 if they cannot be listed
   */
  Published<List<Entry>> current(Bulkhead bulkhead) throws ProblemException {
    return cache.get(bulkhead).orElseThrow();
  }

  /** Makes the next call list the reports again. */
  void expire() {
    cache.expire();
  }

  private final class Loader implements RefreshingCache.Loader<List<Entry>> {
    @Override
    public Optional<List<Entry>> load(Optional<List<Entry>> known) {
      List<Entry> entries = new ArrayList<>();
      List<String> others = new ArrayList<>();
      for (BucketObjects.Listed object :
          (Iterable<BucketObjects.Listed>) bucket.list(BucketKeys.REPORTS)::iterator) {
        BucketKeys.name(BucketKeys.REPORTS, object.key())
            .filter(RunId::isId)
            .ifPresentOrElse(
                id -> entries.add(new Entry(id, object.etag())), () -> others.add(object.key()));
      }
      // Some tools create an empty object to show a folder.
      others.remove(BucketKeys.REPORTS);
      name(others);
      entries.sort(Comparator.comparing(Entry::id).reversed());
      return Optional.of(List.copyOf(entries));
    }

    @Override
    public String explain(Exception failure) {
      LOG.warn("The run reports cannot be listed: {}", failures.forOperators(failure), failure);
      return failures.forReaders(failure);
    }
  }

  /** Logs foreign objects, once while they stay the same. */
  private void name(List<String> keys) {
    if (!keys.equals(foreignKeys)) {
      foreignKeys = keys;
      keys.stream()
          .limit(MOST_NAMED)
          .map(
              key ->
                  new ForeignObject(
                      bucket.bucket(), bucket.prefix() + key, "is not the report of a run", REMEDY))
          .forEach(object -> LOG.warn("{}", object.forOperators()));
    }
  }
}
