package simulator;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.commons.codec.digest.DigestUtils;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CopyObjectResponse;
import software.amazon.awssdk.services.s3.model.CopyObjectResult;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectResponse;
import software.amazon.awssdk.services.s3.model.DeleteObjectsRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsRequest;
import software.amazon.awssdk.services.s3.model.ListObjectsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/** A bucket; what it can is what the program asks of it. */
final class SimulatedBucket {
  /** A page of a list is so small that lists of some objects have several. */
  private static final int PAGE = 2;

  /** Whether puts of this thread are taken without their conditions: a mistake to be found. */
  static final ThreadLocal<Boolean> UNCONDITIONAL = ThreadLocal.withInitial(() -> false);

  private final NavigableMap<String, Stored> objects = new TreeMap<>();
  private final Supplier<Instant> now;

  /**
   * @param now the time when objects are put
   */
  SimulatedBucket(Supplier<Instant> now) {
    this.now = now;
  }

  /**
   * An object.
   *
   * @param bytes its content
   * @param contentType as it was put
   * @param metadata user-defined
   * @param put when
   */
  record Stored(byte[] bytes, String contentType, Map<String, String> metadata, Instant put) {
    String text() {
      return new String(bytes, StandardCharsets.UTF_8);
    }

    private String etag() {
      return '"' + DigestUtils.md5Hex(bytes) + '"';
    }
  }

  /** What it holds, by key. */
  NavigableMap<String, Stored> objects() {
    return objects;
  }

  private PutObjectResponse put(PutObjectRequest request, byte[] bytes) {
    check(request.key(), request.ifMatch());
    if (request.ifNoneMatch() != null && objects.containsKey(request.key())) {
      throw refusal(S3Exception.builder(), 412, "PreconditionFailed");
    }
    Stored object = new Stored(bytes, request.contentType(), request.metadata(), now.get());
    objects.put(request.key(), object);
    return PutObjectResponse.builder().eTag(object.etag()).build();
  }

  private Stored get(String key) {
    Stored object = objects.get(key);
    if (object == null) {
      throw refusal(NoSuchKeyException.builder(), 404, "NoSuchKey");
    }
    return object;
  }

  /** Whether an object is as a condition wants it. */
  private void check(String key, String etag) {
    if (etag != null && !get(key).etag().equals(etag)) {
      throw refusal(S3Exception.builder(), 412, "PreconditionFailed");
    }
  }

  private DeleteObjectResponse delete(DeleteObjectRequest request) {
    check(request.key(), request.ifMatch());
    objects.remove(request.key());
    return DeleteObjectResponse.builder().build();
  }

  private CopyObjectResponse copy(CopyObjectRequest request) {
    Stored object = get(request.sourceKey());
    check(request.sourceKey(), request.copySourceIfMatch());
    objects.put(request.destinationKey(), object);
    return CopyObjectResponse.builder()
        .copyObjectResult(CopyObjectResult.builder().eTag(object.etag()).build())
        .build();
  }

  private ListObjectsResponse list(ListObjectsRequest request) {
    String from = request.marker() == null ? "" : request.marker();
    String prefix = request.prefix() == null ? "" : request.prefix();
    List<String> keys =
        objects.tailMap(from, false).keySet().stream()
            .filter(key -> key.startsWith(prefix))
            .limit(PAGE + 1L)
            .toList();
    return ListObjectsResponse.builder()
        .isTruncated(keys.size() > PAGE)
        .contents(keys.stream().limit(PAGE).map(key -> entry(key, objects.get(key))).toList())
        .build();
  }

  /** By pages; with a delimiter, folders count as one. */
  private ListObjectsV2Response list(ListObjectsV2Request request) {
    String from = request.continuationToken() == null ? "" : request.continuationToken();
    String prefix = request.prefix() == null ? "" : request.prefix();
    List<String> entries =
        objects.keySet().stream()
            .filter(key -> key.startsWith(prefix))
            .map(key -> folder(key, prefix, request.delimiter()))
            .distinct()
            .filter(entry -> entry.compareTo(from) > 0)
            .limit(PAGE + 1L)
            .toList();
    List<String> page = entries.stream().limit(PAGE).toList();
    ListObjectsV2Response.Builder response =
        ListObjectsV2Response.builder()
            .isTruncated(entries.size() > PAGE)
            .contents(
                page.stream()
                    .filter(objects::containsKey)
                    .map(key -> entry(key, objects.get(key)))
                    .toList())
            .commonPrefixes(
                page.stream()
                    .filter(entry -> !objects.containsKey(entry))
                    .map(entry -> CommonPrefix.builder().prefix(entry).build())
                    .toList());
    if (entries.size() > PAGE) {
      response.nextContinuationToken(page.get(PAGE - 1));
    }
    return response.build();
  }

  /** The key, or the folder of it that is listed in its place. */
  private static String folder(String key, String prefix, String delimiter) {
    int end = delimiter == null ? -1 : key.indexOf(delimiter, prefix.length());
    return end < 0 ? key : key.substring(0, end + 1);
  }

  private DeleteObjectsResponse delete(DeleteObjectsRequest request) {
    request.delete().objects().forEach(object -> objects.remove(object.key()));
    return DeleteObjectsResponse.builder().build();
  }

  private static S3Object entry(String key, Stored object) {
    return S3Object.builder()
        .key(key)
        .eTag(object.etag())
        .size((long) object.bytes().length)
        .lastModified(object.put())
        .build();
  }

  private static RuntimeException refusal(
      AwsServiceException.Builder builder, int status, String code) {
    return AwsAnswers.refusal(builder, "S3", status, code);
  }

  /** The bucket as one process calls it. */
  record Client(Caller caller, Supplier<SimulatedBucket> bucket) implements S3Client {
    @Override
    public PutObjectResponse putObject(PutObjectRequest request, RequestBody body) {
      byte[] bytes = bytes(body);
      PutObjectRequest asked =
          UNCONDITIONAL.get()
              ? request.toBuilder().ifMatch(null).ifNoneMatch(null).build()
              : request;
      return call("PUT " + request.key(), () -> bucket.get().put(asked, bytes));
    }

    @Override
    public <T> T getObject(
        GetObjectRequest request, ResponseTransformer<GetObjectResponse, T> transformer) {
      Stored object = call("GET " + request.key(), () -> bucket.get().get(request.key()));
      GetObjectResponse head =
          GetObjectResponse.builder()
              .contentLength((long) object.bytes().length)
              .contentType(object.contentType())
              .metadata(object.metadata())
              .eTag(object.etag())
              .lastModified(object.put())
              .build();
      try {
        return transformer.transform(
            head, AbortableInputStream.create(new ByteArrayInputStream(object.bytes())));
      } catch (Exception e) {
        throw new IllegalStateException("An object cannot be handed over.", e);
      }
    }

    @Override
    public HeadObjectResponse headObject(HeadObjectRequest request) {
      Stored object = call("HEAD " + request.key(), () -> bucket.get().get(request.key()));
      return HeadObjectResponse.builder()
          .contentLength((long) object.bytes().length)
          .contentType(object.contentType())
          .metadata(object.metadata())
          .eTag(object.etag())
          .lastModified(object.put())
          .build();
    }

    @Override
    public DeleteObjectResponse deleteObject(DeleteObjectRequest request) {
      return call("DELETE " + request.key(), () -> bucket.get().delete(request));
    }

    @Override
    public CopyObjectResponse copyObject(CopyObjectRequest request) {
      return call("COPY " + request.sourceKey(), () -> bucket.get().copy(request));
    }

    @Override
    public ListObjectsResponse listObjects(ListObjectsRequest request) {
      return call("LIST " + request.prefix(), () -> bucket.get().list(request));
    }

    @Override
    public ListObjectsV2Response listObjectsV2(ListObjectsV2Request request) {
      return call("LIST " + request.prefix(), () -> bucket.get().list(request));
    }

    @Override
    public DeleteObjectsResponse deleteObjects(DeleteObjectsRequest request) {
      return call(
          "DELETE " + request.delete().objects().get(0).key(), () -> bucket.get().delete(request));
    }

    private <T> T call(String what, Supplier<T> effect) {
      return caller.call(
          what,
          effect,
          AwsAnswers::lost,
          () -> {
            throw refusal(S3Exception.builder(), 503, "SlowDown");
          });
    }

    private static byte[] bytes(RequestBody body) {
      try (InputStream content = body.contentStreamProvider().newStream()) {
        return content.readAllBytes();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public String serviceName() {
      return "s3";
    }

    @Override
    public void close() {
      // It holds nothing.
    }
  }
}
