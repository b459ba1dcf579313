package feeds;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * By what a server tells whether it still has the body that it sent (RFC 9110).
 *
 * @param etag the entity tag, strong or weak, as it was sent; empty if none
 * @param lastModified the date of the last change, as it was sent; empty if none
 */
public record Validators(String etag, String lastModified) {
  /** None: the server has to send the body. */
  public static final Validators NONE = new Validators("", "");

  /** The names of the headers of a conditional request. */
  public static final List<String> CONDITIONS = List.of("If-None-Match", "If-Modified-Since");

  private static final int LONGEST = 200;

  /** In quotes; a bare {@code *} would mean any body. */
  private static final Pattern ETAG =
      Pattern.compile("(W/)?\"[\\x21\\x23-\\x7e\\x80-\\xff]{0," + LONGEST + "}\"");

  /**
   * Of the headers of an answer, as far as they can be asked with.
   *
   * @param etag the header {@code ETag}; empty if there is none. Only one in the form of RFC 9110
   *     of ordinary length counts
   * @param lastModified the header {@code Last-Modified}; empty if there is none. It only counts if
   *     it is older than the answer: a body may change twice in a second
   * @param date the header {@code Date}; empty if there is none
   */
  public static Validators of(String etag, String lastModified, String date) {
    return new Validators(
        ETAG.matcher(etag).matches() ? etag : "", isOlder(lastModified, date) ? lastModified : "");
  }

  private static boolean isOlder(String lastModified, String date) {
    try {
      return instant(lastModified).isBefore(instant(date));
    } catch (DateTimeException e) {
      return false;
    }
  }

  private static Instant instant(String date) {
    return DateTimeFormatter.RFC_1123_DATE_TIME.parse(date, Instant::from);
  }

  /** The headers of a conditional request; none if there is nothing to ask with. */
  public Map<String, String> conditions() {
    if (!etag.isEmpty()) {
      return Map.of(CONDITIONS.get(0), etag);
    }
    return lastModified.isEmpty() ? Map.of() : Map.of(CONDITIONS.get(1), lastModified);
  }
}
