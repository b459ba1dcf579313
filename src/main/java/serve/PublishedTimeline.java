package serve;

import aws.BucketKeys;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import versions.Pointer;
import versions.Timeline;
import versions.VersionEntry;
import versions.VersionIndex;
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
  private final BucketObjects bucket;
  private final Json json;
  private final Failures failures;
  private final ParentWalk walk;
  private final RefreshingCache<Known> cache;

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
    this.bucket = bucket;
    this.json = json;
    this.failures = failures;
    this.walk = new ParentWalk(manifests, clock);
    this.cache = new RefreshingCache<>(clock, refresh, new Loader());
  }

  /**
   * What is known of the versions.
   *
   * @param current the id of the current version; empty if there are no versions
   * @param timeline the versions
   * @param index the object that had some of them
   * @param gap why versions before {@code since} may be missing; null if none are
   * @param since nothing is missing from here on
   */
  private record Known(
      String current, Timeline timeline, Index index, @Nullable String gap, Instant since) {}

  /**
   * The index.
   *
   * @param etag of the object, quotes included; empty if there is none
   * @param damaged why it cannot be read; null if it can
   */
  private record Index(VersionIndex versions, Optional<String> etag, @Nullable String damaged) {}

  /**
   * All versions that can be found; none if the set is of version 0.1.
   *
   * @param bulkhead bounds how many callers wait for the bucket
   * @throws ProblemException with status 503 if there is no set yet, or they cannot be read
   */
  Published<Timeline> current(Bulkhead bulkhead) throws ProblemException {
    Published<Known> known = known(bulkhead);
    return new Published<>(known.content().timeline(), known.age());
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

  /**
   * The version that was the current one at a moment.
   *
   * @param bulkhead bounds how many callers wait for the bucket
   * @throws ProblemException with status 404 if there was none, 503 if that cannot be said
   */
  Published<VersionEntry> asOf(Instant moment, Bulkhead bulkhead) throws ProblemException {
    Published<Known> known = known(bulkhead);
    Known versions = known.content();
    if (versions.gap() != null && moment.isBefore(versions.since())) {
      throw new ProblemException(Problem.away(versions.gap()));
    }
    Optional<VersionEntry> found = versions.timeline().asOf(moment);
    if (found.isEmpty()) {
      throw new ProblemException(
          versions
              .timeline()
              .first()
              .map(first -> Problem.noVersionAsOf(moment, first.at()))
              .orElseGet(Problem::noVersions));
    }
    return new Published<>(found.get(), known.age());
  }

  private Published<Known> known(Bulkhead bulkhead) throws ProblemException {
    String version = id(set.pointer(bulkhead).content());
    Published<Known> known = cache.get(bulkhead).orElseThrow();
    // After a failure the cache knows best when to try again.
    if (!known.content().current().equals(version) && !known.isStale()) {
      cache.expire();
      known = cache.get(bulkhead).orElseThrow();
    }
    return known;
  }

  private static String id(Optional<Pointer> pointer) {
    return pointer.map(Pointer::version).orElse("");
  }

  private final class Loader implements RefreshingCache.Loader<Known> {
    @Override
    public Optional<Known> load(Optional<Known> known) throws ProblemException, IOException {
      Optional<Pointer> pointer = set.pointer(Bulkhead.UNBOUNDED).content();
      Index index = index(known.map(Known::index));
      if (pointer.isEmpty()) {
        return Optional.of(new Known("", Timeline.EMPTY, index, null, Instant.MIN));
      }
      return Optional.of(known(pointer.get(), index));
    }

    private Known known(Pointer pointer, Index index) throws ProblemException, IOException {
      ParentWalk.Found found = walk.from(pointer, index.versions());
      Timeline timeline = new Timeline(index.versions().plus(found.versions()), pointer.recent());
      Instant oldest = timeline.first().map(VersionEntry::at).orElse(Instant.MAX);
      return found.end() == null
          ? new Known(pointer.version(), timeline, index, index.damaged(), oldest)
          : new Known(pointer.version(), timeline, index, found.end(), found.since());
    }

    private Index index(Optional<Index> known) throws IOException {
      try {
        BucketObjects.Read read = bucket.read(BucketKeys.INDEX, known.flatMap(Index::etag));
        if (read instanceof BucketObjects.Unchanged) {
          return known.orElseThrow();
        }
        return read instanceof BucketObjects.Found found
            ? parsed(found)
            : new Index(VersionIndex.EMPTY, Optional.empty(), null);
      } catch (ForeignObjectException e) {
        LOG.warn("{}", failures.forOperators(e), e);
        return new Index(VersionIndex.EMPTY, Optional.empty(), LastingObjects.damaged(e));
      }
    }

    private Index parsed(BucketObjects.Found found) throws ForeignObjectException {
      try {
        Optional<VersionIndex> index = json.read(found.content(), VersionIndex.class);
        return new Index(index.orElseThrow(IOException::new), Optional.of(found.etag()), null);
      } catch (IOException e) {
        throw bucket.foreign(BucketKeys.INDEX, "is not the index of versions", Manifests.REMEDY, e);
      }
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
