package serve;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToLongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import web.Problem;
import web.ProblemException;

/**
 * Objects of the bucket that never change, and nothing makes anew: each is read once for all
 * callers who ask for it, and those used last are kept.
 *
 * @param <T> what comes of an object
 */
final class LastingObjects<T> {
  private static final Logger LOG = LoggerFactory.getLogger("published-versions");
  private static final Duration FOR_GOOD = Duration.ofDays(36_500);

  private final BucketObjects bucket;
  private final Clock clock;
  private final Failures failures;
  private final Parser<T> parser;
  private final WeightedCache<String, T> kept;
  private final Map<String, RefreshingCache<T>> loading = new ConcurrentHashMap<>();

  /**
   * @param most how much may be kept
   * @param weight of what comes of an object, in the same unit
   */
  LastingObjects(
      BucketObjects bucket,
      Clock clock,
      Failures failures,
      Parser<T> parser,
      long most,
      ToLongFunction<T> weight) {
    this.bucket = bucket;
    this.clock = clock;
    this.failures = failures;
    this.parser = parser;
    this.kept = new WeightedCache<>(most, weight);
  }

  /** Reads an object. */
  interface Parser<T> {
    /**
     * What comes of an object.
     *
     * @throws ForeignObjectException if it is not what this program has written there
     */
    T parse(String key, byte[] content) throws ForeignObjectException;
  }

  /**
   * What comes of an object.
   *
   * @param bulkhead bounds how many callers wait for the bucket
   * @return empty if there is no such object
   * @throws ProblemException with status 503 if it cannot be read
   */
  Optional<T> find(String key, Bulkhead bulkhead) throws ProblemException {
    T known = kept.get(key);
    if (known != null) {
      return Optional.of(known);
    }
    RefreshingCache<T> own = cache(key);
    RefreshingCache<T> other = loading.putIfAbsent(key, own);
    try {
      Optional<T> object = (other == null ? own : other).get(bulkhead).map(Published::content);
      object.ifPresent(any -> kept.put(key, any));
      return object;
    } finally {
      // One that others load through stays until they have it.
      loading.remove(key, own);
    }
  }

  /**
   * What comes of an object that another one says is there.
   *
   * @throws ProblemException with status 503 if there is none, or it cannot be read
   */
  T get(String key, Bulkhead bulkhead) throws ProblemException {
    Optional<T> object = find(key, bulkhead);
    if (object.isEmpty()) {
      String why = "The object %s%s is missing; its operator has to restore it.";
      String sentence = why.formatted(bucket.prefix(), key);
      LOG.warn("{}", sentence);
      throw new ProblemException(Problem.away(sentence));
    }
    return object.get();
  }

  private RefreshingCache<T> cache(String key) {
    return new RefreshingCache<>(clock, FOR_GOOD, new Loader(key));
  }

  private final class Loader implements RefreshingCache.Loader<T> {
    private final String key;

    private Loader(String key) {
      this.key = key;
    }

    @Override
    public Optional<T> load(Optional<T> known) throws IOException, ForeignObjectException {
      return bucket.read(key, Optional.empty(), Manifests.REMEDY)
              instanceof BucketObjects.Found found
          ? Optional.of(parser.parse(key, found.content()))
          : Optional.empty();
    }

    @Override
    public String explain(Exception failure) {
      LOG.warn("{} cannot be read: {}", key, failures.forOperators(failure), failure);
      return failure instanceof ForeignObjectException foreign
          ? damaged(foreign)
          : failures.forReaders(failure);
    }
  }

  /** The sentence for HTTP clients about an object that must not be removed. */
  static String damaged(ForeignObjectException foreign) {
    return "The object %s is damaged; its operator has to restore it."
        .formatted(foreign.object().key());
  }
}
