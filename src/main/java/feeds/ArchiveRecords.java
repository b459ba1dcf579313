package feeds;

import covid.Day;
import covid.Metric;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/** The published set as CSV records. */
public final class ArchiveRecords {
  /** The column order that readers of the file rely on. */
  static final List<String> HEADER = List.of("Date", "Cases", "Deaths", "Country", "Recovered");

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
   * Writes days, without the header. As maps, since camel-csv checks whether each record is one,
   * which takes long for lists.
   */
  public static List<Map<String, Object>> of(List<Day> days) {
    return days.stream().map(ArchiveRecords::record).toList();
  }

  private static Map<String, Object> record(Day day) {
    Map<String, Object> record = new HashMap<>();
    record.put("Date", day.date());
    record.put("Country", day.place());
    record.put("Cases", day.figures().get(Metric.CASES));
    record.put("Deaths", day.figures().get(Metric.DEATHS));
    record.put("Recovered", day.figures().get(Metric.RECOVERED));
    return record;
  }

  /**
   * Reads days.
   *
   * @param csv the text of a set
   * @throws NotASetException if it is not a header and at least one day; says what it is instead
   */
  public static List<Day> days(String csv) throws NotASetException {
    try (CSVParser records = CSVFormat.DEFAULT.parse(new StringReader(csv))) {
      Iterator<CSVRecord> rest = records.iterator();
      if (!rest.hasNext() || !rest.next().toList().equals(HEADER)) {
        throw new NotASetException(
            csv.isBlank() ? "it is empty" : "it begins with \"%s\"".formatted(shown(csv)), null);
      }
      List<Day> days = new ArrayList<>();
      while (rest.hasNext()) {
        days.add(day(rest.next().toList()));
      }
      if (days.isEmpty()) {
        throw new NotASetException("it has a header and no days", null);
      }
      return days;
    } catch (IOException | UncheckedIOException e) {
      throw new NotASetException("it is not CSV", e);
    }
  }

  private static Day day(List<String> record) throws NotASetException {
    try {
      return Day.of(
          LocalDate.parse(record.get(0)),
          record.get(3),
          Long.parseLong(record.get(1)),
          Long.parseLong(record.get(2)),
          Long.parseLong(record.get(4)));
    } catch (DateTimeException | NumberFormatException | IndexOutOfBoundsException e) {
      throw new NotASetException(
          "its record \"%s\" is not a day".formatted(shown(String.join(",", record))), e);
    }
  }

  /** The beginning of a foreign text. */
  private static String shown(String text) {
    String line = text.strip().lines().findFirst().orElse("");
    return line.length() <= MOST_SHOWN ? line : line.substring(0, MOST_SHOWN) + "...";
  }
}
