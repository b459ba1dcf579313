package covid;

import static java.util.stream.Collectors.toSet;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The result of one complete pull of a feed, which {@link Gate} has yet to accept.
 *
 * @param origin its source
 * @param missingColumns required columns that its header lacks; if there are any, this is not the
 *     feed
 * @param head what its first record shows
 * @param counts the outcomes of its rows
 * @param days the figures of each complete day
 * @param names those that it gives for places
 * @param gaps days that lack a part of their place, and parts that have ended
 * @param quarantine the quarantined rows, with their text
 */
public record FeedSet(
    Origin origin,
    List<String> missingColumns,
    Head head,
    RowCounts counts,
    DayColumns days,
    SortedMap<Place, String> names,
    Gaps gaps,
    List<QuarantinedRow> quarantine) {

  /** Of a feed that gives no names. */
  public FeedSet(
      Origin origin,
      List<String> missingColumns,
      RowCounts counts,
      DayColumns days,
      Gaps gaps,
      List<QuarantinedRow> quarantine) {
    this(origin, missingColumns, Head.USUAL, counts, days, new TreeMap<>(), gaps, quarantine);
  }

  /**
   * What the first record of a feed shows, and its layout.
   *
   * @param isPage whether its body is an HTML page; then columns are missing
   * @param begin its first characters, all of them printable, if columns are missing; else empty
   * @param hasPlaces whether its rows say of which place they are
   */
  public record Head(boolean isPage, String begin, boolean hasPlaces) {
    /** Of a feed with its columns. */
    public static final Head USUAL = new Head(false, "", true);
  }

  /**
   * The source of a pull, and its body.
   *
   * @param feed the feed's name
   * @param url the address, without user name, password and query
   * @param etag the entity tag from the server, empty if none
   * @param bytes length of the unpacked body
   * @param sha256 of the unpacked body, in hexadecimal
   */
  public record Origin(String feed, String url, String etag, long bytes, String sha256) {}

  /** The keys of the days of which the feed has figures, but not of every part. */
  Set<DayKey> incomplete() {
    return gaps.incomplete().stream().map(IncompleteDay::key).collect(toSet());
  }

  /** The newest complete day of any place; empty if there is none. */
  public Optional<LocalDate> newestDay() {
    return days.isEmpty() ? Optional.empty() : Optional.of(days.newest());
  }

  /** The feed's name. */
  public String name() {
    return origin.feed();
  }
}
