package feeds;

import covid.QuarantinedRow;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.camel.dataformat.csv.CsvDataFormat;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.CSVRecord;

/** The CSV dialects, read and written. */
public final class CsvFormats {
  private static final String[] QUARANTINE = {"Feed", "Line", "Reason", "Raw"};

  private static final CSVFormat UNIX = CSVFormat.DEFAULT.builder().setRecordSeparator('\n').get();

  private CsvFormats() {}

  /** Feeds: read leniently, since errors in a record are found field by field. */
  public static CsvDataFormat feed() {
    CsvDataFormat format =
        new CsvDataFormat(
            CSVFormat.DEFAULT.builder().setTrailingData(true).setLenientEof(true).get());
    format.setLazyLoad(true);
    return format;
  }

  /** A published set. */
  public static CsvDataFormat set(SetFormat format) {
    return written(format.header().toArray(String[]::new));
  }

  /** Quarantined rows. */
  public static CsvDataFormat quarantine() {
    return written(QUARANTINE);
  }

  /**
   * Reads quarantined rows.
   *
   * @throws IOException if the text is something else
   */
  public static List<QuarantinedRow> quarantined(String csv) throws IOException {
    try (CSVParser parser = CSVParser.parse(csv, unix(QUARANTINE))) {
      List<CSVRecord> records = parser.getRecords();
      if (records.isEmpty() || !records.get(0).toList().equals(List.of(QUARANTINE))) {
        throw new IOException("It does not begin with " + String.join(",", QUARANTINE));
      }
      return records.stream()
          .skip(1)
          .map(
              row ->
                  new QuarantinedRow(
                      row.get("Feed"),
                      Long.parseLong(row.get("Line")),
                      row.get("Raw"),
                      row.get("Reason")))
          .toList();
    } catch (IllegalArgumentException | UncheckedIOException e) {
      throw new IOException(e);
    }
  }

  static CsvDataFormat written(String... header) {
    return new CsvDataFormat(unix(header));
  }

  private static CSVFormat unix(String... header) {
    return UNIX.builder().setHeader(header).get();
  }

  /** A text as the first cell of a record: in quotes if it needs them. */
  static String firstCell(String text) {
    return UNIX.format(text);
  }

  /**
   * A table; cells that are null are empty.
   *
   * @param header the names of its columns
   */
  public static String table(List<String> header, Stream<? extends List<?>> rows)
      throws IOException {
    StringBuilder text = new StringBuilder();
    try (CSVPrinter printer = new CSVPrinter(text, unix(header.toArray(String[]::new)))) {
      Iterator<? extends List<?>> each = rows.iterator();
      while (each.hasNext()) {
        printer.printRecord(each.next());
      }
    }
    return text.toString();
  }
}
