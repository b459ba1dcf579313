package app;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A table for people: columns two blanks apart, numbers to the right, in place of what is not there
 * a hyphen. Not thread-safe.
 */
final class TextTable {
  /** Characters that may end a line, move a cursor or reverse the writing direction. */
  static final String UNPRINTABLE = "[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]";

  private final List<String> header;
  private final List<List<String>> rows = new ArrayList<>();
  private final boolean[] numbers;

  /**
   * @param header the names of the columns
   */
  TextTable(List<String> header) {
    this.header = List.copyOf(header);
    this.numbers = new boolean[header.size()];
  }

  TextTable(String... header) {
    this(List.of(header));
  }

  /** Adds a row, with a cell for each column. */
  TextTable row(@Nullable Object... cells) {
    List<String> row = new ArrayList<>();
    for (int i = 0; i < cells.length; i++) {
      numbers[i] |= cells[i] instanceof Number;
      row.add(text(cells[i]));
    }
    rows.add(row);
    return this;
  }

  private static String text(@Nullable Object cell) {
    if (cell == null) {
      return "-";
    }
    return cell instanceof Number number
        ? String.format(Locale.ROOT, "%,d", number.longValue())
        : cell.toString().replaceAll(UNPRINTABLE, " ");
  }

  /** The header and the rows. */
  Stream<String> lines() {
    int[] widths =
        IntStream.range(0, header.size())
            .map(
                column ->
                    Stream.concat(Stream.of(header), rows.stream())
                        .mapToInt(row -> row.get(column).length())
                        .max()
                        .getAsInt())
            .toArray();
    return Stream.concat(Stream.of(header), rows.stream()).map(row -> line(row, widths));
  }

  private String line(List<String> row, int[] widths) {
    return IntStream.range(0, row.size())
        .mapToObj(column -> padded(row.get(column), widths[column], numbers[column]))
        .collect(joining("  "))
        .stripTrailing();
  }

  private static String padded(String text, int width, boolean isNumber) {
    String blanks = " ".repeat(width - text.length());
    return isNumber ? blanks + text : text + blanks;
  }
}
