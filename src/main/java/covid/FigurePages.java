package covid;

import java.util.Arrays;

/**
 * Growing figures of days by the indices that {@link DatePages} gives, at first {@link
 * PlaceDays#ABSENT}. All pages but the one in use are packed: the rows of a feed that come day
 * after day are of all places in turn, so that of each only the last days change. Not thread-safe.
 */
final class FigurePages {
  /** A page of which all is absent. */
  private static final byte[] EMPTY = {};

  /** The figures of the page in use, of one metric after the other. */
  private final long[] used;

  private int page = -1;
  private boolean changed;

  /** The other pages, as far as there are any. */
  private byte[][] packed = {};

  /**
   * @param metrics how many figures a day has
   */
  FigurePages(int metrics) {
    used = new long[metrics * DatePages.PAGE];
  }

  /** A figure by the indices of its metric and its day, or {@link PlaceDays#ABSENT}. */
  long at(int metric, int day) {
    use(day / DatePages.PAGE);
    return used[index(metric, day)];
  }

  /** Sets a figure, which may be {@link PlaceDays#ABSENT}. */
  void put(int metric, int day, long figure) {
    use(day / DatePages.PAGE);
    used[index(metric, day)] = figure;
    changed = true;
  }

  private static int index(int metric, int day) {
    return metric * DatePages.PAGE + day % DatePages.PAGE;
  }

  private void use(int next) {
    if (next == page) {
      return;
    }
    pack();
    if (next >= packed.length) {
      int before = packed.length;
      packed = Arrays.copyOf(packed, Math.max(next + 4, before + before / 2));
      Arrays.fill(packed, before, packed.length, EMPTY);
    }
    byte[] bytes = packed[next];
    if (bytes.length == 0) {
      Arrays.fill(used, PlaceDays.ABSENT);
    } else {
      PackedFigures.unpack(bytes, 0, used);
    }
    page = next;
  }

  private void pack() {
    if (changed) {
      byte[] bytes = new byte[used.length * PackedFigures.MOST_BYTES];
      int end = PackedFigures.pack(used, 0, used.length, bytes, 0);
      packed[page] = Arrays.copyOf(bytes, end);
      changed = false;
    }
  }

  /** Forgets all figures. */
  void clear() {
    packed = new byte[0][];
    page = -1;
    changed = false;
  }
}
