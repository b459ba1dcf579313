package serve;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.apache.commons.codec.digest.DigestUtils;

/** Paths of the site's files. */
public final class SitePaths {
  /** The folder of the versions. */
  public static final String OF_VERSIONS = "versions/";

  /** The list of the versions. */
  static final String VERSIONS = OF_VERSIONS + "index.json";

  /** The list of the places. */
  static final String PLACES = "places.json";

  /** The days of the only place. */
  static final String DAYS = "days.json";

  /** The list of the runs. */
  public static final String RUNS = "runs.json";

  /** S3 allows keys of 1,024 bytes, some file systems names of 255. */
  private static final int MOST_CHARACTERS = 200;

  private SitePaths() {}

  /**
   * The file with totals and days of a version, or with its places. It is put once: another form of
   * it needs another path.
   */
  static String version(String id) {
    return OF_VERSIONS + id + ".json";
  }

  /** The file with the report of a run. It is put once; it stays when the list has it no longer. */
  public static String report(String run) {
    return "runs/" + run + ".json";
  }

  /**
   * The file with what a version changed against an earlier one. It is put once, as that of a
   * version.
   */
  static String changes(String from, String to) {
    return OF_VERSIONS + from + "-" + to + ".json";
  }

  /**
   * The file with the days of a place. Other places have other paths; a path needs no escaping in a
   * URL.
   */
  static String days(String code) {
    StringBuilder name = new StringBuilder();
    for (byte each : code.getBytes(UTF_8)) {
      char c = (char) (each & 0xFF);
      boolean isSafe = c < 0x80 && (Character.isLetterOrDigit(c) || c == '-');
      name.append(isSafe ? String.valueOf(c) : "_%02x".formatted((int) c));
    }
    String shown = name.length() <= MOST_CHARACTERS ? name.toString() : DigestUtils.sha256Hex(code);
    return "days/" + shown + ".json";
  }
}
