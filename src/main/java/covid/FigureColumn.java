package covid;

import java.util.stream.LongStream;

/** Figures by index. They take 4 bytes each if all of them fit, which is usual, and 8 otherwise. */
interface FigureColumn {
  /** The figure of an index, or {@link PlaceDays#ABSENT}. */
  long at(int index);

  /**
   * The column of figures.
   *
   * @param figures not copied
   */
  static FigureColumn of(long[] figures) {
    boolean fit =
        LongStream.of(figures)
            .allMatch(
                figure -> figure == PlaceDays.ABSENT || Math.abs(figure) <= Integer.MAX_VALUE);
    if (!fit) {
      return index -> figures[index];
    }
    // The least int is further down than any figure that fits.
    int[] small =
        LongStream.of(figures)
            .mapToInt(figure -> figure == PlaceDays.ABSENT ? Integer.MIN_VALUE : (int) figure)
            .toArray();
    return index -> small[index] == Integer.MIN_VALUE ? PlaceDays.ABSENT : small[index];
  }
}
