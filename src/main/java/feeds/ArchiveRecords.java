package feeds;

import covid.Day;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The published set as records of a CSV. */
public final class ArchiveRecords {
  /** Its order is what readers of the file are used to. */
  static final List<String> HEADER = List.of("Date", "Cases", "Deaths", "Country", "Recovered");

  private ArchiveRecords() {}

  /** Something else than a set was read. */
  public static final class NotASetException extends Exception {
    private static final long serialVersionUID = 1L;

    NotASetException(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /**
   * Writes days, without the header. As maps, for camel-csv asks of each record whether it is one,
   * and with a list that takes long to deny.
   */
  public static List<Map<String, Object>> of(List<Day> days) {
    return days.stream().map(ArchiveRecords::record).toList();
  }

  private static Map<String, Object> record(Day day) {
    return Map.of(
        "Date", day.date(),
        "Cases", day.cases(),
        "Deaths", day.deaths(),
        "Country", day.country(),
        "Recovered", day.recovered());
  }

  /**
   * Reads days, the header being the first record.
   *
   * @throws NotASetException if it is not a header and one day or more; names the record
   */
  public static List<Day> days(List<List<String>> records) throws NotASetException {
    if (records.size() < 2 || !records.get(0).equals(HEADER)) {
      throw new NotASetException("There is no header %s with days below".formatted(HEADER), null);
    }
    List<Day> days = new ArrayList<>(records.size());
    for (List<String> record : records.subList(1, records.size())) {
      try {
        days.add(
            new Day(
                LocalDate.parse(record.get(0)),
                record.get(3),
                Long.parseLong(record.get(1)),
                Long.parseLong(record.get(2)),
                Long.parseLong(record.get(4))));
      } catch (DateTimeException | NumberFormatException | IndexOutOfBoundsException e) {
        throw new NotASetException("Record %s is not a day".formatted(record), e);
      }
    }
    return days;
  }
}
