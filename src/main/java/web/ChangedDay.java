package web;

import covid.Day;
import covid.Metric;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import versions.DayChange;

/**
 * A day that two versions have differently.
 *
 * @param place its place where there are several; otherwise null
 * @param date its date
 * @param kind what happened to it
 * @param before its figures in the earlier version, by the names of the metrics; null if it lacks
 *     the day
 * @param after its figures in the later version; null if it lacks the day
 */
public record ChangedDay(
    @Nullable String place,
    LocalDate date,
    DayChange.Kind kind,
    @Nullable Map<String, Long> before,
    @Nullable Map<String, Long> after) {

  /**
   * A change.
   *
   * @param ofPlaces whether there are several places
   */
  public static ChangedDay of(DayChange change, boolean ofPlaces) {
    return new ChangedDay(
        ofPlaces ? change.key().place().name() : null,
        change.key().date(),
        change.kind(),
        figures(change.before()),
        figures(change.after()));
  }

  /** The figures of a day by the names of their metrics; null if there is no day. */
  public static @Nullable Map<String, Long> figures(@Nullable Day day) {
    if (day == null) {
      return null;
    }
    Map<String, Long> figures = new TreeMap<>();
    day.figures().forEach((metric, figure) -> figures.put(metric.name(), figure));
    return figures;
  }

  /** The row of the CSV, with two cells for each metric. */
  List<@Nullable Object> row(List<Metric> metrics) {
    List<@Nullable Object> row = new ArrayList<>();
    if (place != null) {
      row.add(place);
    }
    row.add(date);
    row.add(kind);
    for (Metric metric : metrics) {
      row.add(before == null ? null : before.get(metric.name()));
      row.add(after == null ? null : after.get(metric.name()));
    }
    return row;
  }
}
