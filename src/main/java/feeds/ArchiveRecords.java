package feeds;

import covid.DayColumns;
import covid.Place;
import covid.PlaceDaysBuilder;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/** The published set as CSV records. */
public final class ArchiveRecords {
  private ArchiveRecords() {}

  /** What an operator should do about an object that is not a set. */
  public static final String REMEDY = "remove it, or choose another key by the setting archive.key";

  /** How much of a foreign text a finding shows. */
  private static final int MOST_SHOWN = 60;

  /** The text is not a set. */
  public static final class NotASetException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String finding;

    NotASetException(String finding, @Nullable Throwable cause) {
      super("It is not a set of this program: " + finding, cause);
      this.finding = finding;
    }

    /** What is wrong, as the predicate of a sentence about the object. */
    public String finding() {
      return "is not a set of this program (%s)".formatted(finding);
    }
  }

  /**
   * Reads days.
   *
   * @param csv the text of a set of any dataset
   * @throws NotASetException if it is not a header and at least one day; says what it is instead
   */
  public static DayColumns days(String csv) throws NotASetException {
    try (CSVParser records = CSVFormat.DEFAULT.parse(new StringReader(csv))) {
      Iterator<CSVRecord> rest = records.iterator();
      SetFormat format = rest.hasNext() ? SetFormat.of(rest.next().toList()).orElse(null) : null;
      if (format == null) {
        throw new NotASetException(
            csv.isBlank() ? "it is empty" : "it begins with \"%s\"".formatted(shown(csv)), null);
      }
      return new Reader(format).days(rest);
    } catch (IOException | UncheckedIOException e) {
      throw new NotASetException("it is not CSV", e);
    }
  }

  /** Reads the records of one set. */
  private static final class Reader {
    private final SetFormat format;
    private final int date;
    private final int place;
    private final int[] figures;
    private final Map<String, PlaceDaysBuilder> places = new HashMap<>();

    Reader(SetFormat format) {
      this.format = format;
      this.date = format.dateIndex();
      this.place = format.placeIndex();
      this.figures = format.metricIndices();
    }

    DayColumns days(Iterator<CSVRecord> records) throws NotASetException {
      while (records.hasNext()) {
        add(records.next());
      }
      if (places.isEmpty()) {
        throw new NotASetException("it has a header and no days", null);
      }
      return DayColumns.of(places.values().stream().map(PlaceDaysBuilder::build).toList());
    }

    private void add(CSVRecord record) throws NotASetException {
      try {
        PlaceDaysBuilder days =
            places.computeIfAbsent(
                record.get(place), name -> new PlaceDaysBuilder(new Place(name), format.metrics()));
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
  private static String shown(String text) {
    String line = text.strip().lines().findFirst().orElse("");
    return line.length() <= MOST_SHOWN ? line : line.substring(0, MOST_SHOWN) + "...";
  }
}
