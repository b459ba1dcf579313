package covid;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.stream.IntStream;

/** A growing set of dates, in days since 1970-01-01, in 4 bytes each. Not thread-safe. */
final class DateSet {
  private int[] dates = new int[8];
  private int size;

  static int epochDay(LocalDate date) {
    return Math.toIntExact(date.toEpochDay());
  }

  void add(int date) {
    // Nearly always, dates come in their order.
    int found =
        size == 0 || dates[size - 1] < date ? -size - 1 : Arrays.binarySearch(dates, 0, size, date);
    if (found < 0) {
      int index = -found - 1;
      if (size == dates.length) {
        dates = Arrays.copyOf(dates, 2 * size);
      }
      System.arraycopy(dates, index, dates, index + 1, size - index);
      dates[index] = date;
      size++;
    }
  }

  boolean contains(int date) {
    return Arrays.binarySearch(dates, 0, size, date) >= 0;
  }

  boolean isEmpty() {
    return size == 0;
  }

  int size() {
    return size;
  }

  /** By index, ascending. */
  int get(int index) {
    return dates[index];
  }

  int first() {
    return dates[0];
  }

  int last() {
    return dates[size - 1];
  }

  /** Those after one date and before another. */
  IntStream between(int after, int before) {
    int from = index(after + 1);
    int to = index(before);
    return from < to ? Arrays.stream(dates, from, to) : IntStream.empty();
  }

  /** Those after a date. */
  IntStream after(int date) {
    return Arrays.stream(dates, index(date + 1), size);
  }

  /** The index of the first date that is not before this one. */
  private int index(int date) {
    int found = Arrays.binarySearch(dates, 0, size, date);
    return found < 0 ? -found - 1 : found;
  }
}
