package covid;

import static java.util.stream.Collectors.toCollection;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * The inner join of the feeds by place and day.
 *
 * @param days the joined days, and those kept as published
 * @param onlyIn the number of unmatched days of each feed
 */
public record JoinedDays(DayColumns days, SortedMap<String, Integer> onlyIn) {

  /** That of no feeds. */
  static final JoinedDays NONE =
      new JoinedDays(DayColumns.NONE, Collections.unmodifiableSortedMap(new TreeMap<>()));

  /** Of days in any order. */
  public JoinedDays(List<Day> days, SortedMap<String, Integer> onlyIn) {
    this(DayColumns.copyOf(days), onlyIn);
  }

  /** The join that a run has noted last; that of no feeds if it has noted none. */
  static JoinedDays of(Optional<PullFact.DaysJoined> last) {
    return last.map(PullFact.DaysJoined::days).orElse(NONE);
  }

  /**
   * Joins the feeds. If two feeds have the same metric, the later one counts.
   *
   * @param feeds the pulled feeds
   */
  public static JoinedDays of(Collection<FeedSet> feeds) {
    DayColumns days = feeds.size() == 1 ? feeds.iterator().next().days() : joined(feeds);
    SortedMap<String, Integer> onlyIn = new TreeMap<>();
    feeds.forEach(feed -> onlyIn.put(feed.name(), feed.days().size() - days.size()));
    return new JoinedDays(days, onlyIn);
  }

  /**
   * The days of the published set, which are the join of unchanged feeds.
   *
   * @param days those of the set
   * @param feeds all of them, with their contents
   */
  public static JoinedDays unchanged(DayColumns days, Collection<LastPull> feeds) {
    SortedMap<String, Integer> onlyIn = new TreeMap<>();
    feeds.forEach(
        feed -> onlyIn.put(feed.feed(), feed.content().orElseThrow().days() - days.size()));
    return new JoinedDays(days, onlyIn);
  }

  private static DayColumns joined(Collection<FeedSet> feeds) {
    Set<Place> common =
        feeds.stream()
            .flatMap(feed -> feed.days().byPlace().keySet().stream())
            .collect(toCollection(TreeSet::new));
    feeds.forEach(feed -> common.retainAll(feed.days().byPlace().keySet()));
    return DayColumns.packed(
        common.stream()
            .<Supplier<PlaceDays>>map(
                place ->
                    () -> joined(place, feeds.stream().map(feed -> feed.days().in(place)).toList()))
            .toList());
  }

  private static PlaceDays joined(Place place, List<PlaceDays> feeds) {
    List<Metric> metrics =
        List.copyOf(
            feeds.stream()
                .flatMap(feed -> feed.metrics().stream())
                .collect(toCollection(TreeSet::new)));
    PlaceDaysBuilder days = new PlaceDaysBuilder(place, metrics);
    PlaceDays first = feeds.get(0);
    for (int i = 0; i < first.size(); i++) {
      int date = first.epochDay(i);
      if (feeds.stream().allMatch(feed -> feed.indexOf(date) >= 0)) {
        feeds.forEach(feed -> days.merge(feed, date));
      }
    }
    return days.build();
  }

  /**
   * These days, plus days that were published complete and are incomplete in a feed now, with their
   * published figures.
   *
   * @param feeds the joined feeds
   * @param published the days of the last published set
   */
  public JoinedDays keeping(Collection<FeedSet> feeds, DayColumns published) {
    Map<String, Set<DayKey>> incomplete = new TreeMap<>();
    feeds.forEach(feed -> incomplete.put(feed.name(), feed.incomplete()));
    SortedMap<Place, List<Day>> kept = new TreeMap<>();
    incomplete.values().stream()
        .flatMap(Set::stream)
        .filter(
            key ->
                feeds.stream()
                    .allMatch(
                        feed ->
                            feed.days().has(key)
                                || incomplete.getOrDefault(feed.name(), Set.of()).contains(key)))
        .flatMap(key -> published.find(key).stream())
        .forEach(day -> kept.computeIfAbsent(day.place(), place -> new ArrayList<>()).add(day));
    return new JoinedDays(days.with(kept), onlyIn);
  }

  /** These days, with other series in place of those of some places. */
  public JoinedDays replacing(Collection<Place> places, DayColumns others) {
    return new JoinedDays(days.replacing(places, others), onlyIn);
  }
}
