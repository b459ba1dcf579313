package serve;

import static java.nio.charset.StandardCharsets.UTF_8;

import aws.BucketKeys;
import covid.PlaceDays;
import feeds.ArchiveRecords;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.zip.GZIPInputStream;
import org.apache.commons.codec.digest.DigestUtils;
import org.jspecify.annotations.Nullable;
import versions.Version.PlaceSeries;
import web.Problem;
import web.ProblemException;

/**
 * The series that versions consist of. Those used last are kept, up to 40 MB. With what differs
 * between them (10 MB), the manifests (25 MB), the list of 20,000 versions (10 MB), and charts and
 * lists of places made of them (15 MB), versions need 100 MB of memory at the most.
 */
public final class SeriesObjects {
  /** How many series are read at the same time for one request. */
  public static final int READERS = 16;

  private static final long MOST_BYTES = 40_000_000;

  /** A series of a place has 100,000 bytes, unpacked. */
  private static final int MOST_UNPACKED_BYTES = 64_000_000;

  private static final int PATIENCE_SECONDS = 10;

  private final BucketObjects bucket;
  private final LastingObjects<SeriesObject> objects;
  private final ParallelReads reads;
  private final ReentrantLock working = new ReentrantLock();

  /**
   * @param bucket the bucket of the set
   * @param clock limits how long callers wait
   * @param failures explains why one cannot be read
   * @param reads reads several series at the same time
   */
  public SeriesObjects(BucketObjects bucket, Clock clock, Failures failures, ParallelReads reads) {
    this(bucket, clock, failures, reads, MOST_BYTES);
  }

  /**
   * @param mostBytes how much memory those that are kept may need
   */
  SeriesObjects(
      BucketObjects bucket, Clock clock, Failures failures, ParallelReads reads, long mostBytes) {
    this.bucket = bucket;
    this.objects =
        new LastingObjects<>(bucket, clock, failures, this::parse, mostBytes, SeriesObject::bytes);
    this.reads = reads;
  }

  /**
   * A series.
   *
   * @param bulkhead bounds how many callers wait for the bucket
   * @throws ProblemException with status 503 if it is missing, damaged, or cannot be read
   */
  SeriesObject get(PlaceSeries series, Bulkhead bulkhead) throws ProblemException {
    return objects.get(BucketKeys.series(series.sha256()), bulkhead);
  }

  /** Takes a series. */
  interface Taker {
    void take(SeriesObject series) throws IOException;
  }

  /**
   * Does work that needs much memory, one at a time.
   *
   * @throws ProblemException with status 503 if the others take too long
   */
  <T> T alone(Callable<T> work) throws Exception {
    if (!working.tryLock(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new ProblemException(Problem.busy());
    }
    try {
      return work.call();
    } finally {
      working.unlock();
    }
  }

  /**
   * Reads the series of a set in their order, some at the same time, without keeping all of them in
   * memory. One set is read at a time.
   *
   * @throws ProblemException with status 503 if one is missing, damaged, or cannot be read, or
   *     others are read for too long
   */
  void forEach(List<PlaceSeries> set, Taker taker) throws Exception {
    alone(
        () -> {
          take(set, taker);
          return set;
        });
  }

  private void take(List<PlaceSeries> series, Taker taker) throws Exception {
    for (int i = 0; i < series.size(); i += READERS) {
      for (SeriesObject each : some(series.subList(i, Math.min(i + READERS, series.size())))) {
        taker.take(each);
      }
    }
  }

  /** Reads a few series at the same time; see {@link #get}. */
  List<SeriesObject> some(List<PlaceSeries> series) throws Exception {
    return reads.all(series, each -> get(each, Bulkhead.UNBOUNDED));
  }

  private SeriesObject parse(String key, byte[] packed) throws ForeignObjectException {
    try (InputStream content = new GZIPInputStream(new ByteArrayInputStream(packed))) {
      byte[] csv = content.readNBytes(MOST_UNPACKED_BYTES);
      if (!BucketKeys.series(DigestUtils.sha256Hex(csv)).equals(key)) {
        throw damaged(key, null);
      }
      Collection<PlaceDays> places = ArchiveRecords.days(new String(csv, UTF_8)).byPlace().values();
      if (places.size() != 1) {
        throw damaged(key, null);
      }
      return new SeriesObject(places.iterator().next(), packed);
    } catch (IOException | ArchiveRecords.NotASetException e) {
      throw damaged(key, e);
    }
  }

  private ForeignObjectException damaged(String key, @Nullable Throwable cause) {
    return bucket.foreign(key, "is not the series that it is named for", Manifests.REMEDY, cause);
  }
}
