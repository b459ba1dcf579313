package feeds;

import static java.util.stream.Collectors.toList;

import covid.Dataset;
import covid.Day;
import covid.KeySchema;
import covid.Metric;
import java.io.IOException;
import java.util.AbstractList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The columns of a published set.
 *
 * @param header their names, in their order
 * @param place the name of the column of the place
 * @param metrics those that have columns
 */
public record SetFormat(List<String> header, String place, List<Metric> metrics) {
  private static final String DATE = "Date";
  private static final String PLACE = "Place";

  /** The form of version 0.1, of one place: readers rely on the order of its columns. */
  public static final SetFormat DATED =
      new SetFormat(
          List.of(DATE, "Cases", "Deaths", "Country", "Recovered"), "Country", Metric.PUBLISHED);

  /** The form of a dataset's set. */
  public static SetFormat of(Dataset dataset) {
    return dataset.key() == KeySchema.DATE ? DATED : placed(dataset.metrics());
  }

  /** The form of a set by its header; empty if it is none. */
  static Optional<SetFormat> of(List<String> header) {
    if (header.equals(DATED.header())) {
      return Optional.of(DATED);
    }
    if (header.size() < 3 || !header.subList(0, 2).equals(List.of(PLACE, DATE))) {
      return Optional.empty();
    }
    List<String> columns = header.subList(2, header.size());
    List<Metric> metrics =
        columns.stream()
            .filter(Metric::isCapitalized)
            .map(Metric::ofCapitalized)
            .distinct()
            .toList();
    return metrics.size() == columns.size() ? Optional.of(placed(metrics)) : Optional.empty();
  }

  /** The form of a set of any places and metrics. */
  public static SetFormat placed(List<Metric> metrics) {
    return new SetFormat(
        Stream.concat(Stream.of(PLACE, DATE), metrics.stream().map(Metric::capitalized)).toList(),
        PLACE,
        metrics);
  }

  /** Whether it is the form of version 0.1, in which no figure is absent either. */
  public boolean isOfOnePlace() {
    return equals(DATED);
  }

  /** Whether a figure may be absent. */
  boolean mayLackFigures() {
    return !isOfOnePlace();
  }

  /** The index of the column of the date. */
  int dateIndex() {
    return header.indexOf(DATE);
  }

  /** The index of the column of the place. */
  int placeIndex() {
    return header.indexOf(place);
  }

  /** The index of the column of each metric. */
  int[] metricIndices() {
    return metrics.stream().mapToInt(metric -> header.indexOf(metric.capitalized())).toArray();
  }

  /**
   * Days as records for camel-csv, each made when it is written. As maps, since camel-csv checks
   * whether each record is one, which takes long for lists.
   */
  public List<Map<String, Object>> records(List<Day> days) {
    return new AbstractList<>() {
      @Override
      public Map<String, Object> get(int index) {
        return record(days.get(index));
      }

      @Override
      public int size() {
        return days.size();
      }
    };
  }

  /** The text of a set. */
  public String text(Stream<Day> days) throws IOException {
    return CsvFormats.table(header, days.map(this::record).map(record -> cells(record)));
  }

  private List<?> cells(Map<String, Object> record) {
    return header.stream().map(record::get).collect(toList());
  }

  private Map<String, Object> record(Day day) {
    Map<String, Object> record = new HashMap<>();
    record.put(DATE, day.date());
    record.put(place, day.place());
    metrics.forEach(metric -> record.put(metric.capitalized(), day.figures().get(metric)));
    return record;
  }
}
