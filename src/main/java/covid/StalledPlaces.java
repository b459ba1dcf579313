package covid;

import java.time.Duration;
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
    long oldest = days.newest().toEpochDay() - after.toDays();
    for (PlaceDays place : days.byPlace().values()) {
      for (int metric = 0; metric < place.metrics().size(); metric++) {
        int since = unchangedSince(place, metric);
        if (since >= 0 && place.epochDay(since) < oldest) {
          stalled.merge(place.metrics().get(metric).name(), 1, Integer::sum);
        }
      }
    }
    return stalled;
  }

  /** The index of the first day with the latest figure; negative if there is no figure. */
  private static int unchangedSince(PlaceDays days, int metric) {
    int since = -1;
    long latest = PlaceDays.ABSENT;
    for (int i = days.size() - 1; i >= 0; i--) {
      long figure = days.figureOrAbsent(metric, i);
      if (figure == PlaceDays.ABSENT) {
        continue;
      }
      if (latest != PlaceDays.ABSENT && figure != latest) {
        return since;
      }
      latest = figure;
      since = i;
    }
    return since;
  }
}
