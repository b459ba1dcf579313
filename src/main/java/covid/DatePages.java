package covid;

import java.util.Arrays;

/**
 * Gives dates indices that stay, in whatever order they come: those of a page of 16 days follow
 * each other, and there are pages only around dates that came. So the rows of a feed in any order
 * are neither moved, nor searched for. Dates are days since 1970-01-01. Not thread-safe.
 */
final class DatePages {
  private static final int PAGE_BITS = 4;

  /** The dates of a page. */
  static final int PAGE = 1 << PAGE_BITS;

  /** Of each page its first date, divided by 16; ascending. */
  private int[] numbers = new int[4];

  /** The index of the first date of each page. */
  private int[] starts = new int[4];

  /** A bit for each date of a page that came. */
  private int[] present = new int[4];

  private int size;
  private int count;

  /** The index of a date, which is from now on present. */
  int index(int date) {
    int page = page(date >> PAGE_BITS);
    if (page < 0) {
      page = -page - 1;
      insert(page, date >> PAGE_BITS);
    }
    int day = date & PAGE - 1;
    if ((present[page] & 1 << day) == 0) {
      present[page] |= 1 << day;
      count++;
    }
    return starts[page] + day;
  }

  /** The dates that are present, ascending. */
  int[] dates() {
    int[] dates = new int[count];
    int next = 0;
    for (int page = 0; page < size; page++) {
      for (int left = present[page]; left != 0; left &= left - 1) {
        dates[next++] = (numbers[page] << PAGE_BITS) + Integer.numberOfTrailingZeros(left);
      }
    }
    return dates;
  }

  /** Whether each date follows the one before, so that there is none between them. */
  boolean areInARow() {
    return count > 0 && last() - first() == count - 1;
  }

  private int first() {
    return (numbers[0] << PAGE_BITS) + firstInPage();
  }

  private int last() {
    return (numbers[size - 1] << PAGE_BITS)
        + Integer.SIZE
        - 1
        - Integer.numberOfLeadingZeros(present[size - 1]);
  }

  /** Where in its page the first date is; there must be one. */
  int firstInPage() {
    return Integer.numberOfTrailingZeros(present[0]);
  }

  /** The index of the first date of each page, by date. */
  int[] starts() {
    return Arrays.copyOf(starts, size);
  }

  /** The index of a page; negative, as {@link Arrays#binarySearch} has it, if there is none. */
  private int page(int number) {
    // The days of a feed follow each other.
    int guess = number - numbers[0];
    return guess >= 0 && guess < size && numbers[guess] == number
        ? guess
        : Arrays.binarySearch(numbers, 0, size, number);
  }

  private void insert(int page, int number) {
    if (size == numbers.length) {
      numbers = Arrays.copyOf(numbers, 2 * size);
      starts = Arrays.copyOf(starts, 2 * size);
      present = Arrays.copyOf(present, 2 * size);
    }
    System.arraycopy(numbers, page, numbers, page + 1, size - page);
    System.arraycopy(starts, page, starts, page + 1, size - page);
    System.arraycopy(present, page, present, page + 1, size - page);
    numbers[page] = number;
    starts[page] = size * PAGE;
    present[page] = 0;
    size++;
  }
}
