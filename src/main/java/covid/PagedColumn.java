package covid;

import java.util.Arrays;

/**
 * Figures of a metric by index, in pages that it shares with the other metrics of a place: those
 * that {@link FigurePages} has packed while a feed was read. To copy them would take as much memory
 * again, just when there is most in use.
 *
 * @param pages {@link PackedFigures} of a page each, one metric after the other; an empty one has
 *     no figure
 * @param metric the index of the metric
 * @param first the place of the first figure in the first page
 */
record PagedColumn(byte[][] pages, int metric, int first) implements FigureColumn {
  @Override
  public FigureColumn packed(int length) {
    return this;
  }

  @Override
  public long at(int index) {
    int day = first + index;
    byte[] page = pages[day / DatePages.PAGE];
    return page.length == 0
        ? PlaceDays.ABSENT
        : PackedFigures.at(page, 0, metric * DatePages.PAGE + day % DatePages.PAGE);
  }

  @Override
  public FigureColumn unpacked(int length) {
    long[] figures = new long[pages.length * DatePages.PAGE];
    long[] page = new long[(metric + 1) * DatePages.PAGE];
    for (int i = 0; i < pages.length; i++) {
      if (pages[i].length == 0) {
        Arrays.fill(page, PlaceDays.ABSENT);
      } else {
        PackedFigures.unpack(pages[i], 0, page, 0, page.length);
      }
      System.arraycopy(page, metric * DatePages.PAGE, figures, i * DatePages.PAGE, DatePages.PAGE);
    }
    return index -> figures[first + index];
  }
}
