package covid;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collection;
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
