package covid;

import static java.util.stream.Collectors.joining;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The meanings of a feed's columns, by their header names. Their order and further columns do not
 * matter.
 *
 * @param date the column of the day
 * @param place the column of the place, if the feed holds more than one place
 * @param part the column of a part of the place, if the feed may have one; optional in its header.
 *     The figures of all parts are added up
 * @param name the column of the place's name, if its place is a code; optional in its header
 * @param figures the columns of the metrics of this feed
 * @param dates how its dates are written
 * @param needed the metrics without which a row has no figure; empty: one of any metric is enough
 */
public record FeedLayout(
    String date,
    Optional<String> place,
    Optional<String> part,
    Optional<String> name,
    Map<Metric, String> figures,
    FeedDate dates,
    Set<Metric> needed) {
  /** A layout without columns. */
  public static final FeedLayout NONE =
      new FeedLayout(
          "",
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Map.of(),
          FeedDate.ISO,
          Set.of());

  /** The meanings that are not metrics. */
  public static final List<String> OTHERS = List.of("date", "place", "part", "name");

  public FeedLayout {
    figures = Map.copyOf(figures);
    needed = Set.copyOf(needed);
  }

  /** A column is given a meaning that is none. */
  public static final class UnknownMeaningException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final String meaning;

    UnknownMeaningException(String meaning, String message) {
      super(message);
      this.meaning = meaning;
    }

    /** The unknown word. */
    public String meaning() {
      return meaning;
    }
  }

  /**
   * Reads a layout from its short form, {@code meaning=column} separated by commas. The meanings
   * are {@code date}, {@code place}, {@code part}, {@code name} and the metrics.
   *
   * @param spec for example {@code date=Date, place=Country/Region, recovered=Recovered}
   * @param metrics those of the dataset
   * @throws IllegalArgumentException if a meaning is unknown or there twice, or date or every
   *     metric is missing
   */
  public static FeedLayout parse(String spec, Collection<Metric> metrics) {
    Map<String, String> columns = new LinkedHashMap<>();
    for (String part : spec.split(",", 0)) {
      String[] pair = part.split("=", 2);
      if (pair.length < 2 || pair[1].isBlank()) {
        throw new IllegalArgumentException("'%s' is not meaning=column".formatted(part.strip()));
      }
      if (columns.put(pair[0].strip(), pair[1].strip()) != null) {
        throw new IllegalArgumentException("'%s' is there twice".formatted(pair[0].strip()));
      }
    }
    String date = columns.remove("date");
    Optional<String> place = Optional.ofNullable(columns.remove("place"));
    Optional<String> part = Optional.ofNullable(columns.remove("part"));
    Optional<String> name = Optional.ofNullable(columns.remove("name"));
    Map<Metric, String> figures = new TreeMap<>();
    columns.forEach((meaning, column) -> figures.put(metric(meaning, metrics), column));
    if (date == null || figures.isEmpty()) {
      throw new IllegalArgumentException(
          "'%s' needs a date column and one metric at least".formatted(spec));
    }
    return new FeedLayout(date, place, part, name, figures, FeedDate.ISO, Set.of());
  }

  /** This layout, with dates written in another way. */
  public FeedLayout dated(FeedDate other) {
    return new FeedLayout(date, place, part, name, figures, other, needed);
  }

  /** This layout, with metrics without which a row has no figure. */
  public FeedLayout needing(Collection<Metric> others) {
    return new FeedLayout(date, place, part, name, figures, dates, Set.copyOf(others));
  }

  /** This layout without some metrics, which another feed gives. */
  public FeedLayout without(Collection<Metric> others) {
    Map<Metric, String> rest = new TreeMap<>(figures);
    rest.keySet().removeAll(others);
    Set<Metric> stillNeeded = new TreeSet<>(needed);
    stillNeeded.removeAll(others);
    return new FeedLayout(date, place, part, name, rest, dates, stillNeeded);
  }

  /** The metrics, in alphabetical order. */
  public List<Metric> metrics() {
    return figures.keySet().stream().sorted().toList();
  }

  /**
   * The required columns of a feed of several places, in a fixed order: also the part and the name
   * if there are any, since figures without a part would be taken for repetitions.
   */
  public List<String> requiredOfPlaces() {
    return Stream.of(required().stream(), part.stream(), name.stream())
        .flatMap(columns -> columns)
        .toList();
  }

  /** The required columns, in a fixed order. */
  public List<String> required() {
    return Stream.concat(
            Stream.concat(Stream.of(date), place.stream()), metrics().stream().map(figures::get))
        .toList();
  }

  private static Metric metric(String meaning, Collection<Metric> metrics) {
    return metrics.stream()
        .filter(metric -> metric.name().equals(meaning))
        .findFirst()
        .orElseThrow(
            () ->
                new UnknownMeaningException(
                    meaning,
                    "'%s' is not one of %s"
                        .formatted(
                            meaning,
                            Stream.concat(OTHERS.stream(), metrics.stream().map(Metric::name))
                                .collect(joining(", ")))));
  }
}
