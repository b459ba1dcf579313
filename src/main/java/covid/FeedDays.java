package covid;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Gathers the rows of one pull of a feed by day. Places of one day are added up; of the same day
 * and place the first good row stands. A day of which a place has bad rows only is left out, for
 * its sum would be short, and the table keeps what it once has. Every row is counted once: as good,
 * empty or quarantined. Its size depends on the number of days, not of rows. Not thread-safe: rows
 * come one after the other.
 */
public final class FeedDays {
  /** Quarantined rows kept with their text; those beyond are only counted. */
  static final int MOST_KEPT = 10_000;

  private record Place(LocalDate date, String name) {}

  private final String feed;
  private final SortedMap<LocalDate, Map<Metric, Long>> days = new TreeMap<>();
  private final Set<Place> seen = new HashSet<>();
  private final Set<Place> bad = new HashSet<>();
  private final List<QuarantinedRow> quarantine = new ArrayList<>();
  private long good;
  private long empty;
  private long quarantined;

  /**
   * @param feed the name of the feed, to name quarantined rows by
   */
  public FeedDays(String feed) {
    this.feed = feed;
  }

  /** Takes in one row. */
  public void add(FeedRow row) {
    FeedRow.Reading reading = row.read();
    if (reading instanceof FeedRow.Reading.Good figures) {
      addFigures(row, figures);
    } else if (reading instanceof FeedRow.Reading.Bad unread) {
      quarantine(row, unread.reason());
      if (unread.date() != null) {
        bad.add(new Place(unread.date(), row.place().strip()));
      }
    } else {
      empty++;
    }
  }

  private void addFigures(FeedRow row, FeedRow.Reading.Good figures) {
    Place place = new Place(figures.date(), figures.place());
    if (seen.contains(place)) {
      quarantine(row, "%s is there a second time".formatted(figures.date()));
      return;
    }
    try {
      days.put(figures.date(), sum(days.get(figures.date()), figures.figures()));
      seen.add(place);
      good++;
    } catch (ArithmeticException e) {
      quarantine(row, "the sum over the places of %s is too large".formatted(figures.date()));
      bad.add(place);
    }
  }

  private static Map<Metric, Long> sum(Map<Metric, Long> one, Map<Metric, Long> other) {
    Map<Metric, Long> sum = new EnumMap<>(other);
    if (one != null) {
      one.forEach((metric, value) -> sum.merge(metric, value, Math::addExact));
    }
    return sum;
  }

  private void quarantine(FeedRow row, String reason) {
    quarantined++;
    if (quarantine.size() < MOST_KEPT) {
      quarantine.add(new QuarantinedRow(feed, row.line(), row.raw(), reason));
    }
  }

  /** The figures of each day whose places all could be read, ascending. */
  public SortedMap<LocalDate, Map<Metric, Long>> days() {
    SortedMap<LocalDate, Map<Metric, Long>> whole = new TreeMap<>(days);
    bad.stream().filter(place -> !seen.contains(place)).map(Place::date).forEach(whole::remove);
    return Collections.unmodifiableSortedMap(whole);
  }

  /** The quarantined rows with their text, the first {@value #MOST_KEPT} at the most. */
  public List<QuarantinedRow> quarantine() {
    return List.copyOf(quarantine);
  }

  /** How many rows were taken in, and what became of them. */
  public RowCounts counts() {
    return new RowCounts(good + empty + quarantined, good, empty, quarantined);
  }
}
