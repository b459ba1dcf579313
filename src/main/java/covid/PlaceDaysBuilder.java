package covid;

import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;

/** Collects the days of one place in any order, in columns. Not thread-safe. */
public final class PlaceDaysBuilder {
  private final Place place;
  private final List<Metric> metrics;
  private final int width;
  private final DatePages pages = new DatePages();

  /** The figures of the metrics of each day, by the index of the day. */
  private final FigurePages figures;

  /**
   * @param metrics those that a day may have a figure of, in the order of the columns
   */
  public PlaceDaysBuilder(Place place, List<Metric> metrics) {
    this(place, metrics, new FigurePages.Room(0));
  }

  /**
   * @param room that it shares with others
   */
  PlaceDaysBuilder(Place place, List<Metric> metrics, FigurePages.Room room) {
    this.place = place;
    this.metrics = List.copyOf(metrics);
    this.width = metrics.size();
    this.figures = new FigurePages(width, room);
  }

  /** Adds a day, or replaces the one of its date. */
  public void put(Day day) {
    int index = index(day.date());
    for (int i = 0; i < metrics.size(); i++) {
      figure(i, index, day.figure(metrics.get(i)).orElse(PlaceDays.ABSENT));
    }
  }

  /** Adds the figures that other days of the place have of a date, which they must have. */
  void merge(PlaceDays others, int epochDay) {
    int index = index(epochDay);
    int other = others.indexOf(epochDay);
    for (int i = 0; i < others.metrics().size(); i++) {
      figure(metrics.indexOf(others.metrics().get(i)), index, others.figureOrAbsent(i, other));
    }
  }

  /** The index of a date, which from now on has a day, at first without figures. */
  public int index(LocalDate date) {
    return index(DateSet.epochDay(date));
  }

  /**
   * The index of a date, which from now on has a day, at first without figures.
   *
   * @param epochDay days since 1970-01-01
   */
  int index(int epochDay) {
    return pages.index(epochDay);
  }

  /** Sets a figure by the indices of its metric and its day. */
  public void figure(int metric, int index, long figure) {
    figures.put(metric, index, figure);
  }

  /**
   * Adds figures to those of a day.
   *
   * @param added of each metric, each at least 0, or {@link PlaceDays#ABSENT}
   * @return false if a sum is too large; then nothing is added
   */
  boolean add(int epochDay, long[] added) {
    int day = index(epochDay);
    for (int i = 0; i < width; i++) {
      // Nothing is negative but what stands for no figure.
      if (added[i] >= 0 && figures.at(i, day) > Long.MAX_VALUE - added[i]) {
        return false;
      }
    }
    for (int i = 0; i < width; i++) {
      if (added[i] >= 0) {
        figures.put(i, day, Math.max(figures.at(i, day), 0) + added[i]);
      }
    }
    return true;
  }

  /** The days so far. */
  public PlaceDays build() {
    int[] dates = pages.dates();
    long[][] columns = new long[width][dates.length];
    for (int day = 0; day < dates.length; day++) {
      int index = pages.index(dates[day]);
      for (int i = 0; i < width; i++) {
        columns[i][day] = figures.at(i, index);
      }
    }
    return new PlaceDays(place, metrics, dates, columns);
  }

  /**
   * The days, when there are no more to come: nothing can be added then. Of many places, both what
   * was collected and what came of it would not fit into memory.
   */
  PlaceDays finish() {
    PlaceDays days = figures.arePacked() && pages.areInARow() ? paged() : build();
    figures.clear();
    return days;
  }

  private PlaceDays paged() {
    byte[][] packed = figures.packed(pages.starts());
    int first = pages.firstInPage();
    return new PlaceDays(
        place,
        metrics,
        pages.dates(),
        IntStream.range(0, width)
            .<FigureColumn>mapToObj(metric -> new PagedColumn(packed, metric, first))
            .toList());
  }
}
