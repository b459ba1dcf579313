package serve;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import versions.Pointer;
import versions.Timeline;
import versions.VersionEntry;
import web.Json;
import web.Problem;
import web.ProblemException;

/**
 * The versions of the published set, from its metadata and the index; refreshed when that is due,
 * or the set is another version.
 */
public final class PublishedTimeline {
  private static final Logger LOG = LoggerFactory.getLogger("published-versions");

  private final PublishedSet<?> set;
  private final PublishedIndex index;
  private final Failures failures;
  private final ParentWalk walk;
  private final RefreshingCache<KnownVersions> cache;

  /**
   * @param set whose metadata name the newest versions
   * @param bucket the bucket of the set
   * @param manifests of versions, for those that the index lacks
   * @param json how the index is read
   * @param clock measures the age of the cached list
   * @param refresh how long it is served without checking the bucket
   * @param failures explains why it cannot be read
   */
  public PublishedTimeline(
      PublishedSet<?> set,
      BucketObjects bucket,
      Manifests manifests,
      Json json,
      Clock clock,
      Duration refresh,
      Failures failures) {
    this.set = set;
    this.index = new PublishedIndex(bucket, json, failures);
    this.failures = failures;
    this.walk = new ParentWalk(manifests, clock);
    this.cache = new RefreshingCache<>(clock, refresh, new Loader());
  }

  /**
   * What is known of the versions; none if the set is of version 0.1.
   *
   * @param bulkhead bounds how many callers wait for the bucket
   * @throws ProblemException with status 503 if there is no set yet, or they cannot be read
   */
  Published<KnownVersions> current(Bulkhead bulkhead) throws ProblemException {
    String version = id(set.pointer(bulkhead).content());
    Published<KnownVersions> known = cache.get(bulkhead).orElseThrow();
    // After a failure the cache knows best when to try again.
    if (!known.content().current().equals(version) && !known.isStale()) {
      cache.expire();
      known = cache.get(bulkhead).orElseThrow();
    }
    return known;
  }

  /**
   * The id of the current version.
   *
   * @param bulkhead bounds how many callers wait for the bucket
   * @throws ProblemException with status 404 if there are no versions, 503 if there is no set yet,
   *     or it cannot be read
   */
  Published<String> newest(Bulkhead bulkhead) throws ProblemException {
    Published<Optional<Pointer>> pointer = set.pointer(bulkhead);
    if (pointer.content().isEmpty()) {
      throw new ProblemException(Problem.noVersions());
    }
    return new Published<>(id(pointer.content()), pointer.age());
  }

  private static String id(Optional<Pointer> pointer) {
    return pointer.map(Pointer::version).orElse("");
  }

  private final class Loader implements RefreshingCache.Loader<KnownVersions> {
    @Override
    public Optional<KnownVersions> load(Optional<KnownVersions> known)
        throws ProblemException, IOException {
      Optional<Pointer> pointer = set.pointer(Bulkhead.UNBOUNDED).content();
      PublishedIndex.State state = index.read(known.map(KnownVersions::index));
      if (pointer.isEmpty()) {
        return Optional.of(KnownVersions.none(state));
      }
      return Optional.of(known(pointer.get(), state));
    }

    private KnownVersions known(Pointer pointer, PublishedIndex.State state)
        throws ProblemException, IOException {
      ParentWalk.Found found = walk.from(pointer, state.index());
      Timeline timeline = new Timeline(state.index().plus(found.versions()), pointer.recent());
      Instant oldest = timeline.first().map(VersionEntry::at).orElse(Instant.MAX);
      return found.end() == null
          ? new KnownVersions(pointer.version(), timeline, state, state.damage(), oldest)
          : new KnownVersions(pointer.version(), timeline, state, found.end(), found.since());
    }

    @Override
    public String explain(Exception failure) {
      LOG.warn("The versions cannot be listed: {}", failures.forOperators(failure), failure);
      return failure instanceof ProblemException problem
          ? problem.problem().detail()
          : failures.forReaders(failure);
    }
  }
}
