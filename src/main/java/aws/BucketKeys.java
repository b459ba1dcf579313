package aws;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Keys that the write side and the read side share. */
public final class BucketKeys {
  /** The prefix of run reports. */
  public static final String REPORTS = "runs/";

  /** The prefix of the markers of runs. */
  public static final String MARKERS = "open-runs/";

  /** The prefix of the quarantined rows of runs. */
  public static final String QUARANTINES = "quarantine/";

  /** The prefix of the dead letter. */
  public static final String DEAD_LETTERS = "dead-letter/";

  /** The prefix of entries of the dead letter that were set aside. */
  public static final String DAMAGED_DEAD_LETTERS = "dead-letter-damaged/";

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

  /** The prefix of what coordinators and workers share. */
  public static final String WORK = "work/";

  /** The key of the open run. */
  public static final String OPEN_RUN = WORK + "open-run.json";

  private static final String JSON = ".json";

  private BucketKeys() {}

  /** The key of a run's report. */
  public static String report(String id) {
    return REPORTS + id + JSON;
  }

  /** The key of the quarantined rows of a run. */
  public static String quarantine(String id) {
    return QUARANTINES + id + ".csv";
  }

  /**
   * The key of an entry of the dead letter.
   *
   * @param name a date, or a place as {@link PlaceKey} has it
   */
  public static String deadLetter(String name) {
    return DEAD_LETTERS + name + JSON;
  }

  /**
   * The key of an entry of the dead letter that is set aside, of which there may be several of one
   * name.
   *
   * @param key its own, without the prefix of the dataset; others may have given it any
   * @param etag its entity tag, by which a copy that is made once more has the same key; null if it
   *     has none, as a file that was put into the folder of an S3 past it
   */
  public static String deadLetterAside(String key, @Nullable String etag) {
    String tag = etag == null ? "" : "." + etag.replaceAll("[^0-9A-Za-z-]", "");
    String end = key.endsWith(JSON) ? JSON : "";
    return DAMAGED_DEAD_LETTERS
        + key.substring(DEAD_LETTERS.length(), key.length() - end.length())
        + tag
        + end;
  }

  /** The key of the marker of a run that is not announced yet. */
  public static String marker(String id) {
    return MARKERS + id + JSON;
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

  /** The prefix of the work of a run. */
  public static String work(String run) {
    return WORK + run + "/";
  }

  /** The key of the plan of a run. */
  public static String plan(String run) {
    return work(run) + "plan.json";
  }

  /**
   * The key of the days of a chunk, packed with gzip.
   *
   * @param sha256 of their unpacked CSV, in hexadecimal
   */
  public static String chunk(String run, String sha256) {
    return work(run) + "chunks/" + sha256 + ".csv.gz";
  }

  /** The prefix of the results of a run. */
  public static String results(String run) {
    return work(run) + "results/";
  }

  /** The key of the result of a chunk. */
  public static String result(String run, int chunk) {
    return results(run) + chunk + JSON;
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
