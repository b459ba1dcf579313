package aws;

import java.util.Optional;

/** Keys of the bucket that both runs and readers know. */
public final class BucketKeys {
  /** What the keys of run reports begin with. */
  public static final String REPORTS = "runs/";

  private static final String JSON = ".json";

  private BucketKeys() {}

  /** The key of the report of a run. */
  public static String report(String id) {
    return REPORTS + id + JSON;
  }

  /**
   * The name of a JSON object.
   *
   * @param prefix of its key
   * @return the key without prefix and {@code .json}; empty if the key is not so
   */
  public static Optional<String> name(String prefix, String key) {
    return key.startsWith(prefix) && key.endsWith(JSON)
        ? Optional.of(key.substring(prefix.length(), key.length() - JSON.length()))
        : Optional.empty();
  }
}
