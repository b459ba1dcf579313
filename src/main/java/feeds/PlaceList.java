package feeds;

import static java.nio.charset.StandardCharsets.UTF_8;

import covid.Gazetteer;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/** The list of places that the program has with it, {@code places.csv}. */
public final class PlaceList {
  /** Whose codes, names and populations they are; shown where they are. */
  public static final String CREDIT =
      "Names and populations of places (about 2020): COVID-19 Data Repository by CSSE at Johns"
          + " Hopkins University, CC BY 4.0.";

  /** The columns whose values are aliases. */
  private static final List<String> ALIASES = List.of("iso2", "fips", "jhu");

  private static final CSVFormat FORMAT =
      CSVFormat.DEFAULT
          .builder()
          .setCommentMarker('#')
          .setHeader()
          .setSkipHeaderRecord(true)
          .setNullString("")
          .get();

  private PlaceList() {}

  /** Read when it is first needed. */
  private static final class Once {
    static final Gazetteer LIST = read();
  }

  /** The list. */
  public static Gazetteer places() {
    return Once.LIST;
  }

  private static Gazetteer read() {
    try (InputStream file = PlaceList.class.getResourceAsStream("/places.csv");
        Reader text = new InputStreamReader(Objects.requireNonNull(file, "places.csv"), UTF_8)) {
      Map<String, Gazetteer.Entry> entries = new HashMap<>();
      for (CSVRecord row : FORMAT.parse(text)) {
        Gazetteer.Entry entry = entry(row);
        for (String column : ALIASES) {
          @Nullable String alias = row.get(column);
          if (alias != null) {
            entries.put(alias, entry);
          }
        }
      }
      return new Gazetteer(entries);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Gazetteer.Entry entry(CSVRecord row) {
    @Nullable String population = row.get("population");
    return new Gazetteer.Entry(
        row.get("name"),
        row.get("iso2"),
        row.get("iso3"),
        population == null ? null : (Long) Long.parseLong(population));
  }
}
