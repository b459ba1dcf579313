package covid;

import static java.util.stream.Collectors.joining;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Decides whether a pull may replace the published set. A refused pull changes nothing.
 *
 * @param place the country that the feeds must have rows of
 * @param maxBadRows the largest share of a feed's rows that may be quarantined, 0 to 1; exactly
 *     that share still passes
 * @param maxLostDays how many days of the published set may be missing
 * @param maxChangedDays the largest share of the published days with a figure less than half or
 *     more than double the published one, 0 to 1; before the first run: of the days with a figure
 *     lower than the day before
 */
public record Gate(
    Place place, BigDecimal maxBadRows, long maxLostDays, BigDecimal maxChangedDays) {

  /**
   * Decides on a pull.
   *
   * @param feeds the pulled feeds
   * @param joined their join
   * @param archived the days of the published set; empty before the first run
   * @return why the pull is refused, in one sentence; empty if it is accepted
   */
  public Optional<String> refuses(
      Collection<FeedSet> feeds, JoinedDays joined, List<Day> archived) {
    for (FeedSet feed : feeds) {
      Optional<String> reason = refuses(feed);
      if (reason.isPresent()) {
        return reason;
      }
    }
    if (joined.days().isEmpty()) {
      return Optional.of(
          "No day is in every feed: %s. Compare the dates of the feeds."
              .formatted(feeds.stream().map(Gate::span).collect(joining(", "))));
    }
    return lost(joined, archived)
        .or(() -> new ChangedDays(maxChangedDays).refuses(joined.days(), archived));
  }

  private Optional<String> refuses(FeedSet feed) {
    if (!feed.missingColumns().isEmpty()) {
      return Optional.of(
          "Feed %s has no column %s: what %s serves is not this feed, or its layout changed."
              .formatted(
                  feed.name(),
                  feed.missingColumns().stream().collect(joining("', '", "'", "'")),
                  feed.origin().url()));
    }
    RowCounts counts = feed.counts();
    if (counts.rows() == 0) {
      return Optional.of(
          "Feed %s has no rows of country '%s': look at %s, and at feed.jhu.country."
              .formatted(feed.name(), place, feed.origin().url()));
    }
    if (counts.empty() == counts.rows()) {
      return Optional.of(
          String.format(
              Locale.ROOT,
              "Feed %s has %,d rows of country '%s', and none of them has a figure: its source does"
                  + " not give what this feed is read for. Look at %s, and at feed.jhu.country.",
              feed.name(),
              counts.rows(),
              place,
              feed.origin().url()));
    }
    if (BigDecimal.valueOf(counts.quarantined())
            .compareTo(maxBadRows.multiply(BigDecimal.valueOf(counts.rows())))
        > 0) {
      return Optional.of(
          String.format(
              Locale.ROOT,
              "Feed %s has %,d bad rows of %,d, more than gate.max-bad-rows allows; the first is line"
                  + " %d: %s.",
              feed.name(),
              counts.quarantined(),
              counts.rows(),
              feed.quarantine().get(0).line(),
              feed.quarantine().get(0).reason()));
    }
    return Optional.empty();
  }

  private Optional<String> lost(JoinedDays joined, List<Day> archived) {
    TreeSet<DayKey> gone = new TreeSet<>();
    archived.forEach(day -> gone.add(day.key()));
    joined.days().forEach(day -> gone.remove(day.key()));
    if (gone.size() <= maxLostDays) {
      return Optional.empty();
    }
    return Optional.of(
        String.format(
            Locale.ROOT,
            "%,d of the %,d days archived last are gone (%s to %s), more than gate.max-lost-days"
                + " allows: check which feed lost them.",
            gone.size(),
            archived.size(),
            gone.first().date(),
            gone.last().date()));
  }

  private static String span(FeedSet feed) {
    return feed.days().isEmpty()
        ? "%s has no good day".formatted(feed.name())
        : "%s has %s to %s".formatted(feed.name(), feed.days().firstKey(), feed.days().lastKey());
  }
}
