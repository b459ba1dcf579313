package routes;

import static java.nio.charset.StandardCharsets.UTF_8;

import aws.BucketKeys;
import chunks.Chunk;
import chunks.ChunkMessage;
import chunks.ChunkResult;
import chunks.Plan;
import covid.DayColumns;
import covid.RunFailedException;
import feeds.ArchiveRecords;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.apache.camel.Exchange;
import org.apache.commons.codec.digest.DigestUtils;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import web.Answer;
import web.Json;

/**
 * The work of runs: plans, their chunks, and the results of these. Each object is written once.
 *
 * @param objects of the bucket
 */
record RunWork(WorkObjects objects) {
  private static final String FIND_WHO =
      "look for who changed it; the next run stores what is missing";

  /** That of the application's bucket and dataset. */
  static RunWork of(Exchange exchange, Json json) {
    return new RunWork(WorkObjects.of(exchange, json));
  }

  /**
   * The plan of a run; empty if it has none.
   *
   * @throws RunFailedException if the object is not one
   */
  Optional<Plan> plan(String run) throws RunFailedException {
    ResponseBytes<GetObjectResponse> object = objects.read(BucketKeys.plan(run));
    return object == null
        ? Optional.empty()
        : Optional.of(
            objects.parse(
                object, Plan.class, BucketKeys.plan(run), "is not the plan of a run", FIND_WHO));
  }

  /**
   * Puts the plan of a run.
   *
   * @return whether it is the plan; otherwise another process has made one
   */
  boolean putPlan(Plan plan) {
    return objects.put(BucketKeys.plan(plan.run()), Answer.JSON, objects.json().write(plan), null);
  }

  /**
   * Puts the days of a chunk; the same content has the same name.
   *
   * @param packed with gzip
   */
  void putChunk(String run, Chunk chunk, byte[] packed) {
    objects.put(BucketKeys.chunk(run, chunk.object()), StoredSeries.GZIP, packed, null);
  }

  /**
   * Reads the days of a chunk.
   *
   * @throws NoSuchKeyException if it is not there
   * @throws RunFailedException if it is not what its message says
   */
  DayColumns chunk(ChunkMessage chunk) throws IOException, RunFailedException {
    String key = objects.key(BucketKeys.chunk(chunk.run(), chunk.object()));
    try (InputStream packed =
        objects.s3().getObject(get -> get.bucket(objects.bucket()).key(key))) {
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
            .formatted(key, objects.bucket()));
  }

  /** The numbers of the chunks of a run that have a result. */
  List<Integer> settled(String run) {
    String folder = objects.key(BucketKeys.results(run));
    return objects
        .list(BucketKeys.results(run))
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
    ChunkResult result = objects.parse(objects.get(key), ChunkResult.class, key, finding, FIND_WHO);
    if (result.chunk() != chunk.number()
        || !result.run().equals(run)
        || result.joined() != chunk.records()) {
      throw objects.foreign(key, finding, FIND_WHO);
    }
    return result;
  }

  /**
   * Puts the result of a chunk.
   *
   * @return whether it is the result; otherwise the chunk has one already
   */
  boolean putResult(ChunkResult result) {
    return objects.put(
        BucketKeys.result(result.run(), result.chunk()),
        Answer.JSON,
        objects.json().write(result),
        null);
  }
}
