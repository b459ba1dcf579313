package covid;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What the next pull of a feed has to know of the last one, whose raw body is kept.
 *
 * @param feed its name
 * @param sha256 of the unpacked body, in hexadecimal; the raw body is found by it
 * @param reading digest of how the feed was read; what was read in another way is of no use
 * @param etag the entity tag to ask with, as the server sent it; empty if none
 * @param lastModified the date to ask with, as the server sent it; empty if none
 * @param since when the pull began that first found this body, in whole seconds
 * @param keptAt when the raw body was put, in whole seconds
 * @param content what is in the body; empty if rows are quarantined or days incomplete, so that
 *     each run has to look into it
 */
public record LastPull(
    String feed,
    String sha256,
    String reading,
    String etag,
    String lastModified,
    Instant since,
    Instant keptAt,
    Optional<Content> content) {
  private static final int FIELDS = 7;
  private static final int FIELDS_WITH_CONTENT = 12;
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

  public LastPull {
    requireNonNull(feed, "feed");
    requireNonNull(sha256, "sha256");
    requireNonNull(reading, "reading");
  }

  /**
   * What is in a body without quarantined rows and incomplete days.
   *
   * @param bytes length of the unpacked body
   * @param good rows with figures
   * @param empty rows without a figure
   * @param days those of all places
   * @param newestDay the last of them
   */
  public record Content(long bytes, long good, long empty, int days, LocalDate newestDay) {
    /** Of a pulled feed; empty if each run has to look into it. */
    static Optional<Content> of(FeedSet pulled) {
      RowCounts counts = pulled.counts();
      return counts.quarantined() > 0
              || !pulled.gaps().incomplete().isEmpty()
              || pulled.days().isEmpty()
          ? Optional.empty()
          : Optional.of(
              new Content(
                  pulled.origin().bytes(),
                  counts.good(),
                  counts.empty(),
                  pulled.days().size(),
                  pulled.days().newest()));
    }
  }

  /**
   * Of a feed that has just been pulled.
   *
   * @param before the last pull before this one, if one is known
   */
  public static LastPull of(
      FeedSet pulled,
      String reading,
      String etag,
      String lastModified,
      Instant pulledAt,
      Instant keptAt,
      Optional<LastPull> before) {
    return new LastPull(
        pulled.name(),
        pulled.origin().sha256(),
        reading,
        etag,
        lastModified,
        before
            .filter(last -> last.sha256.equals(pulled.origin().sha256()))
            .map(LastPull::since)
            .orElse(pulledAt),
        keptAt,
        Content.of(pulled));
  }

  /** This one for a set that is not all that was read, so that the next run has to look into it. */
  public LastPull withoutContent() {
    return new LastPull(feed, sha256, reading, etag, lastModified, since, keptAt, Optional.empty());
  }

  /** As a word for the metadata of an object, which {@link #parse} reads. */
  public String word() {
    String always =
        String.join(
            "/",
            encoded(feed),
            sha256,
            reading,
            encoded(etag),
            encoded(lastModified),
            Long.toString(since.getEpochSecond()),
            Long.toString(keptAt.getEpochSecond()));
    return always
        + content
            .map(
                known ->
                    "/%d/%d/%d/%d/%s"
                        .formatted(
                            known.bytes, known.good, known.empty, known.days, known.newestDay))
            .orElse("");
  }

  /** Reads a word; empty if it is none. */
  public static Optional<LastPull> parse(String word) {
    String[] fields = word.split("/", -1);
    if ((fields.length != FIELDS && fields.length != FIELDS_WITH_CONTENT) || !isSha256(fields[1])) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new LastPull(
              decoded(fields[0]),
              fields[1],
              fields[2],
              decoded(fields[3]),
              decoded(fields[4]),
              Instant.ofEpochSecond(Long.parseLong(fields[5])),
              Instant.ofEpochSecond(Long.parseLong(fields[6])),
              content(fields)));
    } catch (IllegalArgumentException | DateTimeException e) {
      return Optional.empty();
    }
  }

  /** Whether a text from the bucket may be the name of a body, and so a part of a key. */
  public static boolean isSha256(String text) {
    return SHA256.matcher(text).matches();
  }

  private static Optional<Content> content(String[] fields) {
    return fields.length == FIELDS
        ? Optional.empty()
        : Optional.of(
            new Content(
                Long.parseLong(fields[7]),
                Long.parseLong(fields[8]),
                Long.parseLong(fields[9]),
                Integer.parseInt(fields[10]),
                LocalDate.parse(fields[11])));
  }

  /** Metadata take ASCII only, and words have no blank and no slash. */
  private static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8);
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, UTF_8);
  }
}
