package feeds;

import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.camel.dataformat.csv.CsvDataFormat;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** The CSV dialects, read and written. */
public final class CsvFormats {
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
    return written("Feed", "Line", "Reason", "Raw");
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
