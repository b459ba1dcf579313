package covid;

import static java.util.stream.Collectors.joining;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The meanings of a feed's columns, by their header names. Their order and further columns do not
 * matter.
 *
 * @param date the column of the day
 * @param country the column of the country, if the feed holds more than one country
 * @param place the column of a part of the country, if the feed may have one; optional in its
 *     header
 * @param figures the columns of the metrics of this feed
 */
public record FeedLayout(
    String date, Optional<String> country, Optional<String> place, Map<Metric, String> figures) {

  public FeedLayout {
    figures = Map.copyOf(figures);
  }

  /**
   * Reads a layout from its short form, {@code meaning=column} separated by commas. The meanings
   * are {@code date}, {@code country}, {@code place} and the metrics in lower case.
   *
   * @param spec for example {@code date=Date, country=Country/Region, recovered=Recovered}
   * @throws IllegalArgumentException if a meaning is unknown, or date or every metric is missing
   */
  public static FeedLayout parse(String spec) {
    Map<String, String> columns = new LinkedHashMap<>();
    for (String part : spec.split(",", 0)) {
      String[] pair = part.split("=", 2);
      if (pair.length < 2) {
        throw new IllegalArgumentException("'%s' is not meaning=column".formatted(part.strip()));
      }
      columns.put(pair[0].strip(), pair[1].strip());
    }
    String date = columns.remove("date");
    Optional<String> country = Optional.ofNullable(columns.remove("country"));
    Optional<String> place = Optional.ofNullable(columns.remove("place"));
    Map<Metric, String> figures = new TreeMap<>();
    columns.forEach((name, column) -> figures.put(metric(name), column));
    if (date == null || figures.isEmpty()) {
      throw new IllegalArgumentException(
          "'%s' needs a date column and one metric at least".formatted(spec));
    }
    return new FeedLayout(date, country, place, figures);
  }

  /** The required columns, in a fixed order. */
  public List<String> required() {
    Stream<String> metrics = figures.keySet().stream().sorted().map(figures::get);
    return Stream.concat(Stream.concat(Stream.of(date), country.stream()), metrics).toList();
  }

  private static Metric metric(String name) {
    return Metric.PUBLISHED.stream()
        .filter(metric -> metric.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "'%s' is not one of date, country, place, %s"
                        .formatted(
                            name,
                            Metric.PUBLISHED.stream().map(Metric::toString).collect(joining(", ")))
                        .toLowerCase(Locale.ROOT)));
  }
}
