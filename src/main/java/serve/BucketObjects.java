package serve;

import aws.ForeignObject;
import aws.ObjectSizes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * The objects of the bucket. Each call is one attempt: a reader can ask again.
 *
 * @param s3 the client
 * @param bucket the name of the bucket
 * @param prefix of all keys; callers name objects without it
 */
public record BucketObjects(S3Client s3, String bucket, String prefix) {
  /** What to do about an object in whose place the program can do without one. */
  static final String REMOVE = "check what it is and remove it";

  private static final int BUFFER = 1 << 16;
  private static final int NOT_MODIFIED = 304;
  private static final int NOT_FOUND = 404;
  private static final int PRECONDITION_FAILED = 412;

  /** The result of a read. */
  sealed interface Read {}

  /**
   * The current state of the object.
   *
   * @param content its bytes
   * @param etag its entity tag, quotes included
   * @param lastModified when it was written
   * @param metadata its user-defined metadata
   */
  record Found(byte[] content, String etag, Instant lastModified, Map<String, String> metadata)
      implements Read {}

  /**
   * The object is unchanged since the entity tag of the caller.
   *
   * @param lastModified when it was written; empty if S3 does not say
   */
  record Unchanged(Optional<Instant> lastModified) implements Read {}

  /** There is no such object. */
  record Absent() implements Read {}

  /**
   * Reads an object.
   *
   * @param key of the object
   * @param knownEtag the entity tag of the state that the caller has; empty if none
   * @param remedy what an operator should do if it is too long, as an imperative
   * @throws ForeignObjectException if it is longer than any object of this program
   * @throws software.amazon.awssdk.core.exception.SdkException if S3 does not answer or refuses
   */
  Read read(String key, Optional<String> knownEtag, String remedy)
      throws ForeignObjectException, IOException {
    return read(key, knownEtag, remedy, ObjectSizes.MOST, InputStream::readAllBytes);
  }

  /** Reads an object like {@link #read}, which may be much longer, and packs it with gzip. */
  Read readPacked(String key, Optional<String> knownEtag, String remedy)
      throws ForeignObjectException, IOException {
    return read(key, knownEtag, remedy, ObjectSizes.MOST_OF_PLACES, BucketObjects::packed);
  }

  private static byte[] packed(InputStream content) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed, BUFFER)) {
      content.transferTo(gzip);
    }
    return packed.toByteArray();
  }

  private interface Content {
    byte[] of(InputStream object) throws IOException;
  }

  private Read read(
      String key, Optional<String> knownEtag, String remedy, long mostBytes, Content content)
      throws ForeignObjectException, IOException {
    try (ResponseInputStream<GetObjectResponse> object =
        s3.getObject(
            get -> get.bucket(bucket).key(prefix + key).ifNoneMatch(knownEtag.orElse(null)))) {
      GetObjectResponse head = object.response();
      if (head.contentLength() > mostBytes) {
        object.abort();
        throw foreign(key, ObjectSizes.tooLong(head.contentLength()), remedy, null);
      }
      return new Found(content.of(object), head.eTag(), head.lastModified(), head.metadata());
    } catch (NoSuchKeyException e) {
      return new Absent();
    } catch (S3Exception e) {
      if (e.statusCode() == NOT_MODIFIED) {
        return new Unchanged(lastModified(e));
      }
      throw e;
    }
  }

  private static Optional<Instant> lastModified(S3Exception notModified) {
    return notModified
        .awsErrorDetails()
        .sdkHttpResponse()
        .firstMatchingHeader("Last-Modified")
        .map(text -> DateTimeFormatter.RFC_1123_DATE_TIME.parse(text, Instant::from));
  }

  /**
   * The metadata of an object.
   *
   * @param etag its entity tag, quotes included
   * @param lastModified when it was written
   * @param userDefined metadata
   */
  record Metadata(String etag, Instant lastModified, Map<String, String> userDefined) {}

  /** The metadata of an object; empty if there is none. */
  Optional<Metadata> metadata(String key) {
    try {
      HeadObjectResponse head = s3.headObject(ask -> ask.bucket(bucket).key(prefix + key));
      return Optional.of(new Metadata(head.eTag(), head.lastModified(), head.metadata()));
    } catch (NoSuchKeyException e) {
      return Optional.empty();
    }
  }

  /**
   * An object in a list.
   *
   * @param etag its entity tag, quotes included
   */
  record Listed(String key, String etag) {}

  /** The objects of a folder, ascending by key; listed page by page. */
  Stream<Listed> list(String folder) {
    return s3
        .listObjectsV2Paginator(list -> list.bucket(bucket).prefix(prefix + folder))
        .contents()
        .stream()
        .map(object -> new Listed(object.key().substring(prefix.length()), object.eTag()));
  }

  /** Whether a folder has an object that sorts behind a key. */
  boolean hasAfter(String folder, String key) {
    return !s3.listObjectsV2(
            list -> list.bucket(bucket).prefix(prefix + folder).startAfter(prefix + key).maxKeys(1))
        .contents()
        .isEmpty();
  }

  /** Writes an object. */
  void put(String key, byte[] content, String contentType, Map<String, String> metadata) {
    s3.putObject(
        put -> put.bucket(bucket).key(prefix + key).contentType(contentType).metadata(metadata),
        RequestBody.fromBytes(content));
  }

  /**
   * Gives an object another key, as it was read. If it has changed since, it stays; if it does so
   * once it is copied, the copy stays, too.
   *
   * @param etag the entity tag that it had, quotes included
   * @return whether it was still the same
   */
  boolean move(String from, String to, String etag) {
    try {
      s3.copyObject(
          copy ->
              copy.sourceBucket(bucket)
                  .sourceKey(prefix + from)
                  .copySourceIfMatch(etag)
                  .destinationBucket(bucket)
                  .destinationKey(prefix + to));
      s3.deleteObject(delete -> delete.bucket(bucket).key(prefix + from).ifMatch(etag));
      return true;
    } catch (S3Exception e) {
      if (e.statusCode() == PRECONDITION_FAILED || e.statusCode() == NOT_FOUND) {
        return false;
      }
      throw e;
    }
  }

  /** Describes an object that this program did not write. */
  ForeignObjectException foreign(
      String key, String finding, String remedy, @Nullable Throwable cause) {
    return new ForeignObjectException(
        new ForeignObject(bucket, prefix + key, finding, remedy), cause);
  }
}
