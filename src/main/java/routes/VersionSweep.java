package routes;

import aws.AwsErrors;
import aws.BucketKeys;
import covid.RunFailedException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;
import versions.Pointer;
import versions.Version;
import versions.VersionEntry;
import versions.VersionId;
import versions.VersionIndex;

/**
 * Removes versions that are older than they are to be kept, and series that no version has any
 * more. It can end at any call: what is left then, the next one removes.
 *
 * <p>The list forgets versions before they are removed, so no reader is sent to one that is gone.
 * Only what is older than a day is removed, and only as it was listed ({@code If-Match}): a run
 * that is about to publish puts again what is older than half a day, with another entity tag.
 *
 * @param objects the set, the index and manifests
 * @param set the key of the published set, with the prefix
 * @param now the time
 */
record VersionSweep(VersionObjects objects, String set, Instant now) {
  private static final Duration YOUNG = Duration.ofDays(1);

  /**
   * What a sweep removed.
   *
   * @param versions manifests
   * @param series objects with the series of a place
   */
  record Swept(int versions, int series) {}

  /**
   * Sweeps, if that is worth the requests.
   *
   * @param keep how long versions are kept
   * @param fewest how many versions must have expired
   * @throws RunFailedException if a kept version cannot be read: then nothing of its series may go
   */
  Optional<Swept> sweep(Duration keep, int fewest) throws RunFailedException {
    Instant cutoff = now.minus(keep);
    VersionIndex index = objects.index().read().versions();
    if (index.expired(cutoff).size() < fewest && !index.isToBeSwept()) {
      return Optional.empty();
    }
    Instant since = objects.index().forget(cutoff);
    Set<String> kept = kept();
    Predicate<String> goes =
        id -> VersionId.isId(id) && VersionId.at(id).isBefore(since) && !kept.contains(id);
    List<S3Object> manifests = objects.list(BucketKeys.VERSIONS);
    int versions = 0;
    Set<String> series = new HashSet<>();
    for (S3Object manifest : manifests) {
      Optional<String> id = objects.name(BucketKeys.VERSIONS, manifest);
      if (id.filter(goes).isEmpty()) {
        series.addAll(id.filter(VersionId::isId).isPresent() ? series(id.get()) : Set.of());
      } else if (remove(manifest)) {
        versions++;
      }
    }
    int removed = 0;
    for (S3Object object : objects.list(BucketKeys.SERIES)) {
      if (!series.contains(object.key()) && remove(object)) {
        removed++;
      }
    }
    objects.index().swept(since);
    return Optional.of(new Swept(versions, removed));
  }

  /**
   * The versions that lists name. The pointer first: a version moves from it into the index, and is
   * in the index before it is no longer in the pointer.
   */
  private Set<String> kept() throws RunFailedException {
    Set<String> kept = new HashSet<>();
    objects
        .set(set)
        .flatMap(object -> Pointer.of(object.metadata()))
        .ifPresent(pointer -> pointer.recent().forEach(version -> kept.add(version.id())));
    objects.index().read().versions().versions().stream().map(VersionEntry::id).forEach(kept::add);
    return kept;
  }

  /** The keys of the series of a version. */
  private Set<String> series(String id) throws RunFailedException {
    Version version =
        objects
            .version(id)
            .orElseThrow(
                () -> new RunFailedException("The manifest of version %s is gone.".formatted(id)));
    Set<String> keys = new HashSet<>();
    version.series().forEach(one -> keys.add(objects.prefix() + BucketKeys.series(one.sha256())));
    return keys;
  }

  private boolean remove(S3Object object) {
    if (object.lastModified().isAfter(now.minus(YOUNG))) {
      return false;
    }
    try {
      objects
          .s3()
          .deleteObject(
              delete -> delete.bucket(objects.bucket()).key(object.key()).ifMatch(object.eTag()));
      return true;
    } catch (S3Exception e) {
      if (AwsErrors.lostRace(e)) {
        return false;
      }
      throw e;
    }
  }
}
