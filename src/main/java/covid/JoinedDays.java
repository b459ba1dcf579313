package covid;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The inner join of the feeds by day.
 *
 * @param days the joined days, and those kept as published, ascending
 * @param onlyIn the number of unmatched days of each feed
 */
public record JoinedDays(List<Day> days, SortedMap<String, Integer> onlyIn) {

  public JoinedDays {
    days = List.copyOf(days);
  }

  /**
   * Joins the feeds. If two feeds have the same metric, the later one counts.
   *
   * @param place what the figures are of
   * @param feeds the pulled feeds
   */
  public static JoinedDays of(Place place, Collection<FeedSet> feeds) {
    TreeSet<LocalDate> common = new TreeSet<>();
    feeds.forEach(feed -> common.addAll(feed.days().keySet()));
    feeds.forEach(feed -> common.retainAll(feed.days().keySet()));

    List<Day> days = new ArrayList<>(common.size());
    for (LocalDate date : common) {
      Map<Metric, Long> figures = new TreeMap<>();
      feeds.forEach(feed -> figures.putAll(feed.days().get(date)));
      days.add(new Day(new DayKey(place, date), figures));
    }

    SortedMap<String, Integer> onlyIn = new TreeMap<>();
    feeds.forEach(feed -> onlyIn.put(feed.name(), feed.days().size() - common.size()));
    return new JoinedDays(days, onlyIn);
  }

  /**
   * These days, plus days that were published complete and are incomplete in a feed now, with their
   * published figures.
   *
   * @param place what the figures are of
   * @param feeds the joined feeds
   * @param published the days of the last published set
   */
  public JoinedDays keeping(Place place, Collection<FeedSet> feeds, Collection<Day> published) {
    SortedMap<DayKey, Day> all = new TreeMap<>();
    published.stream()
        .filter(day -> day.place().equals(place))
        .filter(day -> feeds.stream().allMatch(feed -> feed.knows(day.date())))
        .forEach(day -> all.put(day.key(), day));
    days.forEach(day -> all.put(day.key(), day));
    return new JoinedDays(List.copyOf(all.values()), onlyIn);
  }
}
