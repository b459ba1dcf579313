package covid;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Some dates, each once, in 4 bytes each. Immutable. */
public final class Dates {
  /** No dates. */
  public static final Dates NONE = new Dates(IntStream.empty());

  /** Days since 1970-01-01, ascending. */
  private final int[] epochDays;

  private Dates(IntStream epochDays) {
    this.epochDays = epochDays.sorted().distinct().toArray();
  }

  /** Some dates, in any order. */
  public static Dates of(Collection<LocalDate> dates) {
    return new Dates(dates.stream().mapToInt(Dates::epochDay));
  }

  /**
   * Some dates as intervals, each of one date or from the first to the last, as ISO 8601 has them.
   *
   * @param intervals such as {@code 2020-01-22/2020-12-13} or {@code 2020-01-22}
   * @throws java.time.DateTimeException if one is neither
   */
  public static Dates ofIntervals(Collection<String> intervals) {
    return new Dates(
        intervals.stream()
            .flatMapToInt(
                interval -> {
                  int slash = interval.indexOf('/');
                  LocalDate first =
                      LocalDate.parse(slash < 0 ? interval : interval.substring(0, slash));
                  LocalDate last =
                      slash < 0 ? first : LocalDate.parse(interval.substring(slash + 1));
                  return IntStream.rangeClosed(epochDay(first), epochDay(last));
                }));
  }

  /** The longest intervals without a gap, ascending, which {@link #ofIntervals} reads. */
  public List<String> intervals() {
    List<String> intervals = new ArrayList<>();
    int from = 0;
    for (int i = 1; i <= epochDays.length; i++) {
      if (i == epochDays.length || epochDays[i] != epochDays[i - 1] + 1) {
        LocalDate first = LocalDate.ofEpochDay(epochDays[from]);
        LocalDate last = LocalDate.ofEpochDay(epochDays[i - 1]);
        intervals.add(first.equals(last) ? first.toString() : first + "/" + last);
        from = i;
      }
    }
    return intervals;
  }

  /** All dates of several. */
  static Dates union(Collection<Dates> several) {
    return several.size() == 1
        ? several.iterator().next()
        : new Dates(several.stream().flatMapToInt(dates -> Arrays.stream(dates.epochDays)));
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
    return Arrays.binarySearch(epochDays, epochDay) >= 0;
  }

  /** How many they are. */
  public int size() {
    return epochDays.length;
  }

  /** Ascending. */
  public Stream<LocalDate> stream() {
    return Arrays.stream(epochDays).mapToObj(LocalDate::ofEpochDay);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Dates dates && Arrays.equals(epochDays, dates.epochDays);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(epochDays);
  }

  @Override
  public String toString() {
    return stream().toList().toString();
  }
}
