package routes;

import aws.AwsErrors;
import aws.ForeignObject;
import covid.RunFailedException;
import java.io.IOException;
import java.util.NoSuchElementException;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;
import web.Json;

/**
 * Objects that coordinators and workers share. Each is written once, or only replaced as it was
 * read. By the client of the SDK, since the component of Camel has no {@code If-Match}. Keys are
 * without the prefix of the dataset.
 *
 * @param s3 whose own retries are off
 * @param bucket its name
 * @param prefix of the dataset's keys
 * @param json how objects are written
 */
record WorkObjects(S3Client s3, String bucket, String prefix, Json json) {
  /** Those of the application's bucket and dataset. */
  static WorkObjects of(Exchange exchange, Json json) {
    return new WorkObjects(
        exchange.getContext().getRegistry().lookupByNameAndType("s3", S3Client.class),
        Bucket.resolved(exchange, "{{archive.bucket}}"),
        Bucket.resolved(exchange, Bucket.PREFIX),
        json);
  }

  /** The objects of a folder. */
  Stream<S3Object> list(String folder) {
    return s3
        .listObjectsV2Paginator(list -> list.bucket(bucket).prefix(key(folder)))
        .contents()
        .stream();
  }

  /** Whether there is an object. */
  boolean isThere(String key) {
    try {
      s3.headObject(head -> head.bucket(bucket).key(key(key)));
      return true;
    } catch (NoSuchKeyException e) {
      return false;
    }
  }

  /**
   * Reads an object as JSON.
   *
   * @throws RunFailedException if it is none of this type
   */
  <T> T parse(
      ResponseBytes<GetObjectResponse> object,
      Class<T> type,
      String key,
      String finding,
      String remedy)
      throws RunFailedException {
    try {
      return json.read(object.asByteArray(), type).orElseThrow();
    } catch (IOException | NoSuchElementException e) {
      throw foreign(key, finding, remedy);
    }
  }

  /** An object that is not what it should be. */
  RunFailedException foreign(String key, String finding, String remedy) {
    return new RunFailedException(
        new ForeignObject(bucket, key(key), finding, remedy).forOperators());
  }

  /**
   * Reads an object.
   *
   * @throws NoSuchKeyException if there is none
   */
  ResponseBytes<GetObjectResponse> get(String key) {
    return s3.getObjectAsBytes(get -> get.bucket(bucket).key(key(key)));
  }

  /** An object; null if there is none. */
  @Nullable ResponseBytes<GetObjectResponse> read(String key) {
    try {
      return get(key);
    } catch (NoSuchKeyException e) {
      return null;
    }
  }

  /**
   * Puts an object.
   *
   * @param etag of the object that it replaces, quotes included; null if there is none
   * @return false if it lost a race to another process
   */
  boolean put(String key, String type, byte[] content, @Nullable String etag) {
    try {
      s3.putObject(
          put ->
              put.bucket(bucket)
                  .key(key(key))
                  .contentType(type)
                  .ifMatch(etag)
                  .ifNoneMatch(etag == null ? "*" : null),
          RequestBody.fromBytes(content));
      return true;
    } catch (S3Exception e) {
      // 409 says that another write of the key was under way, which may have failed: a retry tells.
      if (AwsErrors.isThere(e) || etag != null && e.statusCode() == 404) {
        return false;
      }
      throw e;
    }
  }

  /**
   * Removes an object, if it is still the one with a tag.
   *
   * @return false if it is not, as another process was faster
   */
  boolean remove(String key, String etag) {
    try {
      s3.deleteObject(delete -> delete.bucket(bucket).key(key(key)).ifMatch(etag));
      return true;
    } catch (S3Exception e) {
      if (!AwsErrors.lostRace(e)) {
        throw e;
      }
      return false;
    }
  }

  /** The key in the bucket. */
  String key(String key) {
    return prefix + key;
  }
}
