package covid;

import java.time.Duration;
import java.time.LocalDate;
import java.util.SortedMap;
import java.util.TreeMap;

/** Counts the places whose figures of a metric stand still. */
final class StalledPlaces {
  private StalledPlaces() {}

  /**
   * Counts them, per metric.
   *
   * @param days of all places
   * @param after the age of the last change, up to the newest day of all places, from which a
   *     metric of a place counts as stalled
   * @return only metrics with such a place
   */
  static SortedMap<String, Integer> count(DayColumns days, Duration after) {
    SortedMap<String, Integer> stalled = new TreeMap<>();
    if (days.isEmpty()) {
      return stalled;
    }
    LocalDate oldest = days.newest().minusDays(after.toDays());
    for (PlaceDays place : days.byPlace().values()) {
      Series series = new Series(place, false);
      for (Metric metric : place.metrics()) {
        if (series.unchangedSince(metric).filter(oldest::isAfter).isPresent()) {
          stalled.merge(metric.name(), 1, Integer::sum);
        }
      }
    }
    return stalled;
  }
}
