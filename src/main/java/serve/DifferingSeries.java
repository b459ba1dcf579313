package serve;

import covid.Place;
import covid.PlaceDays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import versions.Version;
import versions.Version.PlaceSeries;
import web.ProblemException;

/** The series that two versions have differently. */
final class DifferingSeries {
  private final Map<Place, PlaceSeries> before = new HashMap<>();
  private final Map<Place, PlaceSeries> after = new HashMap<>();
  private final SeriesObjects objects;

  /**
   * @param from the earlier version
   * @param to the later one
   * @param objects their series
   */
  DifferingSeries(Version from, Version to, SeriesObjects objects) {
    from.series().forEach(each -> before.put(each.place(), each));
    to.series().forEach(each -> after.put(each.place(), each));
    this.objects = objects;
  }

  /** Takes the days of a place in both versions. */
  interface Taker {
    /**
     * Takes them.
     *
     * @param before null if the earlier version lacks the place
     * @param after null if the later one does
     * @return whether to go on
     */
    boolean take(Place place, @Nullable PlaceDays before, @Nullable PlaceDays after)
        throws ProblemException;
  }

  /**
   * Reads the series that differ, by place, without keeping all of them in memory.
   *
   * @param places those to read
   * @throws ProblemException with status 503 if a series is missing, or cannot be read
   */
  void forEach(Predicate<Place> places, Taker taker) throws Exception {
    TreeSet<Place> all = new TreeSet<>(before.keySet());
    all.addAll(after.keySet());
    List<Place> differing =
        all.stream()
            .filter(places)
            .filter(place -> !sha256(before.get(place)).equals(sha256(after.get(place))))
            .toList();
    boolean goesOn = true;
    for (int i = 0; goesOn && i < differing.size(); i += SeriesObjects.READERS) {
      goesOn =
          take(differing.subList(i, Math.min(i + SeriesObjects.READERS, differing.size())), taker);
    }
  }

  private static Optional<String> sha256(@Nullable PlaceSeries series) {
    return Optional.ofNullable(series).map(PlaceSeries::sha256);
  }

  private boolean take(List<Place> some, Taker taker) throws Exception {
    List<PlaceSeries> series =
        some.stream()
            .flatMap(place -> Stream.of(before, after).map(version -> version.get(place)))
            .filter(Objects::nonNull)
            .toList();
    Map<String, PlaceDays> days = new HashMap<>();
    List<SeriesObject> read = objects.some(series);
    for (int i = 0; i < read.size(); i++) {
      days.put(series.get(i).sha256(), read.get(i).days());
    }
    for (Place place : some) {
      if (!taker.take(place, days(before.get(place), days), days(after.get(place), days))) {
        return false;
      }
    }
    return true;
  }

  private static @Nullable PlaceDays days(
      @Nullable PlaceSeries series, Map<String, PlaceDays> read) {
    return series == null ? null : read.get(series.sha256());
  }
}
