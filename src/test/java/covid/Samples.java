package covid;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Feeds and days in one line each. */
final class Samples {
  static final Place US = new Place("US");

  private Samples() {}

  /** The first of March 2020 is day 1. */
  static LocalDate date(int day) {
    return LocalDate.of(2020, 3, 1).plusDays(day - 1L);
  }

  static DayKey key(int day) {
    return new DayKey(US, date(day));
  }

  /** A day with cases, deaths and recovered of 100, 10 and 1 times its number. */
  static Day day(int day) {
    return Day.of(date(day), "US", 100L * day, 10L * day, day);
  }

  static List<Day> days(int first, int last) {
    return IntStream.rangeClosed(first, last).mapToObj(Samples::day).toList();
  }

  /** A feed of these days, one good row each. */
  static FeedSet nyt(int... days) {
    SortedMap<LocalDate, Map<Metric, Long>> figures = new TreeMap<>();
    Arrays.stream(days)
        .mapToObj(Samples::day)
        .forEach(
            day ->
                figures.put(
                    day.date(),
                    Map.of(
                        Metric.CASES,
                        day.figures().get(Metric.CASES),
                        Metric.DEATHS,
                        day.figures().get(Metric.DEATHS))));
    return feed("nyt", figures);
  }

  /** A feed of these days, one good row each. */
  static FeedSet jhu(int... days) {
    SortedMap<LocalDate, Map<Metric, Long>> figures = new TreeMap<>();
    Arrays.stream(days)
        .mapToObj(Samples::day)
        .forEach(
            day ->
                figures.put(
                    day.date(), Map.of(Metric.RECOVERED, day.figures().get(Metric.RECOVERED))));
    return feed("jhu", figures);
  }

  private static FeedSet feed(String name, SortedMap<LocalDate, Map<Metric, Long>> figures) {
    int rows = figures.size();
    return new FeedSet(
        new FeedSet.Origin(name, "https://feeds.test/" + name, "", 1_000, "00"),
        List.of(),
        new RowCounts(rows, rows, 0, 0),
        DayColumns.copyOf(
            figures.entrySet().stream()
                .map(day -> new Day(new DayKey(US, day.getKey()), day.getValue()))
                .toList()),
        Gaps.NONE,
        List.of());
  }
}
