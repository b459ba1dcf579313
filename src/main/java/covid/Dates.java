package covid;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Some dates, each once, as intervals: those of a series take as much memory as one. Immutable. */
public final class Dates {
  /** No dates. */
  public static final Dates NONE = new Dates(IntStream.empty());

  private static final int LAST_YEAR = 9_999;

  /**
   * The first and the last date of each longest interval without a gap, in days since 1970-01-01,
   * ascending.
   */
  private final int[] bounds;

  private final int size;

  private Dates(IntStream epochDays) {
    int[] days = epochDays.sorted().distinct().toArray();
    int[] found = new int[2 * days.length];
    int end = 0;
    for (int i = 0; i < days.length; i++) {
      if (i == 0 || days[i] != days[i - 1] + 1) {
        found[end++] = days[i];
        end++;
      }
      found[end - 1] = days[i];
    }
    bounds = Arrays.copyOf(found, end);
    size = days.length;
  }

  /** Some dates, in any order. */
  public static Dates of(Collection<LocalDate> dates) {
    return new Dates(dates.stream().mapToInt(Dates::epochDay));
  }

  /** Some dates in days since 1970-01-01, in any order. */
  static Dates ofEpochDays(IntStream epochDays) {
    return new Dates(epochDays);
  }

  /**
   * Some dates as intervals, each of one date or from the first to the last, as ISO 8601 has them.
   *
   * @param intervals such as {@code 2020-01-22/2020-12-13} or {@code 2020-01-22}
   * @throws DateTimeException if one is neither, ends before it begins, or has a year of more than
   *     four digits
   */
  public static Dates ofIntervals(Collection<String> intervals) {
    return new Dates(
        intervals.stream()
            .flatMapToInt(
                interval -> {
                  int slash = interval.indexOf('/');
                  int first = day(slash < 0 ? interval : interval.substring(0, slash));
                  int last = slash < 0 ? first : day(interval.substring(slash + 1));
                  if (last < first) {
                    throw new DateTimeException("%s ends before it begins".formatted(interval));
                  }
                  return IntStream.rangeClosed(first, last);
                }));
  }

  /** A few intervals over millions of years would take all memory. */
  private static int day(String text) {
    LocalDate date = LocalDate.parse(text);
    if (date.getYear() < 0 || date.getYear() > LAST_YEAR) {
      throw new DateTimeException("%s has no year of four digits".formatted(text));
    }
    return epochDay(date);
  }

  /** The longest intervals without a gap, ascending, which {@link #ofIntervals} reads. */
  public List<String> intervals() {
    List<String> intervals = new ArrayList<>();
    for (int i = 0; i < bounds.length; i += 2) {
      LocalDate first = LocalDate.ofEpochDay(bounds[i]);
      LocalDate last = LocalDate.ofEpochDay(bounds[i + 1]);
      intervals.add(first.equals(last) ? first.toString() : first + "/" + last);
    }
    return intervals;
  }

  /** All dates of several. */
  static Dates union(Collection<Dates> several) {
    return several.size() == 1
        ? several.iterator().next()
        : new Dates(several.stream().flatMapToInt(Dates::epochDays));
  }

  static int epochDay(LocalDate date) {
    return Math.toIntExact(date.toEpochDay());
  }

  /** Whether a date is among them. */
  public boolean contains(LocalDate date) {
    return contains(epochDay(date));
  }

  /** Whether a date, in days since 1970-01-01, is among them. */
  boolean contains(int epochDay) {
    int found = Arrays.binarySearch(bounds, epochDay);
    // Where it would be inserted: behind the first date of an interval, and before its last.
    return found >= 0 || (-found - 1) % 2 == 1;
  }

  /** How many they are. */
  public int size() {
    return size;
  }

  /** Ascending. */
  public Stream<LocalDate> stream() {
    return epochDays().mapToObj(LocalDate::ofEpochDay);
  }

  private IntStream epochDays() {
    return IntStream.range(0, bounds.length / 2)
        .flatMap(i -> IntStream.rangeClosed(bounds[2 * i], bounds[2 * i + 1]));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Dates dates && Arrays.equals(bounds, dates.bounds);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bounds);
  }

  @Override
  public String toString() {
    return stream().toList().toString();
  }
}
