package covid;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

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

  private final Map<String, PartSums> parts = new HashMap<>();
  private int newest = Integer.MIN_VALUE;

  /**
   * @param metrics those of the feed
   * @param room that the places of the feed share
   */
  PlaceSums(Place place, List<Metric> metrics, FigurePages.Room room) {
    this.place = place;
    this.metrics = metrics;
    this.sums = new PlaceDaysBuilder(place, metrics, room);
  }

  Place place() {
    return place;
  }

  /** A part of the place, by its name. */
  PartSums part(String name) {
    return parts.computeIfAbsent(name, part -> new PartSums(part, this));
  }

  /** The sums over the parts so far. */
  PlaceDaysBuilder sums() {
    return sums;
  }

  /** The number of its metrics. */
  int metrics() {
    return metrics.size();
  }

  /** Notes a row of a day, with figures or without. */
  void row(int day) {
    newest = Math.max(newest, day);
  }

  /** The days of the parts by metric, in the order of the metrics. */
  private List<PartFigures> figures() {
    return IntStream.range(0, metrics.size())
        .mapToObj(metric -> new PartFigures(parts.values(), metric, newest))
        .toList();
  }

  /** The days that lack a part, ascending. */
  List<IncompleteDay> incomplete() {
    SortedMap<Integer, SortedSet<String>> lacking = new TreeMap<>();
    figures()
        .forEach(
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
    List<PartFigures> figures = figures();
    List<SortedMap<String, Integer>> byMetric = figures.stream().map(PartFigures::ended).toList();
    SortedMap<String, EndedPart> ended = new TreeMap<>();
    for (int i = 0; i < figures.size(); i++) {
      String metric = metrics.get(i).name();
      byMetric
          .get(i)
          .forEach(
              (part, last) -> {
                String place = withPlace ? ", " + this.place : "";
                String name =
                    hasEnded(part, figures, byMetric)
                        ? shown(part) + place
                        : "%s%s (%s)".formatted(shown(part), place, metric);
                ended.merge(
                    name, new EndedPart(name, LocalDate.ofEpochDay(last)), EndedPart::later);
              });
    }
    return List.copyOf(ended.values());
  }

  /** Whether a part has ended for each of its metrics. */
  private static boolean hasEnded(
      String part, List<PartFigures> figures, List<SortedMap<String, Integer>> ended) {
    for (int i = 0; i < figures.size(); i++) {
      if (figures.get(i).parts().contains(part) && !ended.get(i).containsKey(part)) {
        return false;
      }
    }
    return true;
  }

  /** The days that lack no part, ascending. Asked for once: no more rows can be added then. */
  PlaceDays whole() {
    Set<Integer> incomplete = new TreeSet<>();
    figures().forEach(metric -> incomplete.addAll(metric.lacking().keySet()));
    PlaceDays all = sums.finish();
    return incomplete.isEmpty() ? all : all.where(day -> !incomplete.contains(day));
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
