package feeds;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import covid.DayColumns;
import covid.Metric;
import covid.Place;
import covid.PlaceDays;
import java.io.IOException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The set of many places as CSV, byte for byte as camel-csv writes it, straight from the columns of
 * the days: without a map for each. Not thread-safe.
 */
public final class SetBytes {
  /** The dates of most feeds, of which each is one of nearly every place. */
  private static final int DATES = 1 << 12;

  /** The digits of {@link Long#MIN_VALUE}, with its sign. */
  private static final int LONGEST_NUMBER = 20;

  private static final int LONGEST_DATE = LocalDate.MIN.toString().length();

  private final List<Metric> metrics;
  private byte[] bytes = new byte[1 << 16];
  private int size;

  /** Texts of dates by their lowest bits, and which date each is of. */
  private final byte[][] dates = new byte[DATES][];

  private final int[] dateOf = new int[DATES];

  private SetBytes(List<Metric> metrics) {
    this.metrics = metrics;
  }

  /**
   * Writes a set.
   *
   * @param format of many places: place, date and metrics, in this order
   */
  public static SetText of(SetFormat format, DayColumns days) throws IOException {
    byte[] header = CsvFormats.table(format.header(), Stream.of()).getBytes(UTF_8);
    SetBytes set = new SetBytes(format.metrics());
    set.reserve(header.length);
    set.put(header);
    SortedMap<Place, SetText.Rows> rows = new TreeMap<>();
    for (PlaceDays place : days.byPlace().values()) {
      int from = set.size;
      set.write(place);
      rows.put(place.place(), new SetText.Rows(from, set.size));
    }
    return SetText.of(Arrays.copyOf(set.bytes, set.size), rows);
  }

  private void write(PlaceDays days) {
    byte[] place = CsvFormats.firstCell(days.place().name()).getBytes(UTF_8);
    int[] columns = metrics.stream().mapToInt(days.metrics()::indexOf).toArray();
    int longest = place.length + LONGEST_DATE + columns.length * (1 + LONGEST_NUMBER) + 2;
    for (int day = 0; day < days.size(); day++) {
      reserve(longest);
      put(place);
      bytes[size++] = ',';
      put(date(days.epochDay(day)));
      for (int column : columns) {
        bytes[size++] = ',';
        long figure = column < 0 ? PlaceDays.ABSENT : days.figureOrAbsent(column, day);
        if (figure != PlaceDays.ABSENT) {
          put(figure);
        }
      }
      bytes[size++] = '\n';
    }
  }

  private void reserve(int more) {
    if (size + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + more));
    }
  }

  private void put(byte[] text) {
    System.arraycopy(text, 0, bytes, size, text.length);
    size += text.length;
  }

  private void put(long figure) {
    if (figure != (int) figure || figure < 0) {
      put(Long.toString(figure).getBytes(ISO_8859_1));
      return;
    }
    // Numbers of 32 bits, since nearly all are, and the division of longer ones takes longer.
    int rest = (int) figure;
    int at = size + digits(rest);
    size = at;
    do {
      bytes[--at] = (byte) ('0' + rest % 10);
      rest /= 10;
    } while (rest > 0);
  }

  private static int digits(int figure) {
    int digits = 1;
    for (long power = 10; power <= figure; power *= 10) {
      digits++;
    }
    return digits;
  }

  private byte[] date(int epochDay) {
    int slot = epochDay & DATES - 1;
    byte[] text = dates[slot];
    if (text == null || dateOf[slot] != epochDay) {
      text = LocalDate.ofEpochDay(epochDay).toString().getBytes(ISO_8859_1);
      dates[slot] = text;
      dateOf[slot] = epochDay;
    }
    return text;
  }
}
