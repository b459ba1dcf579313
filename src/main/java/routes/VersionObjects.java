package routes;

import aws.AwsErrors;
import aws.BucketKeys;
import aws.ForeignObject;
import covid.RunFailedException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;
import versions.Version;
import web.Answer;
import web.Json;

/**
 * The published set and the manifests of versions. By the client of the SDK, since the component of
 * Camel has no {@code If-Match}, and the set is only replaced as it was read.
 *
 * @param s3 whose own retries are off
 * @param bucket its name
 * @param prefix of the dataset's keys
 * @param json how manifests and the index are written
 */
record VersionObjects(S3Client s3, String bucket, String prefix, Json json) {
  /** What an operator should do about an object that is lost or damaged. */
  static final String REMEDY = "restore it from a copy";

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
  void putSet(String key, RequestBody csv, Map<String, String> metadata, Optional<String> etag) {
    put(key, Answer.CSV, metadata, csv, etag.orElse(null));
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
   * @throws RunFailedException if the object is not this manifest
   */
  Optional<Version> version(String id) throws RunFailedException {
    String key = BucketKeys.version(id);
    ResponseBytes<GetObjectResponse> object = read(prefix + key);
    if (object == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          json.read(object.asByteArray(), Version.class)
              .filter(version -> version.id().equals(id) && !version.series().isEmpty())
              .orElseThrow(() -> damaged(key, "is not the manifest of this version", null)));
    } catch (IOException e) {
      throw damaged(key, "is not the manifest of a version", e);
    }
  }

  /**
   * An object that is lost or damaged.
   *
   * @param key of the object, without the prefix
   * @param finding what is wrong with it, as the predicate of a sentence
   */
  RunFailedException damaged(String key, String finding, @Nullable Exception cause) {
    RunFailedException damaged =
        new RunFailedException(
            new ForeignObject(bucket, prefix + key, finding, REMEDY).forOperators());
    damaged.initCause(cause);
    return damaged;
  }

  /** Puts a manifest, unless it is there: the same id has the same content. */
  void putManifest(Version version) {
    try {
      String key = prefix + BucketKeys.version(version.id());
      put(key, Answer.JSON, Map.of(), json.write(version), null);
    } catch (S3Exception e) {
      if (!AwsErrors.isThere(e)) {
        throw e;
      }
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

  /** The index of versions. */
  StoredIndex index() {
    return new StoredIndex(this);
  }

  /** The series of versions. */
  StoredSeries series() {
    return new StoredSeries(s3, bucket, prefix);
  }

  /** An object; null if there is none. */
  @Nullable ResponseBytes<GetObjectResponse> read(String key) {
    try {
      return s3.getObjectAsBytes(get -> get.bucket(bucket).key(key));
    } catch (NoSuchKeyException e) {
      return null;
    }
  }

  /**
   * Puts an object.
   *
   * @param etag of the object that it replaces, quotes included; null if there is none
   * @throws S3Exception if another object is there
   */
  void put(
      String key,
      String type,
      Map<String, String> metadata,
      byte[] content,
      @Nullable String etag) {
    put(key, type, metadata, RequestBody.fromBytes(content), etag);
  }

  private void put(
      String key,
      String type,
      Map<String, String> metadata,
      RequestBody content,
      @Nullable String etag) {
    s3.putObject(
        put ->
            put.bucket(bucket)
                .key(key)
                .contentType(type)
                .metadata(metadata)
                .ifMatch(etag)
                .ifNoneMatch(etag == null ? "*" : null),
        content);
  }
}
