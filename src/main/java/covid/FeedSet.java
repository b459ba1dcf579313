package covid;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * The result of one complete pull of a feed, which {@link Gate} has yet to accept.
 *
 * @param origin its source
 * @param missingColumns required columns that its header lacks; if there are any, this is not the
 *     feed
 * @param counts the outcomes of its rows
 * @param days the figures of each complete day, ascending
 * @param gaps days that lack a part of the country, and parts that have ended
 * @param quarantine the quarantined rows, with their text
 */
public record FeedSet(
    Origin origin,
    List<String> missingColumns,
    RowCounts counts,
    SortedMap<LocalDate, Map<Metric, Long>> days,
    Gaps gaps,
    List<QuarantinedRow> quarantine) {

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

  /** Whether the feed has figures of a day, even if only of some parts of the country. */
  boolean knows(LocalDate day) {
    return days.containsKey(day) || gaps.isIncomplete(day);
  }

  /** The feed's name. */
  public String name() {
    return origin.feed();
  }
}
