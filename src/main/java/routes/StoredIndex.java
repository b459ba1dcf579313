package routes;

import static java.util.Objects.requireNonNullElse;

import aws.AwsErrors;
import aws.BucketKeys;
import covid.RunFailedException;
import java.io.IOException;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;
import versions.VersionEntry;
import versions.VersionIndex;
import web.Answer;

/**
 * The index of versions, which is only replaced as it was read.
 *
 * @param objects of the bucket that it is in
 */
record StoredIndex(VersionObjects objects) {

  /**
   * The index as it is.
   *
   * @param versions none if there is no index yet
   * @param etag of the object, quotes included; null if there is none
   */
  record Read(VersionIndex versions, @Nullable String etag) {}

  /**
   * Reads the index.
   *
   * @throws RunFailedException if the object is not an index
   */
  Read read() throws RunFailedException {
    ResponseBytes<GetObjectResponse> object = objects.read(key());
    if (object == null) {
      return new Read(VersionIndex.EMPTY, null);
    }
    try {
      return new Read(
          objects
              .json()
              .read(object.asByteArray(), VersionIndex.class)
              .orElseThrow(() -> new IOException("It is null")),
          object.response().eTag());
    } catch (IOException e) {
      throw objects.damaged(BucketKeys.INDEX, "is not the index of versions", e);
    }
  }

  private String key() {
    return objects.prefix() + BucketKeys.INDEX;
  }

  /**
   * Replaces the index.
   *
   * @param read what it was made from
   * @throws S3Exception if another index is there, see {@link AwsErrors#lostRace}
   */
  void put(VersionIndex versions, Read read) {
    objects.put(key(), Answer.JSON, Map.of(), objects.json().write(versions), read.etag());
  }

  /**
   * Adds versions to the index, which has each once.
   *
   * @param versions the newest first
   * @throws SdkClientException if another run has changed the index; a retry reads it again
   * @throws RunFailedException if the object is not an index
   */
  void add(Collection<VersionEntry> versions) throws RunFailedException {
    change(index -> index.plus(versions));
  }

  /**
   * Lets the index forget versions that are no longer kept.
   *
   * @param cutoff see {@link VersionIndex#without}
   * @return since when all versions are kept
   * @throws SdkClientException if another run has changed the index; a retry reads it again
   * @throws RunFailedException if the object is not an index
   */
  Instant forget(Instant cutoff) throws RunFailedException {
    return requireNonNullElse(change(index -> index.without(cutoff)).keptSince(), Instant.MIN);
  }

  /** Notes in the index that a sweep has ended; see {@link #forget}. */
  void swept(Instant to) throws RunFailedException {
    change(index -> index.swept(to));
  }

  private VersionIndex change(UnaryOperator<VersionIndex> change) throws RunFailedException {
    Read read = read();
    VersionIndex changed = change.apply(read.versions());
    if (changed.equals(read.versions())) {
      return changed;
    }
    try {
      put(changed, read);
      return changed;
    } catch (S3Exception e) {
      if (AwsErrors.lostRace(e)) {
        throw SdkClientException.create("Another run has changed %s".formatted(key()), e);
      }
      throw e;
    }
  }
}
