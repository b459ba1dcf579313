package routes;

import static java.nio.charset.StandardCharsets.UTF_8;

import aws.AwsErrors;
import aws.BucketKeys;
import aws.ForeignObject;
import chunks.Chunk;
import chunks.ChunkMessage;
import chunks.ChunkResult;
import chunks.OpenRun;
import chunks.Plan;
import covid.DayColumns;
import covid.RunFailedException;
import covid.RunId;
import feeds.ArchiveRecords;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.apache.camel.Exchange;
import org.apache.commons.codec.digest.DigestUtils;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;
import web.Answer;
import web.Json;

/**
 * What coordinators and workers share: the open run, its plan, its chunks and their results. Each
 * object is written once, or only replaced as it was read. By the client of the SDK, since the
 * component of Camel has no {@code If-Match}.
 *
 * @param s3 whose own retries are off
 * @param bucket its name
 * @param prefix of the dataset's keys
 * @param json how objects are written
 */
record WorkObjects(S3Client s3, String bucket, String prefix, Json json) {
  private static final String FIND_WHO =
      "look for who changed it; the next run stores what is missing";

  /** How long the chunks and results of a run are kept after its start. */
  private static final Duration KEPT = Duration.ofDays(1);

  /** Those of the application's bucket and dataset. */
  static WorkObjects of(Exchange exchange, Json json) {
    return new WorkObjects(
        exchange.getContext().getRegistry().lookupByNameAndType("s3", S3Client.class),
        Bucket.resolved(exchange, "{{archive.bucket}}"),
        Bucket.resolved(exchange, Bucket.PREFIX),
        json);
  }

  // --- The open run

  /**
   * The open run as it is in the bucket.
   *
   * @param etag of the object, quotes included
   * @param lastModified when it was put
   */
  record Open(OpenRun run, String etag, Instant lastModified) {}

  /**
   * The open run; empty if none is.
   *
   * @throws RunFailedException if the object is not one
   */
  Optional<Open> open() throws RunFailedException {
    ResponseBytes<GetObjectResponse> object = read(BucketKeys.OPEN_RUN);
    if (object == null) {
      return Optional.empty();
    }
    OpenRun run =
        parse(
            object,
            OpenRun.class,
            BucketKeys.OPEN_RUN,
            "does not name the open run",
            "remove it, and the next run stores what is missing");
    return Optional.of(new Open(run, object.response().eTag(), object.response().lastModified()));
  }

  /**
   * Opens a run, or takes over the open one.
   *
   * @param etag of the object that it replaces; null if no run is open
   * @return whether it is done; otherwise another process was faster
   */
  boolean claim(OpenRun run, @Nullable String etag) {
    return put(BucketKeys.OPEN_RUN, Answer.JSON, json.write(run), etag);
  }

  /** Whether a message of a run is still to be sent: its marker goes after that. */
  boolean isUnannounced(String run) {
    return isThere(BucketKeys.marker(run));
  }

  /** Ends the open run, if it is still as it was read. */
  void release(Open open) {
    try {
      s3.deleteObject(
          delete -> delete.bucket(bucket).key(key(BucketKeys.OPEN_RUN)).ifMatch(open.etag()));
    } catch (S3Exception e) {
      if (!AwsErrors.lostRace(e)) {
        throw e;
      }
    }
  }

  /** When anything of a run changed last; empty if it has no plan, chunk or result. */
  Optional<Instant> lastProgress(String run) {
    return list(BucketKeys.work(run)).map(S3Object::lastModified).max(Comparator.naturalOrder());
  }

  // --- The plan and its chunks

  /**
   * The plan of a run; empty if it has none.
   *
   * @throws RunFailedException if the object is not one
   */
  Optional<Plan> plan(String run) throws RunFailedException {
    ResponseBytes<GetObjectResponse> object = read(BucketKeys.plan(run));
    return object == null
        ? Optional.empty()
        : Optional.of(
            parse(object, Plan.class, BucketKeys.plan(run), "is not the plan of a run", FIND_WHO));
  }

  /**
   * Puts the plan of a run.
   *
   * @return whether it is the plan; otherwise another process has made one
   */
  boolean putPlan(Plan plan) {
    return put(BucketKeys.plan(plan.run()), Answer.JSON, json.write(plan), null);
  }

  /**
   * Puts the days of a chunk; the same content has the same name.
   *
   * @param packed with gzip
   */
  void putChunk(String run, Chunk chunk, byte[] packed) {
    put(BucketKeys.chunk(run, chunk.object()), StoredSeries.GZIP, packed, null);
  }

  /**
   * Reads the days of a chunk.
   *
   * @throws NoSuchKeyException if it is not there
   * @throws RunFailedException if it is not what its message says
   */
  DayColumns chunk(ChunkMessage chunk) throws IOException, RunFailedException {
    String key = key(BucketKeys.chunk(chunk.run(), chunk.object()));
    try (InputStream packed = s3.getObject(get -> get.bucket(bucket).key(key))) {
      byte[] csv = new GZIPInputStream(packed).readAllBytes();
      DayColumns days = ArchiveRecords.days(new String(csv, UTF_8));
      if (DigestUtils.sha256Hex(csv).equals(chunk.object())
          && days.size() == chunk.records()
          && days.byPlace().size() == 1) {
        return days;
      }
    } catch (ZipException | ArchiveRecords.NotASetException e) {
      // said below
    }
    throw new RunFailedException(
        "The chunk %s in the bucket %s is not the one that was sent: the coordinator sends it again."
            .formatted(key, bucket));
  }

  // --- Results

  /** The numbers of the chunks of a run that have a result. */
  List<Integer> settled(String run) {
    String folder = key(BucketKeys.results(run));
    return list(BucketKeys.results(run))
        .flatMap(object -> BucketKeys.name(folder, object.key()).stream())
        .filter(name -> name.matches("\\d{1,9}"))
        .map(Integer::valueOf)
        .toList();
  }

  /**
   * Reads the result of a chunk.
   *
   * @throws RunFailedException if the object is none of this chunk
   */
  ChunkResult result(String run, Chunk chunk) throws RunFailedException {
    String key = BucketKeys.result(run, chunk.number());
    String finding = "is not the result of chunk %d".formatted(chunk.number());
    ChunkResult result =
        parse(
            s3.getObjectAsBytes(get -> get.bucket(bucket).key(key(key))),
            ChunkResult.class,
            key,
            finding,
            FIND_WHO);
    if (result.chunk() != chunk.number()
        || !result.run().equals(run)
        || result.joined() != chunk.records()) {
      throw foreign(key, finding, FIND_WHO);
    }
    return result;
  }

  /**
   * Puts the result of a chunk.
   *
   * @return whether it is the result; otherwise the chunk has one already
   */
  boolean putResult(ChunkResult result) {
    return put(
        BucketKeys.result(result.run(), result.chunk()), Answer.JSON, json.write(result), null);
  }

  // --- Their end

  /** Removes what runs that ended more than a day ago have left. */
  void removeOldWork(Instant now) {
    s3
        .listObjectsV2Paginator(
            list -> list.bucket(bucket).prefix(key(BucketKeys.WORK)).delimiter("/"))
        .commonPrefixes()
        .stream()
        .map(folder -> folder.prefix().substring(key(BucketKeys.WORK).length()))
        .map(name -> name.substring(0, name.length() - 1))
        .filter(RunId::isId)
        .filter(run -> RunId.second(run).isBefore(now.minus(KEPT)))
        .filter(run -> isThere(BucketKeys.report(run)))
        .forEach(this::removeWork);
  }

  private void removeWork(String run) {
    s3
        .listObjectsV2Paginator(list -> list.bucket(bucket).prefix(key(BucketKeys.work(run))))
        .stream()
        .map(page -> page.contents().stream().map(WorkObjects::identifier).toList())
        .filter(objects -> !objects.isEmpty())
        .forEach(
            objects ->
                s3.deleteObjects(
                    delete -> delete.bucket(bucket).delete(some -> some.objects(objects))));
  }

  private static ObjectIdentifier identifier(S3Object object) {
    return ObjectIdentifier.builder().key(object.key()).build();
  }

  private Stream<S3Object> list(String folder) {
    return s3
        .listObjectsV2Paginator(list -> list.bucket(bucket).prefix(key(folder)))
        .contents()
        .stream();
  }

  private boolean isThere(String key) {
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
  private <T> T parse(
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

  private RunFailedException foreign(String key, String finding, String remedy) {
    return new RunFailedException(
        new ForeignObject(bucket, key(key), finding, remedy).forOperators());
  }

  private @Nullable ResponseBytes<GetObjectResponse> read(String key) {
    try {
      return s3.getObjectAsBytes(get -> get.bucket(bucket).key(key(key)));
    } catch (NoSuchKeyException e) {
      return null;
    }
  }

  /** Puts an object as a new one, or in place of the one with a tag; false if it lost a race. */
  private boolean put(String key, String type, byte[] content, @Nullable String etag) {
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

  private String key(String key) {
    return prefix + key;
  }
}
