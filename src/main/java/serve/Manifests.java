package serve;

import aws.BucketKeys;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import versions.Version;
import web.Json;
import web.Problem;
import web.ProblemException;

/** The manifests of versions. */
public final class Manifests {
  /** What an operator should do about an object that is not what it was. */
  static final String REMEDY = "restore it from a copy";

  /** A manifest has 250 bytes of each series in memory: at most 25 MB are kept. */
  private static final long MOST_SERIES = 100_000;

  private final BucketObjects bucket;
  private final Json json;
  private final LastingObjects<Version> objects;

  /**
   * @param bucket the bucket of the set
   * @param json how manifests are read
   * @param clock limits how long callers wait
   * @param failures explains why one cannot be read
   */
  public Manifests(BucketObjects bucket, Json json, Clock clock, Failures failures) {
    this.bucket = bucket;
    this.json = json;
    this.objects =
        new LastingObjects<>(
            bucket,
            clock,
            failures,
            this::parse,
            MOST_SERIES,
            version -> 1 + version.series().size());
  }

  /**
   * The manifest of a version.
   *
   * @param bulkhead bounds how many callers wait for the bucket
   * @return empty if there is no such version
   * @throws ProblemException with status 503 if it cannot be read
   */
  Optional<Version> find(String id, Bulkhead bulkhead) throws ProblemException {
    return objects.find(BucketKeys.version(id), bulkhead);
  }

  /**
   * The manifest of a version that a caller asks for.
   *
   * @throws ProblemException with status 404 if there is no such version, 503 if it cannot be read
   */
  Version get(String id, Bulkhead bulkhead) throws ProblemException {
    return find(id, bulkhead).orElseThrow(() -> new ProblemException(Problem.noVersion(id)));
  }

  /**
   * The manifest of a version that a list has.
   *
   * @throws ProblemException with status 503 if there is none, or it cannot be read
   */
  Version listed(String id, Bulkhead bulkhead) throws ProblemException {
    return objects.get(BucketKeys.version(id), bulkhead);
  }

  /**
   * Reads the manifest of a version, whether it is kept or not.
   *
   * @throws ForeignObjectException if there is none, or it is damaged
   * @throws software.amazon.awssdk.core.exception.SdkException if S3 does not answer or refuses
   */
  Version read(String id) throws ForeignObjectException, IOException {
    String key = BucketKeys.version(id);
    if (bucket.read(key, Optional.empty(), REMEDY) instanceof BucketObjects.Found found) {
      return parse(key, found.content());
    }
    throw bucket.foreign(key, "is missing", REMEDY, null);
  }

  private Version parse(String key, byte[] text) throws ForeignObjectException {
    try {
      Optional<Version> version = json.read(text, Version.class);
      if (version.isPresent()
          && BucketKeys.version(version.get().id()).equals(key)
          && !version.get().series().isEmpty()) {
        return version.get();
      }
    } catch (IOException e) {
      throw bucket.foreign(key, "is not the manifest of a version", REMEDY, e);
    }
    throw bucket.foreign(key, "is not the manifest of this version", REMEDY, null);
  }
}
