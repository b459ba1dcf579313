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
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.Stream;

/**
 * The rows of a place in the set of many places as CSV, byte for byte as camel-csv writes them,
 * straight from the columns of its days: without a map for each. Not thread-safe.
 */
public final class SetBytes {
  /** The digits of {@link Long#MIN_VALUE}, with its sign. */
  private static final int LONGEST_NUMBER = 20;

  private static final int LONGEST_DATE = LocalDate.MIN.toString().length();

  /** Texts of dates by their lowest bits: each date of most feeds is one of nearly every place. */
  private static final AtomicReferenceArray<DateText> DATES = new AtomicReferenceArray<>(1 << 12);

  private byte[] bytes = new byte[1 << 12];
  private int size;

  private SetBytes() {}

  private record DateText(int epochDay, byte[] text) {}

  /**
   * The text of a set. Of many places the rows of each are made when they are asked for.
   *
   * @param format of many places: place, date and metrics, in this order
   */
  public static SetText of(SetFormat format, DayColumns days) throws IOException {
    byte[] header = CsvFormats.table(format.header(), Stream.of()).getBytes(UTF_8);
    List<Metric> metrics = format.metrics();
    SortedMap<Place, SetText.Rows> rows = new TreeMap<>();
    days.byPlace().forEach((place, series) -> rows.put(place, () -> rows(metrics, series)));
    if (rows.size() == 1) {
      rows.replaceAll((place, made) -> kept(made.text()));
    }
    return SetText.of(header, rows);
  }

  private static SetText.Rows kept(byte[] rows) {
    return () -> rows;
  }

  private static byte[] rows(List<Metric> metrics, PlaceDays days) {
    SetBytes rows = new SetBytes();
    rows.write(metrics, days.unpacked());
    return Arrays.copyOf(rows.bytes, rows.size);
  }

  private void write(List<Metric> metrics, PlaceDays days) {
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

  private static byte[] date(int epochDay) {
    int slot = epochDay & DATES.length() - 1;
    DateText date = DATES.get(slot);
    if (date == null || date.epochDay() != epochDay) {
      date = new DateText(epochDay, LocalDate.ofEpochDay(epochDay).toString().getBytes(ISO_8859_1));
      DATES.set(slot, date);
    }
    return date.text();
  }
}
