package serve;

import covid.Archived;
import feeds.ArchiveRecords;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import web.Problem;
import web.ProblemException;

/**
 * The published set, read from the bucket again when a refresh is due and it has changed.
 *
 * @param <S> its form
 */
public final class PublishedSet<S extends Archived<S>> {
  private static final Logger LOG = LoggerFactory.getLogger("published-set");

  private final BucketObjects bucket;
  private final String key;
  private final SetForm<S> form;
  private final boolean syntheticByDefault;
  private final Failures failures;
  private final RefreshingCache<S> cache;

  /**
   * @param bucket the bucket of the set
   * @param key the key of the set
   * @param form its form
   * @param syntheticByDefault whether its figures are invented if its metadata do not say: version
   *     0.1 wrote none
   * @param clock measures the age of the cached set
   * @param refresh how long it is served without checking the bucket
   * @param failures explains why it cannot be read
   */
  public PublishedSet(
      BucketObjects bucket,
      String key,
      SetForm<S> form,
      boolean syntheticByDefault,
      Clock clock,
      Duration refresh,
      Failures failures) {
    this.bucket = bucket;
    this.key = key;
    this.form = form;
    this.syntheticByDefault = syntheticByDefault;
    this.failures = failures;
    this.cache = new RefreshingCache<>(clock, refresh, new Loader());
  }

  /**
   * The set.
   *
   * @param bulkhead bounds how many callers wait for the bucket
   * @throws ProblemException with status 503 if there is none yet, or it cannot be read
   */
  public Published<S> current(Bulkhead bulkhead) throws ProblemException {
    return cache.get(bulkhead).orElseThrow(() -> new ProblemException(Problem.noSetYet()));
  }

  /** Makes the next call read the set again, since a run has published a newer one. */
  public void expire() {
    cache.expire();
  }

  private final class Loader implements RefreshingCache.Loader<S> {
    @Override
    public Optional<S> load(Optional<S> known) throws IOException, ForeignObjectException {
      BucketObjects.Read read = form.read(bucket, key, known.map(S::etag));
      if (read instanceof BucketObjects.Unchanged unchanged) {
        // It may have been published again.
        return known.map(set -> unchanged.lastModified().<S>map(set::at).orElse(set));
      }
      return read instanceof BucketObjects.Found found
          ? Optional.of(parse(found))
          : Optional.empty();
    }

    private S parse(BucketObjects.Found found) throws ForeignObjectException, IOException {
      try {
        return form.parse(found, isSynthetic(found));
      } catch (ArchiveRecords.NotASetException e) {
        throw bucket.foreign(key, e.finding(), ArchiveRecords.REMEDY, e);
      }
    }

    private boolean isSynthetic(BucketObjects.Found found) {
      String noted = found.metadata().get(Archived.SYNTHETIC);
      return noted == null ? syntheticByDefault : Boolean.parseBoolean(noted);
    }

    @Override
    public String explain(Exception failure) {
      LOG.warn("The published set cannot be read: {}", failures.forOperators(failure), failure);
      return failures.forReaders(failure);
    }
  }
}
