package feeds;

import covid.DayColumns;
import covid.Place;
import covid.PlaceDays;
import covid.PlaceDaysBuilder;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/** The published set as CSV records. */
public final class ArchiveRecords {
  private ArchiveRecords() {}

  /** What an operator should do about an object that is not a set. */
  public static final String REMEDY =
      "restore it from a copy that has its metadata, too, such as an earlier version of the object;"
          + " if you put it back without them, remove it, or choose another key by the setting"
          + " archive.key, the history of versions begins anew";

  /** How much of a foreign text a finding shows. */
  private static final int MOST_SHOWN = 60;

  /** The text is not a set. */
  public static final class NotASetException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String finding;

    /**
     * @param finding what it is instead
     */
    public NotASetException(String finding, @Nullable Throwable cause) {
      this("is not a set of this program", finding, cause);
    }

    private NotASetException(String verdict, String finding, @Nullable Throwable cause) {
      super("It %s: %s".formatted(verdict, finding), cause);
      this.finding = "%s (%s)".formatted(verdict, finding);
    }

    /** It is a set, and not the one that was published. */
    static NotASetException damaged(String finding) {
      return new NotASetException("is damaged", finding, null);
    }

    /** What is wrong, as the predicate of a sentence about the object. */
    public String finding() {
      return finding;
    }
  }

  /**
   * Reads days.
   *
   * @param csv the text of a set of any dataset
   * @throws NotASetException if it is not a header and at least one day; says what it is instead
   */
  public static DayColumns days(String csv) throws NotASetException {
    try {
      return read(new StringReader(csv)).days();
    } catch (IOException e) {
      // Not from a text in memory.
      throw new UncheckedIOException(e);
    }
  }

  /**
   * What a set has.
   *
   * @param format its columns
   * @param days at least one
   */
  public record Content(SetFormat format, DayColumns days) {}

  /**
   * Reads a set, of which only the columns are kept in memory.
   *
   * @param csv the text of a set of any dataset
   * @param metadata of the object; those of a set of version 0.1 do not say what it has
   * @throws NotASetException if it is not a header and at least one day, or has not the days of
   *     which its metadata speak; says what it is instead
   * @throws IOException if it cannot be read to its end
   */
  public static Content read(java.io.Reader csv, Map<?, ?> metadata)
      throws NotASetException, IOException {
    Content content = read(csv);
    NotedDays.of(metadata).check(content.days());
    return content;
  }

  private static Content read(java.io.Reader csv) throws NotASetException, IOException {
    try (CSVParser parser = CSVFormat.DEFAULT.parse(csv)) {
      Iterator<CSVRecord> records = parser.iterator();
      List<String> header = records.hasNext() ? records.next().toList() : List.of();
      Optional<SetFormat> format = SetFormat.of(header);
      if (format.isEmpty()) {
        String begin = String.join(",", header);
        throw new NotASetException(
            begin.isBlank() ? "it is empty" : "it begins with \"%s\"".formatted(shown(begin)),
            null);
      }
      return new Content(format.get(), new Reader(format.get()).days(records));
    } catch (CSVException e) {
      throw new NotASetException("it is not CSV", e);
    } catch (UncheckedIOException e) {
      if (e.getCause() instanceof CSVException) {
        throw new NotASetException("it is not CSV", e);
      }
      throw e.getCause();
    }
  }

  /** Reads the records of one set. */
  private static final class Reader {
    private final SetFormat format;
    private final int date;
    private final int place;
    private final int[] figures;
    private final Map<Place, PlaceDays> places = new HashMap<>();
    private Place current = new Place("");
    private PlaceDaysBuilder days;
    private @Nullable PlaceDays before;

    Reader(SetFormat format) {
      this.format = format;
      this.date = format.dateIndex();
      this.place = format.placeIndex();
      this.figures = format.metricIndices();
      this.days = new PlaceDaysBuilder(current, format.metrics());
    }

    DayColumns days(Iterator<CSVRecord> records) throws NotASetException {
      while (records.hasNext()) {
        add(records.next());
      }
      places.put(current, places.size() > 1 ? days.build().packed(before) : days.build());
      DayColumns all = DayColumns.of(places.values());
      if (all.isEmpty()) {
        throw new NotASetException("it has a header and no days", null);
      }
      return all;
    }

    /** The columns of a place. Those before it are built, which takes less memory. */
    private PlaceDaysBuilder days(Place place) {
      if (!place.equals(current)) {
        // Packed, since there are many of them.
        before = days.build().packed(before);
        places.put(current, before);
        days = new PlaceDaysBuilder(place, format.metrics());
        places.getOrDefault(place, days.build()).forEach(days::put);
        current = place;
      }
      return days;
    }

    private void add(CSVRecord record) throws NotASetException {
      try {
        PlaceDaysBuilder days = days(new Place(record.get(place)));
        int day = days.index(LocalDate.parse(record.get(date)));
        for (int i = 0; i < figures.length; i++) {
          String text = record.get(figures[i]);
          if (!text.isEmpty() || !format.mayLackFigures()) {
            days.figure(i, day, Long.parseLong(text));
          }
        }
      } catch (DateTimeException
          | ArithmeticException
          | NumberFormatException
          | ArrayIndexOutOfBoundsException e) {
        throw new NotASetException(
            "its record \"%s\" is not a day".formatted(shown(String.join(",", record.toList()))),
            e);
      }
    }
  }

  /** The beginning of a foreign text. */
  static String shown(String text) {
    String line = text.strip().lines().findFirst().orElse("");
    return line.length() <= MOST_SHOWN ? line : line.substring(0, MOST_SHOWN) + "...";
  }
}
