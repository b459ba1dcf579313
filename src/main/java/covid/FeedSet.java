package covid;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * What one pull of a feed gave. It arrived whole; whether it is any good is for {@link Gate} to
 * say.
 *
 * @param origin where it came from
 * @param missingColumns required columns that its header does not have; not empty: no feed at all
 * @param counts what became of its rows
 * @param days the figures of each whole day, ascending
 * @param gaps days that lack a part of the country, and parts that have ended
 * @param quarantine rows set aside, with their text
 */
public record FeedSet(
    Origin origin,
    List<String> missingColumns,
    RowCounts counts,
    SortedMap<LocalDate, Map<Metric, Long>> days,
    Gaps gaps,
    List<QuarantinedRow> quarantine) {

  /**
   * What was pulled from where.
   *
   * @param feed the feed's name
   * @param url the address, without user name, password and query
   * @param etag the entity tag the server gave, empty if none
   * @param bytes length of the unpacked body
   * @param sha256 of the unpacked body, in hexadecimal
   */
  public record Origin(String feed, String url, String etag, long bytes, String sha256) {}

  /** Whether the feed has figures of a day, be it of some parts of the country only. */
  boolean knows(LocalDate day) {
    return days.containsKey(day) || gaps.isIncomplete(day);
  }

  /** The feed's name. */
  public String name() {
    return origin.feed();
  }
}
