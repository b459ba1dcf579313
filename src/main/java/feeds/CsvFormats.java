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

  /** Figures over time; empty where there is none. */
  public static String periods(List<Series.Period> periods) throws IOException {
    StringBuilder text = new StringBuilder();
    CSVFormat format =
        CSVFormat.DEFAULT
            .builder()
            .setRecordSeparator('\n')
            .setHeader(
                "Date", "Cases", "Deaths", "Recovered", "NewCases", "NewDeaths", "NewRecovered")
            .get();
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
