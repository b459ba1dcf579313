package routes;

import static java.nio.charset.StandardCharsets.UTF_8;

import aws.AwsErrors;
import covid.RunFailedException;
import feeds.ArchiveRecords;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Exchange;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.S3Exception;
import versions.Pointer;

/**
 * The published set as it was read, which a command of an operator replaces.
 *
 * @param objects of the bucket that it is in
 * @param key its key, with the prefix
 * @param object as it is in the bucket
 * @param pointer the version that it is
 */
record CurrentSet(
    VersionObjects objects, String key, VersionObjects.PublishedObject object, Pointer pointer) {

  /**
   * Reads it.
   *
   * @throws RunFailedException if there is none, it has no version, or the object is not a set
   */
  static CurrentSet read(Exchange exchange, VersionObjects objects) throws RunFailedException {
    String key = Bucket.resolved(exchange, Bucket.ARCHIVE);
    VersionObjects.PublishedObject object =
        objects.set(key).orElseThrow(() -> new RunFailedException("Nothing is published yet."));
    Optional<Pointer> pointer = Pointer.of(object.metadata());
    if (pointer.isEmpty()) {
      throw withoutVersion(exchange, object);
    }
    return new CurrentSet(objects, key, object, pointer.get());
  }

  /** A set of version 0.1, or something else in its place, which no run would replace. */
  private static RunFailedException withoutVersion(
      Exchange exchange, VersionObjects.PublishedObject object) {
    try {
      ArchiveRecords.days(new String(object.csv(), UTF_8));
      return new RunFailedException("The published set has no version: the next run gives it one.");
    } catch (ArchiveRecords.NotASetException e) {
      return BaseSet.foreign(exchange, e);
    }
  }

  byte[] csv() {
    return object.csv();
  }

  /** Its metadata that stay as they are when the pointer is replaced. */
  Map<String, String> metadata() {
    return SetMetadata.kept(object.metadata());
  }

  /**
   * Replaces it.
   *
   * @param metadata all but those of the pointer
   * @throws RunFailedException if another set is there meanwhile
   */
  void replace(byte[] csv, Map<String, String> metadata, Pointer next) throws RunFailedException {
    Map<String, String> all = new HashMap<>(metadata);
    all.putAll(next.metadata());
    try {
      objects.putSet(key, RequestBody.fromBytes(csv), all, Optional.of(object.etag()));
    } catch (S3Exception e) {
      if (AwsErrors.lostRace(e)) {
        throw new RunFailedException(
            "Another process has replaced the published set meanwhile: look at what is published now,"
                + " and try again.");
      }
      throw e;
    }
  }
}
