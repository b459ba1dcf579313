package covid;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Collects the rows of one pull of a feed by day. The parts of the country are added up; of rows of
 * the same day and part the first good one counts. A day that lacks a part is left out, since its
 * sum would be too small and the table never changes a day: {@link #gaps()} names it. Every row is
 * counted once: as good, empty or quarantined. Memory depends on the number of days and parts, not
 * of rows. Not thread-safe.
 */
public final class FeedDays {
  /** The maximum number of quarantined rows kept with their text; more are only counted. */
  static final int MOST_KEPT = 10_000;

  /** Where a day begins first on earth. */
  private static final ZoneOffset EARLIEST = ZoneOffset.ofHours(14);

  private final String feed;
  private final LocalDate latest;
  private final TreeMap<LocalDate, Map<Metric, Long>> days = new TreeMap<>();
  private final PartFigures parts = new PartFigures();
  private final List<QuarantinedRow> quarantine = new ArrayList<>();
  private long good;
  private long empty;
  private long quarantined;

  /**
   * @param feed the name of the feed, for quarantined rows
   * @param clock the current time: a row of a day later than tomorrow, by the date at UTC+14, is
   *     quarantined
   */
  public FeedDays(String feed, Clock clock) {
    this.feed = feed;
    this.latest = LocalDate.now(clock.withZone(EARLIEST)).plusDays(1);
  }

  /** Adds one row. */
  public void add(FeedRow row) {
    FeedRow.Reading reading = row.read();
    if (reading instanceof FeedRow.Reading.Good figures) {
      addFigures(row, figures);
    } else if (reading instanceof FeedRow.Reading.Bad unread) {
      quarantine(row, unread.reason());
      if (unread.date() != null) {
        parts.unreadable(row.place().strip(), unread.date());
      }
    } else if (reading instanceof FeedRow.Reading.Empty nothing) {
      addNothing(row, nothing.date());
    }
  }

  private void addNothing(FeedRow row, LocalDate date) {
    if (isTooLate(row, date)) {
      return;
    }
    parts.row(date);
    empty++;
  }

  private void addFigures(FeedRow row, FeedRow.Reading.Good figures) {
    if (isTooLate(row, figures.date())) {
      return;
    }
    if (parts.has(figures.place(), figures.date())) {
      quarantine(row, "%s is there a second time".formatted(figures.date()));
      return;
    }
    try {
      days.merge(figures.date(), figures.figures(), FeedDays::sum);
      parts.figure(figures.place(), figures.date());
      good++;
    } catch (ArithmeticException e) {
      quarantine(row, "the sum over the places of %s is too large".formatted(figures.date()));
      parts.unreadable(figures.place(), figures.date());
    }
  }

  private boolean isTooLate(FeedRow row, LocalDate date) {
    boolean late = date.isAfter(latest);
    if (late) {
      quarantine(row, "date '%s' is later than tomorrow".formatted(date));
    }
    return late;
  }

  private static Map<Metric, Long> sum(Map<Metric, Long> one, Map<Metric, Long> other) {
    Map<Metric, Long> sum = new TreeMap<>(one);
    other.forEach((metric, value) -> sum.merge(metric, value, Math::addExact));
    return sum;
  }

  private void quarantine(FeedRow row, String reason) {
    quarantined++;
    if (quarantine.size() < MOST_KEPT) {
      quarantine.add(new QuarantinedRow(feed, row.line(), row.raw(), reason));
    }
  }

  /** The figures of each day that lacks no part, ascending. */
  public SortedMap<LocalDate, Map<Metric, Long>> days() {
    SortedMap<LocalDate, Map<Metric, Long>> whole = new TreeMap<>(days);
    gaps().incomplete().forEach(day -> whole.remove(day.date()));
    return Collections.unmodifiableSortedMap(whole);
  }

  /** The missing and ended parts of the country. */
  public Gaps gaps() {
    return parts.gaps(days.navigableKeySet());
  }

  /** The quarantined rows with their text, at most the first {@value #MOST_KEPT}. */
  public List<QuarantinedRow> quarantine() {
    return List.copyOf(quarantine);
  }

  /** The numbers of good, empty and quarantined rows. */
  public RowCounts counts() {
    return new RowCounts(good + empty + quarantined, good, empty, quarantined);
  }
}
