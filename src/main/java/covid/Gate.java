package covid;

import static java.util.stream.Collectors.joining;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a pull may replace the published set, per place. A refused pull changes nothing;
 * a refused place keeps its published series. In a dataset of one place, a refused place is a
 * refused pull.
 *
 * @param dataset what the feeds must have
 * @param maxBadRows the largest share of a feed's rows that may be quarantined, 0 to 1; exactly
 *     that share still passes
 * @param maxLostDays how many published days of a place may be missing
 * @param maxChangedDays the largest share of the published days of a place with a figure less than
 *     half or more than double the published one, 0 to 1; before its first publication: of the days
 *     with a figure lower than the day before
 * @param maxRefusedPlaces the largest share of the places that may be refused, 0 to 1, before the
 *     pull is
 */
public record Gate(
    Dataset dataset,
    BigDecimal maxBadRows,
    long maxLostDays,
    BigDecimal maxChangedDays,
    BigDecimal maxRefusedPlaces) {
  private static final int MOST_NAMED = 3;
  private static final int MOST_DAYS = 5;

  /**
   * Decides on a pull.
   *
   * @param feeds the pulled feeds
   * @param joined their join
   * @param published the days of the published set; none before the first run
   */
  public Verdict decide(Collection<FeedSet> feeds, DayColumns joined, DayColumns published) {
    for (FeedSet feed : feeds) {
      Optional<String> reason = refuses(feed);
      if (reason.isPresent()) {
        return Verdict.refused(reason.get());
      }
    }
    if (joined.isEmpty()) {
      return Verdict.refused(
          "No day is in every feed: %s. Compare the dates of the feeds."
              .formatted(feeds.stream().map(Gate::span).collect(joining(", "))));
    }
    Optional<String> zero =
        published.isEmpty() ? new ChangedDays(maxChangedDays).onlyZeros(joined) : Optional.empty();
    return zero.map(Verdict::refused).orElseGet(() -> decide(joined, published));
  }

  private Verdict decide(DayColumns joined, DayColumns published) {
    TreeSet<Place> places = new TreeSet<>(joined.byPlace().keySet());
    places.addAll(published.byPlace().keySet());
    SortedMap<Place, String> refused = new TreeMap<>();
    for (Place place : places) {
      refuses(joined.byPlace().get(place), published.byPlace().get(place))
          .ifPresent(reason -> refused.put(place, reason));
    }
    if (refused.isEmpty()) {
      return Verdict.accepted(refused);
    }
    if (dataset.places().isSingle()) {
      return Verdict.refused(refused.values().iterator().next());
    }
    boolean tooMany =
        BigDecimal.valueOf(refused.size())
                .compareTo(maxRefusedPlaces.multiply(BigDecimal.valueOf(places.size())))
            > 0;
    return tooMany ? Verdict.refused(tooMany(refused, places.size())) : Verdict.accepted(refused);
  }

  private static String tooMany(SortedMap<Place, String> refused, int places) {
    return String.format(
        Locale.ROOT,
        "%,d of the %,d places are refused, more than gate.max-refused-places allows: %s",
        refused.size(),
        places,
        refused.entrySet().stream()
            .limit(MOST_NAMED)
            .map(place -> "%s: %s".formatted(place.getKey(), place.getValue()))
            .collect(joining(" ")));
  }

  /**
   * Why it refuses a feed, whatever is published; empty if it does not.
   *
   * @param feed pulled
   */
  public Optional<String> refuses(FeedSet feed) {
    if (!feed.missingColumns().isEmpty()) {
      return Optional.of(
          "Feed %s has no column %s: what %s serves is %s."
              .formatted(
                  feed.name(),
                  feed.missingColumns().stream().collect(joining("', '", "'", "'")),
                  feed.origin().url(),
                  whatIsServed(feed)));
    }
    RowCounts counts = feed.counts();
    if (counts.rows() == 0 && !feed.head().hasPlaces()) {
      return Optional.of(
          "Feed %s has a header and no rows: look at %s."
              .formatted(feed.name(), feed.origin().url()));
    }
    if (counts.rows() == 0) {
      return Optional.of(
          "Feed %s has no rows%s: look at %s, and at %s."
              .formatted(
                  feed.name(), dataset.ofPlaces(), feed.origin().url(), dataset.placesSetting()));
    }
    if (counts.empty() == counts.rows()) {
      return Optional.of(
          String.format(
              Locale.ROOT,
              "Feed %s has %,d rows%s, and none of them has a figure: its source does"
                  + " not give what this feed is read for. Look at %s, and at %s.",
              feed.name(),
              counts.rows(),
              dataset.ofPlaces(),
              feed.origin().url(),
              dataset.placesSetting()));
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

  /** What there is in place of a feed with its columns. */
  private static String whatIsServed(FeedSet feed) {
    if (feed.head().isPage()) {
      return "an HTML page and not CSV; open it in a browser, and correct feed.%1$s.url, or feed.%1$s.headers if it asks for a login"
          .formatted(feed.name());
    }
    if (feed.origin().bytes() == 0) {
      return "empty";
    }
    String begin = feed.head().begin();
    return "not this feed, or its layout changed"
        + (begin.isEmpty() ? "" : "; it begins with '%s'".formatted(begin));
  }

  private Optional<String> refuses(@Nullable PlaceDays joined, @Nullable PlaceDays published) {
    return lost(joined, published)
        .or(
            () ->
                joined == null
                    ? Optional.empty()
                    : new ChangedDays(maxChangedDays).refuses(joined, published));
  }

  private Optional<String> lost(@Nullable PlaceDays joined, @Nullable PlaceDays published) {
    if (published == null) {
      return Optional.empty();
    }
    List<Integer> gone = new ArrayList<>();
    for (int i = 0; i < published.size(); i++) {
      if (joined == null || joined.indexOf(published.epochDay(i)) < 0) {
        gone.add(i);
      }
    }
    if (gone.size() <= maxLostDays) {
      return Optional.empty();
    }
    String days =
        gone.size() <= MOST_DAYS
            ? gone.stream().map(i -> published.date(i).toString()).collect(joining(", "))
            : "%s to %s"
                .formatted(published.date(gone.get(0)), published.date(gone.get(gone.size() - 1)));
    return Optional.of(
        String.format(
            Locale.ROOT,
            "%,d of the %,d days archived last are gone (%s), more than gate.max-lost-days"
                + " allows: check which feed lost them.",
            gone.size(),
            published.size(),
            days));
  }

  private static String span(FeedSet feed) {
    return feed.days().isEmpty()
        ? "%s has no good day".formatted(feed.name())
        : "%s has %s to %s".formatted(feed.name(), feed.days().oldest(), feed.days().newest());
  }
}
