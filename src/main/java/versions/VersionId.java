package versions;

import covid.RunId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The ids of versions, as {@code 2026-11-22T21-00-00Z-7f3a9c01}: the second of its time, and eight
 * digits of a digest of what it is. They sort by time. The same version gets the same id again, so
 * that a repeated write after a lost answer changes nothing.
 */
public final class VersionId {
  private static final Pattern PATTERN =
      Pattern.compile("\\d{4}-\\d{2}-\\d{2}T\\d{2}-\\d{2}-\\d{2}Z-[0-9a-f]{8}");

  private static final int DIGITS = 8;

  private VersionId() {}

  /**
   * The id of a version.
   *
   * @param at its time
   * @param sha256 of its set
   * @param parent the id of the version before it; null if there is none
   * @param run that published it; null if none did
   */
  public static String of(
      Instant at, String sha256, @Nullable String parent, @Nullable String run) {
    String what = sha256 + ' ' + parent + ' ' + run;
    return RunId.prefix(at) + '-' + digest(what).substring(0, DIGITS);
  }

  private static String digest(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Whether a text has the form of a version's id. */
  public static boolean isId(String text) {
    if (!PATTERN.matcher(text).matches()) {
      return false;
    }
    try {
      RunId.second(text);
      return true;
    } catch (DateTimeException e) {
      return false;
    }
  }

  /**
   * The time of a version, in whole seconds.
   *
   * @throws DateTimeException if it is not an id
   */
  public static Instant at(String id) {
    return RunId.second(id);
  }
}
