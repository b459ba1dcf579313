package covid;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The figures of one place over time.
 *
 * <p>A cumulative count cannot fall to zero. If a metric does, or has no more figures, and that to
 * the end, the source has discontinued it: from then on it counts as not reported.
 */
public final class Series {
  private final PlaceDays days;
  private final boolean synthetic;

  /** By the index of a metric: for how many days, from the first on, it is reported. */
  private final int[] reported;

  /**
   * {@linkplain Metric#PUBLISHED Published} figures that a source has counted.
   *
   * @param days of one place, at least one
   */
  public Series(List<Day> days) {
    this(days, false);
  }

  /**
   * {@linkplain Metric#PUBLISHED Published} figures.
   *
   * @param days of one place, at least one
   * @param synthetic whether the figures are invented
   */
  public Series(List<Day> days, boolean synthetic) {
    this(columns(days), synthetic);
  }

  /**
   * Figures of any metrics.
   *
   * @param days at least one
   * @param synthetic whether the figures are invented
   */
  public Series(PlaceDays days, boolean synthetic) {
    if (days.isEmpty()) {
      throw new IllegalArgumentException("A series has at least one day.");
    }
    this.days = days;
    this.synthetic = synthetic;
    this.reported = new int[days.metrics().size()];
    Arrays.setAll(reported, this::reportedDays);
  }

  private static PlaceDays columns(List<Day> days) {
    Place place = days.isEmpty() ? new Place("") : days.get(days.size() - 1).place();
    PlaceDaysBuilder columns = new PlaceDaysBuilder(place, Metric.PUBLISHED);
    days.forEach(columns::put);
    return columns.build();
  }

  /** For how many days, from the first on, a metric is reported; all if it was never positive. */
  private int reportedDays(int metric) {
    for (int i = days.size(); i > 0; i--) {
      if (days.figure(metric, i - 1).orElse(0) != 0) {
        return i;
      }
    }
    return days.size();
  }

  /** The days, ascending. */
  public List<Day> days() {
    return days;
  }

  /** The metrics that a day may have a figure of, in the order of their columns. */
  public List<Metric> metrics() {
    return days.metrics();
  }

  /** The place that the figures are of. */
  public Place place() {
    return days.place();
  }

  /** The name of the place. */
  public String country() {
    return place().name();
  }

  /** Whether the figures are invented, so that no source is credited with them. */
  public boolean isSynthetic() {
    return synthetic;
  }

  /** Whether the source no longer reports a metric. */
  public boolean isDiscontinued(Metric metric) {
    return reported[index(metric)] < days.size();
  }

  /** The last reported figure of a metric; 0 if it has none. */
  public Figure latest(Metric metric) {
    return find(metric).orElseGet(() -> new Figure(0, days.date(days.size() - 1), null));
  }

  /** The last reported figure of a metric; empty if no day has one. */
  public Optional<Figure> find(Metric metric) {
    int column = index(metric);
    int last = SeriesPeriods.lastFigure(days, column, reported[column] - 1, -1);
    return last < 0
        ? Optional.empty()
        : Optional.of(
            new Figure(
                days.figure(column, last).orElse(0),
                days.date(last),
                isDiscontinued(metric) ? true : null));
  }

  /** The first day since which a metric has its last reported figure; empty if no day has one. */
  public Optional<LocalDate> unchangedSince(Metric metric) {
    int column = index(metric);
    int since = SeriesPeriods.lastFigure(days, column, reported[column] - 1, -1);
    if (since < 0) {
      return Optional.empty();
    }
    OptionalLong latest = days.figure(column, since);
    for (int i = since - 1; i >= 0 && !isOther(days.figure(column, i), latest); i--) {
      since = days.figure(column, i).isPresent() ? i : since;
    }
    return Optional.of(days.date(since));
  }

  private static boolean isOther(OptionalLong figure, OptionalLong latest) {
    return figure.isPresent() && !figure.equals(latest);
  }

  /**
   * A figure and its day.
   *
   * @param value the cumulative count
   * @param asOf the day
   * @param discontinued true if the source no longer reports this metric; otherwise null
   */
  public record Figure(long value, LocalDate asOf, @Nullable Boolean discontinued) {}

  /**
   * The figures of a period: those reported last in it, and their changes. A figure is null if none
   * was reported; a change also if there is no earlier day to compare with.
   *
   * @param date the last day of the period in the series
   * @param figures of each metric, for one measure after another; a {@link Long} if it is a number
   *     of persons
   */
  public record Period(LocalDate date, List<@Nullable Number> figures) {}

  /**
   * The totals of each period and their changes; see {@link #periods(View, Interval, LocalDate,
   * LocalDate)}.
   */
  public List<Period> periods(Interval interval, LocalDate from, LocalDate to) {
    return periods(View.PLAIN, interval, from, to);
  }

  /**
   * The figures of each period. A period that begins before {@code from} or ends after {@code to}
   * is cut there.
   *
   * @param view which figures
   * @param from first day, inclusive
   * @param to last day, inclusive
   */
  public List<Period> periods(View view, Interval interval, LocalDate from, LocalDate to) {
    return new SeriesPeriods(days, reported, view).between(interval, from, to);
  }

  private int index(Metric metric) {
    int index = days.metrics().indexOf(metric);
    if (index < 0) {
      throw new IllegalArgumentException("The series has no metric " + metric + ".");
    }
    return index;
  }
}
