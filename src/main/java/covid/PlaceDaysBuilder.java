package covid;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;

/** Collects the days of one place in any order, in columns. Not thread-safe. */
public final class PlaceDaysBuilder {
  private final Place place;
  private final List<Metric> metrics;
  private int size;
  private int[] dates = new int[16];
  private final long[][] figures;

  /**
   * @param metrics those that a day may have a figure of, in the order of the columns
   */
  public PlaceDaysBuilder(Place place, List<Metric> metrics) {
    this.place = place;
    this.metrics = List.copyOf(metrics);
    this.figures = new long[metrics.size()][dates.length];
  }

  /** Adds a day, or replaces the one of its date. */
  public void put(Day day) {
    int index = index(day.date());
    for (int i = 0; i < figures.length; i++) {
      figures[i][index] = day.figure(metrics.get(i)).orElse(PlaceDays.ABSENT);
    }
  }

  /** Adds the figures that other days of the place have of a date, which they must have. */
  void merge(PlaceDays others, int epochDay) {
    int index = index(epochDay);
    int other = others.indexOf(epochDay);
    for (int i = 0; i < others.metrics().size(); i++) {
      figures[metrics.indexOf(others.metrics().get(i))][index] = others.figureOrAbsent(i, other);
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
    // Nearly always, days come in their order.
    int found =
        size == 0 || dates[size - 1] < epochDay
            ? -size - 1
            : Arrays.binarySearch(dates, 0, size, epochDay);
    if (found >= 0) {
      return found;
    }
    int index = -found - 1;
    if (size == dates.length) {
      dates = Arrays.copyOf(dates, 2 * size);
      for (int i = 0; i < figures.length; i++) {
        figures[i] = Arrays.copyOf(figures[i], 2 * size);
      }
    }
    System.arraycopy(dates, index, dates, index + 1, size - index);
    dates[index] = epochDay;
    for (long[] column : figures) {
      System.arraycopy(column, index, column, index + 1, size - index);
      column[index] = PlaceDays.ABSENT;
    }
    size++;
    return index;
  }

  /**
   * A figure by the indices of its metric and its day, {@link PlaceDays#ABSENT} if there is none.
   */
  long figure(int metric, int index) {
    return figures[metric][index];
  }

  /** Sets a figure by the indices of its metric and its day. */
  public void figure(int metric, int index, long figure) {
    figures[metric][index] = figure;
  }

  /** The days so far. */
  public PlaceDays build() {
    return new PlaceDays(
        place,
        metrics,
        Arrays.copyOf(dates, size),
        Arrays.stream(figures).map(column -> Arrays.copyOf(column, size)).toArray(long[][]::new));
  }
}
