package covid;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Growing figures by index, at first {@link PlaceDays#ABSENT}. They take 4 bytes each as long as
 * all of them fit, which is usual, and 8 from then on. Not thread-safe.
 */
final class FigureArray {
  /** Stands for no figure among those of 4 bytes. */
  private static final int ABSENT = Integer.MIN_VALUE;

  private int[] small = {};

  /** All figures, once one has come that does not fit. */
  private long @Nullable [] large;

  /** Has room for figures up to an index. */
  void reserve(int length) {
    int before = large == null ? small.length : large.length;
    if (length <= before) {
      return;
    }
    // Half as much again: most of a large set is in arrays like this one.
    int more = Math.max(length, before + before / 2);
    if (large == null) {
      small = Arrays.copyOf(small, more);
      Arrays.fill(small, before, more, ABSENT);
    } else {
      large = Arrays.copyOf(large, more);
      Arrays.fill(large, before, more, PlaceDays.ABSENT);
    }
  }

  /** The figure of an index, or {@link PlaceDays#ABSENT}. */
  long at(int index) {
    if (large != null) {
      return large[index];
    }
    int figure = small[index];
    return figure == ABSENT ? PlaceDays.ABSENT : figure;
  }

  /** Sets the figure of an index, which may be {@link PlaceDays#ABSENT}. */
  void put(int index, long figure) {
    long[] all = large;
    if (all == null && figure != PlaceDays.ABSENT && (figure != (int) figure || figure == ABSENT)) {
      all = Arrays.stream(small).mapToLong(one -> one == ABSENT ? PlaceDays.ABSENT : one).toArray();
      large = all;
      small = new int[0];
    }
    if (all != null) {
      all[index] = figure;
    } else {
      small[index] = figure == PlaceDays.ABSENT ? ABSENT : (int) figure;
    }
  }

  /** Forgets all figures. */
  void clear() {
    small = new int[0];
    large = null;
  }
}
