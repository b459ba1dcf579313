package feeds;

import covid.Series;
import java.io.IOException;
import java.util.List;
import org.apache.camel.dataformat.csv.CsvDataFormat;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** The CSV dialects, read and written. */
public final class CsvFormats {
  private CsvFormats() {}

  /** Feeds: read leniently, since errors in a record are found field by field. */
  public static CsvDataFormat feed() {
    CsvDataFormat format =
        new CsvDataFormat(
            CSVFormat.DEFAULT.builder().setTrailingData(true).setLenientEof(true).get());
    format.setLazyLoad(true);
    return format;
  }

  /** The published set; when read, its header is the first record. */
  public static CsvDataFormat archive() {
    return written(ArchiveRecords.HEADER.toArray(String[]::new));
  }

  /** Quarantined rows. */
  public static CsvDataFormat quarantine() {
    return written("Feed", "Line", "Reason", "Raw");
  }

  private static CsvDataFormat written(String... header) {
    return new CsvDataFormat(unix(header));
  }

  private static CSVFormat unix(String... header) {
    return CSVFormat.DEFAULT.builder().setRecordSeparator('\n').setHeader(header).get();
  }

  /** Figures over time; empty where there are none. */
  public static String periods(List<Series.Period> periods) throws IOException {
    StringBuilder text = new StringBuilder();
    CSVFormat format =
        unix("Date", "Cases", "Deaths", "Recovered", "NewCases", "NewDeaths", "NewRecovered");
    try (CSVPrinter printer = new CSVPrinter(text, format)) {
      for (Series.Period period : periods) {
        printer.printRecord(
            period.date(),
            period.cases(),
            period.deaths(),
            period.recovered(),
            period.newCases(),
            period.newDeaths(),
            period.newRecovered());
      }
    }
    return text.toString();
  }
}
