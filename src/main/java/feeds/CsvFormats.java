package feeds;

import java.util.List;
import org.apache.camel.dataformat.csv.CsvDataFormat;
import org.apache.commons.csv.CSVFormat;

/** The CSV dialects, read and written. */
public final class CsvFormats {
  /** The header of the published set; its order is what readers of the file are used to. */
  public static final List<String> ARCHIVE_HEADER =
      List.of("Date", "Cases", "Deaths", "Country", "Recovered");

  private CsvFormats() {}

  /**
   * Feeds: read one by one, and forgiving, for what is wrong in a record is found field by field.
   */
  public static CsvDataFormat feed() {
    CsvDataFormat format =
        new CsvDataFormat(
            CSVFormat.DEFAULT.builder().setTrailingData(true).setLenientEof(true).get());
    format.setLazyLoad(true);
    return format;
  }

  /** The published set, its header being the first record. */
  public static CsvDataFormat archive() {
    return new CsvDataFormat(CSVFormat.DEFAULT.builder().setRecordSeparator('\n').get());
  }

  /** Rows that were set aside. */
  public static CsvDataFormat quarantine() {
    return new CsvDataFormat(
        CSVFormat.DEFAULT
            .builder()
            .setRecordSeparator('\n')
            .setHeader("Feed", "Line", "Reason", "Raw")
            .get());
  }
}
