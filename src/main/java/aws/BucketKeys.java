package aws;

import java.util.Optional;

/** Keys that the write side and the read side share. */
public final class BucketKeys {
  /** The prefix of run reports. */
  public static final String REPORTS = "runs/";

  /** The key of the names of places. */
  public static final String NAMES = "places.csv";

  /** The prefix of the manifests of versions. */
  public static final String VERSIONS = "versions/";

  /** The key of the index of versions. */
  public static final String INDEX = VERSIONS + "index.json";

  /** The prefix of the series of places. */
  public static final String SERIES = "series/";

  /** The prefix of the raw bodies of feeds. */
  public static final String RAW = "raw/";

  private static final String JSON = ".json";

  private BucketKeys() {}

  /** The key of a run's report. */
  public static String report(String id) {
    return REPORTS + id + JSON;
  }

  /** The key of a version's manifest. */
  public static String version(String id) {
    return VERSIONS + id + JSON;
  }

  /**
   * The key of a series, packed with gzip.
   *
   * @param sha256 of its unpacked CSV, in hexadecimal
   */
  public static String series(String sha256) {
    return SERIES + sha256 + ".csv.gz";
  }

  /**
   * The key of the raw body of a feed, packed with gzip.
   *
   * @param sha256 of the unpacked body, in hexadecimal
   */
  public static String raw(String sha256) {
    return RAW + sha256 + ".gz";
  }

  /**
   * The name of a JSON object.
   *
   * @param prefix of its key
   * @return the key without prefix and {@code .json}; empty if the key has another form
   */
  public static Optional<String> name(String prefix, String key) {
    return key.startsWith(prefix) && key.endsWith(JSON)
        ? Optional.of(key.substring(prefix.length(), key.length() - JSON.length()))
        : Optional.empty();
  }
}
