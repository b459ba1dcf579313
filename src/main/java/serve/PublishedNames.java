package serve;

import static java.nio.charset.StandardCharsets.UTF_8;

import aws.BucketKeys;
import covid.Gazetteer;
import feeds.PlaceList;
import feeds.PlaceNames;
import java.io.IOException;
import java.io.StringReader;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * What is known of places: the program's own list, and for other places the names in the bucket,
 * which feeds give. Thread-safe.
 */
public final class PublishedNames implements Supplier<Gazetteer> {
  private static final Logger LOG = LoggerFactory.getLogger("published-names");

  private static final String REMEDY = "remove it; the next run writes it again";

  private final BucketObjects bucket;
  private final Failures failures;
  private volatile Supplier<Gazetteer> known = PlaceList::places;

  /**
   * @param bucket the bucket of the set
   * @param failures explains why the names cannot be read
   */
  public PublishedNames(BucketObjects bucket, Failures failures) {
    this.bucket = bucket;
    this.failures = failures;
  }

  @Override
  public Gazetteer get() {
    return known.get();
  }

  /** Reads the names in the bucket. If that is not possible, a warning says why: there are none. */
  void read() {
    Map<String, String> names = names();
    if (names.isEmpty()) {
      known = PlaceList::places;
    } else {
      Gazetteer all = PlaceList.places().naming(names);
      known = () -> all;
    }
  }

  private Map<String, String> names() {
    try {
      return bucket.read(BucketKeys.NAMES, Optional.empty(), REMEDY)
              instanceof BucketObjects.Found found
          ? parsed(found)
          : Map.of();
    } catch (IOException | SdkException | ForeignObjectException e) {
      LOG.warn("The names of places cannot be read: {}", failures.forOperators(e), e);
      return Map.of();
    }
  }

  private Map<String, String> parsed(BucketObjects.Found found) throws ForeignObjectException {
    try {
      return PlaceNames.read(new StringReader(new String(found.content(), UTF_8)));
    } catch (IOException e) {
      throw bucket.foreign(BucketKeys.NAMES, "is not a list of names of places", REMEDY, e);
    }
  }
}
