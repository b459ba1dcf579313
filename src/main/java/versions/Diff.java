package versions;

import static java.util.Objects.requireNonNull;

import covid.Day;
import covid.DayColumns;
import covid.Metric;
import covid.Place;
import covid.PlaceDays;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What two series of a place differ in, day by day.
 *
 * @param before the days of the earlier version; null if it lacks the place
 * @param after those of the later version; null if it lacks the place
 */
public record Diff(@Nullable PlaceDays before, @Nullable PlaceDays after) {
  /** Takes the indices of a day in both series; -1 where it is not. */
  private interface Found {
    void at(int was, int now);
  }

  /** The days that differ in two sets, ascending by place and date. */
  public static List<DayChange> between(DayColumns before, DayColumns after) {
    TreeSet<Place> places = new TreeSet<>(before.byPlace().keySet());
    places.addAll(after.byPlace().keySet());
    List<DayChange> changes = new ArrayList<>();
    for (Place place : places) {
      changes.addAll(new Diff(before.byPlace().get(place), after.byPlace().get(place)).days());
    }
    return changes;
  }

  /** The revised day of all places of which a figure differs most; of several, the first. */
  public static Optional<DayChange> largest(DayColumns before, DayColumns after) {
    return after.byPlace().values().stream()
        .flatMap(days -> new Diff(before.byPlace().get(days.place()), days).days().stream())
        .filter(day -> day.kind() == DayChange.Kind.REVISED)
        .reduce((one, later) -> later.difference() > one.difference() ? later : one);
  }

  /** The days that differ, ascending. */
  public List<DayChange> days() {
    List<DayChange> changes = new ArrayList<>();
    forEach((was, now) -> changes.add(change(was, now)));
    return changes;
  }

  private DayChange change(int was, int now) {
    Day earlier = before == null || was < 0 ? null : before.get(was);
    Day later = after == null || now < 0 ? null : after.get(now);
    return new DayChange((later == null ? requireNonNull(earlier) : later).key(), earlier, later);
  }

  /** What happened to a day; empty if both series have the same of it. */
  public Optional<DayChange> of(LocalDate date) {
    int was = index(before, date);
    int now = index(after, date);
    boolean isSame = was < 0 ? now < 0 : now >= 0 && !differs(columns(), was, now);
    return isSame ? Optional.empty() : Optional.of(change(was, now));
  }

  private static int index(@Nullable PlaceDays days, LocalDate date) {
    return days == null ? -1 : days.indexOf(date);
  }

  /** The same difference without the days that both series have: a small one, as a rule. */
  public Diff reduced() {
    Set<Integer> differing = new HashSet<>();
    forEach(
        (was, now) ->
            differing.add(
                now < 0
                    ? requireNonNull(before).epochDay(was)
                    : requireNonNull(after).epochDay(now)));
    return new Diff(where(before, differing), where(after, differing));
  }

  private static @Nullable PlaceDays where(@Nullable PlaceDays days, Set<Integer> dates) {
    return days == null ? null : days.where(dates::contains);
  }

  /** How many days differ. */
  public Changes count() {
    int[] counts = new int[3];
    new Diff(unpacked(before), unpacked(after))
        .forEach((was, now) -> counts[was < 0 ? 0 : now < 0 ? 2 : 1]++);
    return new Changes(counts[0], counts[1], counts[2]);
  }

  private static @Nullable PlaceDays unpacked(@Nullable PlaceDays days) {
    return days == null ? null : days.unpacked();
  }

  private void forEach(Found found) {
    int[] columns = columns();
    int was = 0;
    int now = 0;
    while (was < size(before) || now < size(after)) {
      int order = order(was, now);
      if (order < 0) {
        found.at(was++, -1);
      } else if (order > 0) {
        found.at(-1, now++);
      } else {
        if (differs(columns, was, now)) {
          found.at(was, now);
        }
        was++;
        now++;
      }
    }
  }

  private static int size(@Nullable PlaceDays days) {
    return days == null ? 0 : days.size();
  }

  private int order(int was, int now) {
    if (before == null || was == before.size()) {
      return 1;
    }
    if (after == null || now == after.size()) {
      return -1;
    }
    return Integer.compare(before.epochDay(was), after.epochDay(now));
  }

  /** Of each metric of either, its columns in both, one after the other; -1 if one lacks it. */
  private int[] columns() {
    if (before == null || after == null) {
      return new int[0];
    }
    TreeSet<Metric> metrics = new TreeSet<>(before.metrics());
    metrics.addAll(after.metrics());
    int[] columns = new int[2 * metrics.size()];
    int next = 0;
    for (Metric metric : metrics) {
      columns[next++] = before.metrics().indexOf(metric);
      columns[next++] = after.metrics().indexOf(metric);
    }
    return columns;
  }

  private boolean differs(int[] columns, int was, int now) {
    for (int i = 0; i < columns.length; i += 2) {
      if (figure(before, columns[i], was) != figure(after, columns[i + 1], now)) {
        return true;
      }
    }
    return false;
  }

  private static long figure(@Nullable PlaceDays days, int column, int index) {
    return days == null || column < 0 ? PlaceDays.ABSENT : days.figureOrAbsent(column, index);
  }
}
