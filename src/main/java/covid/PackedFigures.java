package covid;

/**
 * Figures in a row of bytes: of each how much it is more than the one before, as a number of as few
 * bytes as it needs. A cumulative count grows by little, so most take one byte or two.
 *
 * <p>A byte 0 is no figure. Any other is a difference, of which 0, -1, 1, -2, ... are 1, 2, 3, 4,
 * ..., 7 bits in a byte, the lowest first, and a bit more in each byte but the last.
 */
final class PackedFigures {
  /** The bytes that a figure takes at the most. */
  static final int MOST_BYTES = 10;

  private static final int BITS = 7;
  private static final int MORE = 1 << BITS;

  private PackedFigures() {}

  /**
   * Packs figures, any of which may be {@link PlaceDays#ABSENT}.
   *
   * @param bytes to write to, with room for {@link #MOST_BYTES} a figure
   * @param start where to begin in them
   * @return where they end
   */
  static int pack(long[] figures, int from, int to, byte[] bytes, int start) {
    int next = start;
    long before = 0;
    for (int i = from; i < to; i++) {
      long figure = figures[i];
      if (figure == PlaceDays.ABSENT) {
        bytes[next++] = 0;
      } else {
        long more = figure - before;
        next = put((more << 1 ^ more >> Long.SIZE - 1) + 1, bytes, next);
        before = figure;
      }
    }
    return next;
  }

  private static int put(long code, byte[] bytes, int start) {
    int next = start;
    long left = code;
    // The largest difference of all is 0 again, which in two bytes is not that of no figure.
    while (left >>> BITS != 0 || left == 0 && next == start) {
      bytes[next++] = (byte) (left | MORE);
      left >>>= BITS;
    }
    bytes[next++] = (byte) left;
    return next;
  }

  /**
   * Unpacks figures.
   *
   * @param start where those of the indices begin
   */
  static void unpack(byte[] bytes, int start, long[] figures, int from, int to) {
    int next = start;
    long figure = 0;
    for (int i = from; i < to; i++) {
      int code = bytes[next];
      if (code > 0) {
        // Most are a byte.
        figure += unfolded(code);
        figures[i] = figure;
        next++;
      } else if (code == 0) {
        figures[i] = PlaceDays.ABSENT;
        next++;
      } else {
        int end = end(bytes, next);
        figure += difference(bytes, next, end);
        figures[i] = figure;
        next = end;
      }
    }
  }

  /** The figure of an index, counted from the first one that is packed at the start. */
  static long at(byte[] bytes, int start, int index) {
    int next = start;
    long figure = 0;
    for (int i = 0; ; i++) {
      int end = end(bytes, next);
      if (bytes[next] != 0) {
        figure += difference(bytes, next, end);
      } else if (i == index) {
        return PlaceDays.ABSENT;
      }
      if (i == index) {
        return figure;
      }
      next = end;
    }
  }

  /** Where the figure ends that begins at an index. */
  private static int end(byte[] bytes, int start) {
    int last = start;
    while (bytes[last] < 0) {
      last++;
    }
    return last + 1;
  }

  private static long difference(byte[] bytes, int start, int end) {
    long code = 0;
    for (int i = end - 1; i >= start; i--) {
      code = code << BITS | bytes[i] & MORE - 1;
    }
    return unfolded(code);
  }

  private static long unfolded(long code) {
    long folded = code - 1;
    return folded >>> 1 ^ -(folded & 1);
  }
}
