package feeds;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.camel.dataformat.csv.CsvDataFormat;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** The names that feeds give for places, as CSV: {@code Place,Name}. */
public final class PlaceNames {
  private static final List<String> HEADER = List.of("Place", "Name");

  private PlaceNames() {}

  /** How they are written. */
  public static CsvDataFormat format() {
    return CsvFormats.written(HEADER.toArray(String[]::new));
  }

  /**
   * Reads the names by place.
   *
   * @throws IOException if the text is anything else
   */
  public static Map<String, String> read(Reader csv) throws IOException {
    Map<String, String> names = new HashMap<>();
    try (CSVParser parser = CSVFormat.DEFAULT.parse(csv)) {
      Iterator<CSVRecord> records = parser.iterator();
      if (!records.hasNext() || !records.next().toList().equals(HEADER)) {
        throw new IOException("The header is not " + String.join(",", HEADER));
      }
      while (records.hasNext()) {
        CSVRecord record = records.next();
        if (record.size() != HEADER.size()) {
          throw new IOException("Record %d has another length".formatted(record.getRecordNumber()));
        }
        names.put(record.get(0), record.get(1));
      }
    } catch (UncheckedIOException e) {
      throw new IOException(e);
    }
    return names;
  }
}
