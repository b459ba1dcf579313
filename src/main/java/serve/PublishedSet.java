package serve;

import covid.Archived;
import feeds.ArchiveRecords;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import versions.Pointer;
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
  private final RefreshingCache<State<S>> cache;

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
   * A set with what its metadata say.
   *
   * @param pointer which version it is; empty if it is of version 0.1
   */
  record State<S extends Archived<S>>(S set, Optional<Pointer> pointer) {}

  /**
   * The set.
   *
   * @param bulkhead bounds how many callers wait for the bucket
   * @throws ProblemException with status 503 if there is none yet, or it cannot be read
   */
  public Published<S> current(Bulkhead bulkhead) throws ProblemException {
    Published<State<S>> state = state(bulkhead);
    return new Published<>(state.content().set(), state.age());
  }

  /**
   * Which version the set is; empty if it is of version 0.1, which kept none.
   *
   * @param bulkhead bounds how many callers wait for the bucket
   * @throws ProblemException with status 503 if there is no set yet, or it cannot be read
   */
  Published<Optional<Pointer>> pointer(Bulkhead bulkhead) throws ProblemException {
    Published<State<S>> state = state(bulkhead);
    return new Published<>(state.content().pointer(), state.age());
  }

  /** The set and which version it is, of one moment; see {@link #current}. */
  Published<State<S>> state(Bulkhead bulkhead) throws ProblemException {
    return cache.get(bulkhead).orElseThrow(() -> new ProblemException(Problem.noSetYet()));
  }

  /** Makes the next call read the set again, since a run has published a newer one. */
  public void expire() {
    cache.expire();
  }

  private final class Loader implements RefreshingCache.Loader<State<S>> {
    @Override
    public Optional<State<S>> load(Optional<State<S>> known)
        throws IOException, ForeignObjectException {
      BucketObjects.Read read = form.read(bucket, key, known.map(state -> state.set().etag()));
      if (read instanceof BucketObjects.Unchanged unchanged) {
        return unchanged(known.orElseThrow(), unchanged.lastModified());
      }
      return read instanceof BucketObjects.Found found
          ? Optional.of(read(found))
          : Optional.empty();
    }

    /**
     * The same set may have been published again, with other metadata. Not every server says when.
     */
    private Optional<State<S>> unchanged(State<S> known, Optional<Instant> lastModified)
        throws IOException, ForeignObjectException {
      if (lastModified.equals(Optional.of(known.set().updatedAt()))) {
        return Optional.of(known);
      }
      Optional<BucketObjects.Metadata> now = bucket.metadata(key);
      if (now.isEmpty() || !now.get().etag().equals(known.set().etag())) {
        return load(Optional.empty());
      }
      Instant updatedAt = lastModified.orElse(now.get().lastModified());
      S set = updatedAt.equals(known.set().updatedAt()) ? known.set() : known.set().at(updatedAt);
      return Optional.of(new State<>(set, Pointer.of(now.get().userDefined())));
    }

    private State<S> read(BucketObjects.Found found) throws ForeignObjectException, IOException {
      return new State<>(parse(found), Pointer.of(found.metadata()));
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
