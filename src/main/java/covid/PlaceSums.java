package covid;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The figures of one place in one feed: the sums over its parts, and what is missing of them. Rows
 * may come in any order. Not thread-safe.
 */
final class PlaceSums {
  private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]+");
  private static final int LONGEST_NAME = 60;

  private final Place place;
  private final List<Metric> metrics;
  private final PlaceDaysBuilder sums;

  /** Of each metric. */
  private final List<PartFigures> parts = new ArrayList<>();

  /**
   * @param metrics those of the feed
   */
  PlaceSums(Place place, List<Metric> metrics) {
    this.place = place;
    this.metrics = metrics;
    this.sums = new PlaceDaysBuilder(place, metrics);
    metrics.forEach(metric -> parts.add(new PartFigures()));
  }

  Place place() {
    return place;
  }

  /** Whether a part has a figure of a day. */
  boolean has(String part, LocalDate date) {
    int day = DateSet.epochDay(date);
    return parts.stream().anyMatch(metric -> metric.has(part, day));
  }

  /**
   * Adds the figures of a part to the sums of a day.
   *
   * @throws ArithmeticException if a sum is too large; then nothing is added
   */
  void add(String part, LocalDate date, Map<Metric, Long> figures) {
    int day = DateSet.epochDay(date);
    int index = sums.index(day);
    long[] added = new long[metrics.size()];
    for (int i = 0; i < added.length; i++) {
      long sum = sums.figure(i, index);
      Long figure = figures.get(metrics.get(i));
      added[i] =
          figure == null
              ? sum
              : sum == PlaceDays.ABSENT ? figure : Math.addExact(sum, (long) figure);
    }
    for (int i = 0; i < added.length; i++) {
      sums.figure(i, index, added[i]);
      if (figures.containsKey(metrics.get(i))) {
        parts.get(i).figure(part, day);
      }
    }
    row(date);
  }

  /** Notes a row of a day, with figures or without. */
  void row(LocalDate date) {
    int day = DateSet.epochDay(date);
    parts.forEach(metric -> metric.row(day));
  }

  /** Notes a row that cannot be read; another row may still have its figures. */
  void unreadable(String part, LocalDate date) {
    int day = DateSet.epochDay(date);
    parts.forEach(metric -> metric.unreadable(part, day));
  }

  /** The days that lack a part, ascending. */
  List<IncompleteDay> incomplete() {
    SortedMap<Integer, SortedSet<String>> lacking = new TreeMap<>();
    parts.forEach(
        metric ->
            metric
                .lacking()
                .forEach(
                    (day, names) ->
                        lacking.computeIfAbsent(day, date -> new TreeSet<>()).addAll(names)));
    return lacking.entrySet().stream()
        .map(day -> incomplete(day.getKey(), day.getValue()))
        .toList();
  }

  private IncompleteDay incomplete(int day, SortedSet<String> names) {
    return new IncompleteDay(
        new DayKey(place, LocalDate.ofEpochDay(day)),
        names.size(),
        names.stream().limit(IncompleteDay.MOST_NAMED).map(PlaceSums::shown).toList());
  }

  /**
   * The parts that have ended, by name; one that has ended for some metrics only is named with
   * them.
   *
   * @param withPlace whether to name the place too
   */
  List<EndedPart> ended(boolean withPlace) {
    List<SortedMap<String, Integer>> byMetric = parts.stream().map(PartFigures::ended).toList();
    SortedMap<String, EndedPart> ended = new TreeMap<>();
    for (int i = 0; i < parts.size(); i++) {
      String metric = metrics.get(i).name();
      byMetric
          .get(i)
          .forEach(
              (part, last) -> {
                String place = withPlace ? ", " + this.place : "";
                String name =
                    hasEnded(part, byMetric)
                        ? shown(part) + place
                        : "%s%s (%s)".formatted(shown(part), place, metric);
                ended.merge(
                    name, new EndedPart(name, LocalDate.ofEpochDay(last)), EndedPart::later);
              });
    }
    return List.copyOf(ended.values());
  }

  /** Whether a part has ended for each of its metrics. */
  private boolean hasEnded(String part, List<SortedMap<String, Integer>> ended) {
    for (int i = 0; i < parts.size(); i++) {
      if (parts.get(i).parts().contains(part) && !ended.get(i).containsKey(part)) {
        return false;
      }
    }
    return true;
  }

  /** The days that lack no part, ascending. */
  PlaceDays whole() {
    Set<Integer> incomplete = new TreeSet<>();
    parts.forEach(metric -> incomplete.addAll(metric.lacking().keySet()));
    return sums.build().where(day -> !incomplete.contains(day));
  }

  /** A name from a feed made readable: in one line, of limited length. */
  private static String shown(String part) {
    String line = UNPRINTABLE.matcher(part).replaceAll(" ").strip();
    if (line.isEmpty()) {
      return "(the part without a name)";
    }
    return line.length() <= LONGEST_NAME ? line : line.substring(0, LONGEST_NAME) + "...";
  }
}
