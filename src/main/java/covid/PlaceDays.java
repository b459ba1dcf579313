package covid;

import static java.util.Objects.requireNonNull;

import java.time.LocalDate;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.RandomAccess;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The days of one place, ascending, each once. Immutable.
 *
 * <p>The figures are kept in columns, since a set may have millions of days: a {@link Day} is made
 * only when it is asked for.
 */
public final class PlaceDays extends AbstractList<Day> implements RandomAccess {
  /** In a column: no figure. */
  public static final long ABSENT = Long.MIN_VALUE;

  private final Place place;
  private final List<Metric> metrics;
  private final int[] dates;
  private final FigureColumn[] figures;

  private PlaceDays(Place place, List<Metric> metrics, int[] dates, FigureColumn[] figures) {
    this.place = requireNonNull(place, "place");
    this.metrics = List.copyOf(metrics);
    this.dates = dates;
    this.figures = figures;
  }

  /**
   * @param dates days since 1970-01-01, ascending; not copied
   * @param figures a column for each metric, as long as {@code dates}
   */
  PlaceDays(Place place, List<Metric> metrics, int[] dates, long[][] figures) {
    this(
        place,
        metrics,
        dates,
        Arrays.stream(figures).map(FigureColumn::of).toArray(FigureColumn[]::new));
  }

  /**
   * @param dates days since 1970-01-01, ascending; not copied
   * @param figures a column for each metric
   */
  PlaceDays(Place place, List<Metric> metrics, int[] dates, List<FigureColumn> figures) {
    this(place, metrics, dates, figures.toArray(FigureColumn[]::new));
  }

  /** The place of all days. */
  public Place place() {
    return place;
  }

  /** The metrics that a day may have a figure of, in the order of the columns. */
  public List<Metric> metrics() {
    return metrics;
  }

  @Override
  public Day get(int index) {
    Map<Metric, Long> day = new HashMap<>();
    for (int i = 0; i < figures.length; i++) {
      long figure = figures[i].at(index);
      if (figure != ABSENT) {
        day.put(metrics.get(i), figure);
      }
    }
    return new Day(new DayKey(place, date(index)), day);
  }

  @Override
  public int size() {
    return dates.length;
  }

  /** The date of a day by its index. */
  public LocalDate date(int index) {
    return LocalDate.ofEpochDay(dates[index]);
  }

  /** The date of a day by its index, in days since 1970-01-01. */
  public int epochDay(int index) {
    return dates[index];
  }

  /** A figure by the indices of its metric and its day. */
  public OptionalLong figure(int metric, int index) {
    long figure = figures[metric].at(index);
    return figure == ABSENT ? OptionalLong.empty() : OptionalLong.of(figure);
  }

  /** A figure by the indices of its metric and its day, {@link #ABSENT} if there is none. */
  public long figureOrAbsent(int metric, int index) {
    return figures[metric].at(index);
  }

  /** The index of a date; negative if there is no such day. */
  public int indexOf(LocalDate date) {
    return Arrays.binarySearch(dates, DateSet.epochDay(date));
  }

  /** The index of a date in days since 1970-01-01; negative if there is no such day. */
  int indexOf(int epochDay) {
    return Arrays.binarySearch(dates, epochDay);
  }

  /**
   * These days, packed to be one of many places: a figure takes one byte or two then, and a little
   * longer to be read.
   *
   * @param others whose dates in memory are shared if they are the same: those of most places of a
   *     feed are; null if there are none
   */
  public PlaceDays packed(@Nullable PlaceDays others) {
    return new PlaceDays(
        place,
        metrics,
        others != null && Arrays.equals(dates, others.dates) ? others.dates : dates,
        Arrays.stream(figures)
            .map(column -> column.packed(dates.length))
            .toArray(FigureColumn[]::new));
  }

  /**
   * These days, to be read one after the other and then left: as long as the {@linkplain #packed
   * packed} ones they are of, they take several times the memory.
   */
  public PlaceDays unpacked() {
    return new PlaceDays(
        place,
        metrics,
        dates,
        Arrays.stream(figures)
            .map(column -> column.unpacked(dates.length))
            .toArray(FigureColumn[]::new));
  }

  /** Those of these days whose date, in days since 1970-01-01, meets a condition. */
  public PlaceDays where(IntPredicate condition) {
    int[] kept = IntStream.range(0, dates.length).filter(i -> condition.test(dates[i])).toArray();
    if (kept.length == dates.length) {
      return this;
    }
    return new PlaceDays(
        place,
        metrics,
        Arrays.stream(kept).map(i -> dates[i]).toArray(),
        Arrays.stream(figures)
            .map(column -> Arrays.stream(kept).mapToLong(column::at).toArray())
            .toArray(long[][]::new));
  }
}
