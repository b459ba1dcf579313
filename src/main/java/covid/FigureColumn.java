package covid;

/**
 * Figures by index. They take 4 bytes each if all of them fit, which is usual, and 8 otherwise;
 * those of {@link PackedColumn} and {@link PagedColumn} take less.
 */
interface FigureColumn {
  /** The figure of an index, or {@link PlaceDays#ABSENT}. */
  long at(int index);

  /** The same figures in less memory, and a little longer to be read. */
  default FigureColumn packed(int length) {
    return PackedColumn.of(this, length);
  }

  /** The same figures, sooner to be read in a row. */
  default FigureColumn unpacked(int length) {
    return this;
  }

  /**
   * The column of figures.
   *
   * @param figures not copied
   */
  static FigureColumn of(long[] figures) {
    int[] small = new int[figures.length];
    for (int i = 0; i < small.length; i++) {
      long figure = figures[i];
      // The least int is further down than any figure that fits.
      small[i] = figure == PlaceDays.ABSENT ? Integer.MIN_VALUE : (int) figure;
      if (small[i] != figure && figure != PlaceDays.ABSENT || figure == Integer.MIN_VALUE) {
        return index -> figures[index];
      }
    }
    return index -> small[index] == Integer.MIN_VALUE ? PlaceDays.ABSENT : small[index];
  }
}
