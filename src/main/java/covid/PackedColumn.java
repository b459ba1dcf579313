package covid;

import java.util.Arrays;

/**
 * Figures by index in blocks, from whose beginning each is found. The first of a block takes as
 * many bytes as its size needs; the others, as differences, mostly one byte or two.
 *
 * @param bytes {@link PackedFigures} of one block after the other
 * @param starts where each block begins in them
 */
record PackedColumn(byte[] bytes, char[] starts) implements FigureColumn {
  private static final int BLOCK = 16;

  /** Packs a column; one too long for it stays as it is. */
  static FigureColumn of(FigureColumn column, int length) {
    long[] figures = new long[length];
    Arrays.setAll(figures, column::at);
    byte[] bytes = new byte[length * PackedFigures.MOST_BYTES];
    char[] starts = new char[(length + BLOCK - 1) / BLOCK];
    int end = 0;
    for (int block = 0; block < starts.length; block++) {
      if (end > Character.MAX_VALUE) {
        return column;
      }
      starts[block] = (char) end;
      int from = block * BLOCK;
      end = PackedFigures.pack(figures, from, Math.min(from + BLOCK, length), bytes, end);
    }
    return new PackedColumn(Arrays.copyOf(bytes, end), starts);
  }

  @Override
  public FigureColumn packed(int length) {
    return this;
  }

  @Override
  public long at(int index) {
    return PackedFigures.at(bytes, starts[index / BLOCK], index % BLOCK);
  }

  @Override
  public FigureColumn unpacked(int length) {
    long[] figures = new long[length];
    for (int block = 0; block < starts.length; block++) {
      int from = block * BLOCK;
      PackedFigures.unpack(bytes, starts[block], figures, from, Math.min(from + BLOCK, length));
    }
    return index -> figures[index];
  }
}
