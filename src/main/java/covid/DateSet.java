package covid;

import java.time.LocalDate;
import java.util.Arrays;

/**
 * A growing set of dates, in days since 1970-01-01. Dates may come in any order: each is one bit of
 * a word of 64 days, and there are words only for days around those that came. Not thread-safe.
 */
final class DateSet {
  private static final int WORD_BITS = 6;
  private static final int[] NONE = {};

  /** Of each word its first date, divided by 64; ascending. */
  private int[] numbers = new int[2];

  private long[] words = new long[2];
  private int size;

  static int epochDay(LocalDate date) {
    return Math.toIntExact(date.toEpochDay());
  }

  /** Adds a date; returns whether it is new. */
  boolean add(int date) {
    return add(date >> WORD_BITS, 1L << date);
  }

  /** Adds all dates of another set. */
  void addAll(DateSet other) {
    for (int i = 0; i < other.size; i++) {
      add(other.numbers[i], other.words[i]);
    }
  }

  private boolean add(int number, long bits) {
    int index = index(number);
    if (index < 0) {
      index = -index - 1;
      insert(index, number);
    }
    long before = words[index];
    words[index] = before | bits;
    return words[index] != before;
  }

  boolean contains(int date) {
    int index = index(date >> WORD_BITS);
    return index >= 0 && (words[index] & 1L << date) != 0;
  }

  boolean isEmpty() {
    return size == 0;
  }

  /** The first date of a set that is not empty. */
  int first() {
    return (numbers[0] << WORD_BITS) + Long.numberOfTrailingZeros(words[0]);
  }

  /** The last date of a set that is not empty. */
  int last() {
    return lastOf(size - 1, words[size - 1]);
  }

  /** The last date before another one, which is after {@link #first()}. */
  int before(int date) {
    int found = index(date >> WORD_BITS);
    int index = found < 0 ? -found - 1 : found;
    long earlier = found < 0 ? 0 : words[index] & (1L << date) - 1;
    return earlier != 0 ? lastOf(index, earlier) : lastOf(index - 1, words[index - 1]);
  }

  private int lastOf(int index, long word) {
    return (numbers[index] << WORD_BITS) + Long.SIZE - 1 - Long.numberOfLeadingZeros(word);
  }

  /** The first date after another one, which is before {@link #last()}. */
  int after(int date) {
    int found = index(date + 1 >> WORD_BITS);
    int index = found < 0 ? -found - 1 : found;
    long later = found < 0 ? 0 : words[index] & -1L << date + 1;
    if (later == 0) {
      index += found < 0 ? 0 : 1;
      later = words[index];
    }
    return (numbers[index] << WORD_BITS) + Long.numberOfTrailingZeros(later);
  }

  /** The dates that another set has not; ascending. */
  int[] without(DateSet other) {
    int[] dates = NONE;
    int count = 0;
    for (int i = 0; i < size; i++) {
      int found = other.index(numbers[i]);
      long left = found < 0 ? words[i] : words[i] & ~other.words[found];
      if (left != 0) {
        dates = Arrays.copyOf(dates, count + Long.bitCount(left));
      }
      for (; left != 0; left &= left - 1) {
        dates[count++] = (numbers[i] << WORD_BITS) + Long.numberOfTrailingZeros(left);
      }
    }
    return dates;
  }

  /** A set of the dates that another set has not. */
  DateSet minus(DateSet other) {
    DateSet rest = new DateSet();
    for (int date : without(other)) {
      rest.add(date);
    }
    return rest;
  }

  /** The index of a word; negative, as {@link Arrays#binarySearch} has it, if there is none. */
  private int index(int number) {
    // The days of a feed follow each other.
    int guess = number - numbers[0];
    return guess >= 0 && guess < size && numbers[guess] == number
        ? guess
        : Arrays.binarySearch(numbers, 0, size, number);
  }

  private void insert(int index, int number) {
    if (size == words.length) {
      numbers = Arrays.copyOf(numbers, 2 * size);
      words = Arrays.copyOf(words, 2 * size);
    }
    System.arraycopy(numbers, index, numbers, index + 1, size - index);
    System.arraycopy(words, index, words, index + 1, size - index);
    numbers[index] = number;
    words[index] = 0;
    size++;
  }
}
