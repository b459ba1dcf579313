package covid;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Collects the rows of one pull of a feed by place and day. The parts of a place are added up; of
 * rows of the same day and part the first good one counts. A day that lacks a part is left out,
 * since its sum would be too small and the table never changes a day: {@link #gaps()} names it.
 * Every row is counted once: as good, empty or quarantined. Memory depends on the number of days
 * and parts, not of rows. Not thread-safe.
 */
public final class FeedDays {
  /** The maximum number of quarantined rows kept with their text; more are only counted. */
  static final int MOST_KEPT = 10_000;

  /** Where a day begins first on earth. */
  private static final ZoneOffset EARLIEST = ZoneOffset.ofHours(14);

  private final String feed;
  private final FeedLayout layout;
  private final List<Metric> metrics;
  private final boolean[] needed;
  private final LocalDate latest;
  private final int latestDay;
  private final FeedPlaces places;
  private final List<QuarantinedRow> quarantine = new ArrayList<>();
  private long good;
  private long empty;
  private long quarantined;

  /**
   * @param feed the name of the feed, for quarantined rows
   * @param layout what its rows mean
   * @param clock the current time: a row of a day later than tomorrow, by the date at UTC+14, is
   *     quarantined
   */
  public FeedDays(String feed, FeedLayout layout, Clock clock) {
    this.feed = feed;
    this.layout = layout;
    this.metrics = layout.metrics();
    this.places = new FeedPlaces(metrics);
    this.needed = new boolean[metrics.size()];
    for (int i = 0; i < needed.length; i++) {
      needed[i] = layout.needed().contains(metrics.get(i));
    }
    this.latest = LocalDate.now(clock.withZone(EARLIEST)).plusDays(1);
    this.latestDay = DateSet.epochDay(latest);
  }

  /** Adds one row; returns what it says. */
  public FeedRow.Reading add(FeedRow row) {
    FeedRow.Reading reading = row.read(layout);
    add(row, reading);
    return reading;
  }

  private void add(FeedRow row, FeedRow.Reading reading) {
    if (reading instanceof FeedRow.Reading.Bad unread) {
      quarantine(row, unread.reason());
      if (unread.date() != null && places.refuse(row.place()).isEmpty()) {
        place(row).part(row.part().strip()).unreadable(DateSet.epochDay(unread.date()));
      }
      return;
    }
    Optional<String> wrong = places.refuse(row.place());
    if (wrong.isPresent()) {
      quarantine(row, wrong.get());
    } else if (reading instanceof FeedRow.Reading.Good figures) {
      addFigures(row, figures);
    } else if (reading instanceof FeedRow.Reading.Empty nothing) {
      addNothing(row, nothing.date());
    }
  }

  private PlaceSums place(FeedRow row) {
    return places.of(row.place(), row.name());
  }

  private void addNothing(FeedRow row, LocalDate date) {
    if (isTooLate(row, date)) {
      return;
    }
    place(row).row(DateSet.epochDay(date));
    empty++;
  }

  private void addFigures(FeedRow row, FeedRow.Reading.Good figures) {
    if (isTooLate(row, figures.date())) {
      return;
    }
    PartSums part = place(row).part(figures.part());
    int day = DateSet.epochDay(figures.date());
    if (part.has(day)) {
      quarantine(row, "%s is there a second time".formatted(figures.date()));
    } else if (part.add(day, inOrder(figures.figures()))) {
      good++;
    } else {
      quarantine(row, "the sum over the places of %s is too large".formatted(figures.date()));
      part.unreadable(day);
    }
  }

  private long[] inOrder(Map<Metric, Long> figures) {
    return metrics.stream()
        .mapToLong(metric -> figures.getOrDefault(metric, PlaceDays.ABSENT))
        .toArray();
  }

  /** What the rows of a part are added to; empty if no row of its place has been accepted yet. */
  public Optional<PartSums> part(String place, String part) {
    return places.find(place).map(sums -> sums.part(part));
  }

  /**
   * Adds a row whose fields have been read already.
   *
   * @param part what {@link #part} has given for its place and part
   * @param day its date, in days since 1970-01-01
   * @param figures in the order of {@link FeedLayout#metrics()}, each at least 0, or {@link
   *     PlaceDays#ABSENT}
   * @return false if the row is to be quarantined: then nothing is noted, and {@link #add(FeedRow)}
   *     is to do it
   */
  public boolean add(PartSums part, int day, long[] figures) {
    if (day > latestDay) {
      return false;
    }
    if (!isEnough(figures)) {
      part.row(day);
      empty++;
      return true;
    }
    boolean added = part.add(day, figures);
    good += added ? 1 : 0;
    return added;
  }

  /** Whether there is any figure, and each that a row needs. */
  private boolean isEnough(long[] figures) {
    boolean any = false;
    for (int i = 0; i < figures.length; i++) {
      boolean present = figures[i] != PlaceDays.ABSENT;
      if (needed[i] && !present) {
        return false;
      }
      any |= present;
    }
    return any;
  }

  private boolean isTooLate(FeedRow row, LocalDate date) {
    boolean late = date.isAfter(latest);
    if (late) {
      quarantine(row, "date '%s' is later than tomorrow".formatted(date));
    }
    return late;
  }

  private void quarantine(FeedRow row, String reason) {
    quarantined++;
    if (quarantine.size() < MOST_KEPT) {
      quarantine.add(new QuarantinedRow(feed, row.line(), row.raw(), reason));
    }
  }

  /** The figures of each day that lacks no part, when the last row has been added. */
  public DayColumns days() {
    return places.days();
  }

  /**
   * The names of places, each as the first row of its place gives it. A name is not there if it is
   * blank, longer than {@value FeedPlaces#LONGEST_NAME} characters, damaged, or holds what cannot
   * be seen.
   */
  public SortedMap<Place, String> names() {
    return places.names();
  }

  /** The missing and ended parts of the places. */
  public Gaps gaps() {
    return places.gaps();
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
