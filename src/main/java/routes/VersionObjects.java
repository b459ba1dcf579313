package routes;

import static java.util.Objects.requireNonNullElse;

import aws.AwsErrors;
import aws.BucketKeys;
import java.io.IOException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;
import versions.Version;
import versions.VersionEntry;
import versions.VersionIndex;
import web.Answer;
import web.Json;

/**
 * The objects that are only replaced as they were read: the published set and the index of
 * versions. By the client of the SDK, since the component of Camel has no {@code If-Match}.
 *
 * @param s3 whose own retries are off
 * @param bucket its name
 * @param prefix of the dataset's keys
 * @param json how the index is written
 */
record VersionObjects(S3Client s3, String bucket, String prefix, Json json) {

  /** Those of the application's bucket and dataset. */
  static VersionObjects of(Exchange exchange, Json json) {
    return new VersionObjects(
        exchange.getContext().getRegistry().lookupByNameAndType("s3", S3Client.class),
        Bucket.resolved(exchange, "{{archive.bucket}}"),
        Bucket.resolved(exchange, Bucket.PREFIX),
        json);
  }

  /**
   * Puts the published set.
   *
   * @param key of the set, with the prefix
   * @param etag of the set that it replaces; empty if there is none
   * @throws S3Exception if another set is there, see {@link AwsErrors#lostRace}
   */
  void putSet(String key, byte[] csv, Map<String, String> metadata, Optional<String> etag) {
    s3.putObject(
        put ->
            conditional(put, etag.orElse(null))
                .bucket(bucket)
                .key(key)
                .contentType(Answer.CSV)
                .metadata(metadata),
        RequestBody.fromBytes(csv));
  }

  /**
   * The published set.
   *
   * @param etag its entity tag, quotes included
   * @param metadata user-defined
   */
  record PublishedObject(byte[] csv, String etag, Map<String, String> metadata) {}

  /**
   * Reads the published set.
   *
   * @param key of the set, with the prefix
   * @return empty if there is none
   */
  Optional<PublishedObject> set(String key) {
    ResponseBytes<GetObjectResponse> object = read(key);
    return object == null
        ? Optional.empty()
        : Optional.of(
            new PublishedObject(
                object.asByteArray(), object.response().eTag(), object.response().metadata()));
  }

  /**
   * Reads the manifest of a version.
   *
   * @return empty if there is none
   * @throws IOException if the object is not a manifest
   */
  Optional<Version> version(String id) throws IOException {
    ResponseBytes<GetObjectResponse> object = read(prefix + BucketKeys.version(id));
    return object == null ? Optional.empty() : json.read(object.asByteArray(), Version.class);
  }

  /** Puts a manifest, unless it is there: the same id has the same content. */
  void putManifest(Version version) {
    try {
      s3.putObject(
          put ->
              conditional(put, null)
                  .bucket(bucket)
                  .key(prefix + BucketKeys.version(version.id()))
                  .contentType(Answer.JSON),
          RequestBody.fromBytes(json.write(version)));
    } catch (S3Exception e) {
      if (!AwsErrors.isThere(e)) {
        throw e;
      }
    }
  }

  /**
   * The index as it is.
   *
   * @param versions none if there is no index yet
   * @param etag of the object, quotes included; null if there is none
   */
  record Index(VersionIndex versions, @Nullable String etag) {}

  /**
   * Reads the index.
   *
   * @throws IOException if the object is not an index
   */
  Index index() throws IOException {
    ResponseBytes<GetObjectResponse> object = read(prefix + BucketKeys.INDEX);
    return object == null
        ? new Index(VersionIndex.EMPTY, null)
        : new Index(
            json.read(object.asByteArray(), VersionIndex.class).orElse(VersionIndex.EMPTY),
            object.response().eTag());
  }

  /**
   * Replaces the index.
   *
   * @param read what it was made from
   * @throws S3Exception if another index is there, see {@link AwsErrors#lostRace}
   */
  void putIndex(VersionIndex versions, Index read) {
    s3.putObject(
        put ->
            conditional(put, read.etag())
                .bucket(bucket)
                .key(prefix + BucketKeys.INDEX)
                .contentType(Answer.JSON),
        RequestBody.fromBytes(json.write(versions)));
  }

  /**
   * Adds versions to the index, which has each once.
   *
   * @param versions the newest first
   * @throws SdkClientException if another run has changed the index; a retry reads it again
   * @throws IOException if the object is not an index
   */
  void addToIndex(Collection<VersionEntry> versions) throws IOException {
    change(index -> index.plus(versions));
  }

  /**
   * Lets the index forget versions that are no longer kept.
   *
   * @param cutoff see {@link VersionIndex#without}
   * @return since when all versions are kept
   * @throws SdkClientException if another run has changed the index; a retry reads it again
   * @throws IOException if the object is not an index
   */
  Instant forget(Instant cutoff) throws IOException {
    return requireNonNullElse(change(index -> index.without(cutoff)).keptSince(), Instant.MIN);
  }

  /** Notes in the index that a sweep has ended; see {@link #forget}. */
  void swept(Instant to) throws IOException {
    change(index -> index.swept(to));
  }

  private VersionIndex change(UnaryOperator<VersionIndex> change) throws IOException {
    Index read = index();
    VersionIndex changed = change.apply(read.versions());
    if (changed.equals(read.versions())) {
      return changed;
    }
    try {
      putIndex(changed, read);
      return changed;
    } catch (S3Exception e) {
      if (AwsErrors.lostRace(e)) {
        throw SdkClientException.create(
            "Another run has changed %s".formatted(prefix + BucketKeys.INDEX), e);
      }
      throw e;
    }
  }

  /** The objects of a folder. */
  List<S3Object> list(String folder) {
    return s3
        .listObjectsV2Paginator(list -> list.bucket(bucket).prefix(prefix + folder))
        .contents()
        .stream()
        .toList();
  }

  /** The name of a JSON object of a folder; empty if it is another object. */
  Optional<String> name(String folder, S3Object object) {
    return BucketKeys.name(prefix + folder, object.key());
  }

  /** The series of versions. */
  StoredSeries series() {
    return new StoredSeries(s3, bucket, prefix);
  }

  private @Nullable ResponseBytes<GetObjectResponse> read(String key) {
    try {
      return s3.getObjectAsBytes(get -> get.bucket(bucket).key(key));
    } catch (NoSuchKeyException e) {
      return null;
    }
  }

  private static PutObjectRequest.Builder conditional(
      PutObjectRequest.Builder put, @Nullable String etag) {
    return put.ifMatch(etag).ifNoneMatch(etag == null ? "*" : null);
  }
}
