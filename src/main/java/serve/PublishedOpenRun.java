package serve;

import aws.BucketKeys;
import chunks.OpenRun;
import chunks.Plan;
import covid.ChunkProgress;
import covid.RunId;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import web.Json;
import web.ProblemException;
import web.RunLine;

/**
 * The open run of runs with a queue, as it is in the bucket: any process can show it, whichever one
 * waits for its workers.
 */
public final class PublishedOpenRun {
  private static final Logger LOG = LoggerFactory.getLogger("published-reports");

  private final BucketObjects bucket;
  private final Json json;
  private final Failures failures;
  private final RefreshingCache<State> cache;

  /**
   * @param bucket the bucket of the open run
   * @param json how it is read
   * @param clock measures the age of the cached line
   * @param refresh how long it is served without checking the bucket
   * @param failures explains why it cannot be read
   */
  public PublishedOpenRun(
      BucketObjects bucket, Json json, Clock clock, Duration refresh, Failures failures) {
    this.bucket = bucket;
    this.json = json;
    this.failures = failures;
    this.cache = new RefreshingCache<>(clock, refresh, new Loader());
  }

  /**
   * What is known of the open run; also that there is none, which is cached like a run.
   *
   * @param planned how many chunks it has; they do not change. 0 without a plan
   */
  private record State(Optional<RunLine> line, int planned) {
    static final State NONE = new State(Optional.empty(), 0);

    boolean isOf(String run) {
      return line.filter(known -> known.id().equals(run)).isPresent();
    }
  }

  /**
   * The line of the open run; empty if there is none.
   *
   * @param bulkhead bounds how many callers wait for the bucket
   * @throws ProblemException with status 503 if it cannot be read
   */
  Optional<RunLine> line(Bulkhead bulkhead) throws ProblemException {
    return cache.get(bulkhead).flatMap(known -> known.content().line());
  }

  private final class Loader implements RefreshingCache.Loader<State> {
    @Override
    public Optional<State> load(Optional<State> known) throws IOException, ForeignObjectException {
      Optional<OpenRun> open = read(BucketKeys.OPEN_RUN, OpenRun.class);
      if (open.isEmpty() || !RunId.isId(open.get().run())) {
        return Optional.of(State.NONE);
      }
      String run = open.get().run();
      int planned = known.filter(state -> state.isOf(run)).map(State::planned).orElse(0);
      if (planned == 0) {
        planned =
            read(BucketKeys.plan(run), Plan.class).map(plan -> plan.chunks().size()).orElse(0);
      }
      @Nullable ChunkProgress chunks =
          planned == 0 ? null : new ChunkProgress(planned, Math.min(planned, settled(run)));
      RunLine line = RunLine.open(run, open.get().trigger(), open.get().startedAt(), chunks);
      return Optional.of(new State(Optional.of(line), planned));
    }

    private int settled(String run) {
      return (int) bucket.list(BucketKeys.results(run)).count();
    }

    private <T> Optional<T> read(String key, Class<T> type)
        throws IOException, ForeignObjectException {
      if (!(bucket.read(key, Optional.empty(), BucketObjects.REMOVE)
          instanceof BucketObjects.Found found)) {
        return Optional.empty();
      }
      return json.read(found.content(), type);
    }

    @Override
    public String explain(Exception failure) {
      LOG.warn("The open run cannot be read: {}", failures.forOperators(failure), failure);
      return failures.forReaders(failure);
    }
  }
}
