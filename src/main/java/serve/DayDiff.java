package serve;

import covid.Metric;
import covid.Place;
import covid.PlaceDays;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import versions.Changes;
import versions.DayChange;
import versions.Diff;
import versions.Version;
import versions.Version.PlaceSeries;
import web.Problem;
import web.ProblemException;

/** Finds the days that two versions have differently. Not thread-safe. */
final class DayDiff {
  /** So many days with three metrics are an answer of 3,000,000 bytes. */
  static final int MOST_DAYS = 20_000;

  private final Version from;
  private final Version to;
  private final SeriesObjects objects;
  private final Predicate<DayChange.Kind> kinds;
  private final Set<Metric> metrics = new LinkedHashSet<>();
  private final List<DayChange> days = new ArrayList<>();

  /**
   * @param kinds of the days to find
   */
  DayDiff(Version from, Version to, SeriesObjects objects, Predicate<DayChange.Kind> kinds) {
    this.from = from;
    this.to = to;
    this.objects = objects;
    this.kinds = kinds;
  }

  /** The metrics of the series that differ, or of the first if none does, by their columns. */
  List<Metric> metrics() {
    return List.copyOf(metrics);
  }

  /** The days that differ, by place and date. */
  List<DayChange> days() {
    return days;
  }

  /** How many days differ. */
  Changes changes() {
    return new Changes(
        count(DayChange.Kind.ADDED), count(DayChange.Kind.REVISED), count(DayChange.Kind.REMOVED));
  }

  private int count(DayChange.Kind kind) {
    return (int) days.stream().filter(day -> day.kind() == kind).count();
  }

  /**
   * Reads the series that differ, and compares them.
   *
   * @param places those to compare
   * @throws ProblemException with status 400 if too many days differ, 503 if a series is missing,
   *     or cannot be read
   */
  void compare(Predicate<Place> places) throws Exception {
    Map<Place, PlaceSeries> before = byPlace(from);
    Map<Place, PlaceSeries> after = byPlace(to);
    TreeSet<Place> all = new TreeSet<>(before.keySet());
    all.addAll(after.keySet());
    List<Place> differing =
        all.stream()
            .filter(places)
            .filter(place -> !sha256(before.get(place)).equals(sha256(after.get(place))))
            .toList();
    for (int i = 0; i < differing.size(); i += SeriesObjects.READERS) {
      compare(
          differing.subList(i, Math.min(i + SeriesObjects.READERS, differing.size())),
          before,
          after);
    }
    if (metrics.isEmpty()) {
      // The header of a CSV has the metrics even if no day differs.
      metrics.addAll(objects.some(to.series().subList(0, 1)).get(0).days().metrics());
    }
  }

  private static Map<Place, PlaceSeries> byPlace(Version version) {
    Map<Place, PlaceSeries> series = new HashMap<>();
    version.series().forEach(each -> series.put(each.place(), each));
    return series;
  }

  private static Optional<String> sha256(@Nullable PlaceSeries series) {
    return Optional.ofNullable(series).map(PlaceSeries::sha256);
  }

  private void compare(
      List<Place> some, Map<Place, PlaceSeries> before, Map<Place, PlaceSeries> after)
      throws Exception {
    Map<String, PlaceDays> read = new HashMap<>();
    List<PlaceSeries> series =
        some.stream()
            .flatMap(place -> Stream.of(before, after).map(version -> version.get(place)))
            .filter(Objects::nonNull)
            .toList();
    List<SeriesObject> objectsOfSome = objects.some(series);
    for (int i = 0; i < series.size(); i++) {
      read.put(series.get(i).sha256(), objectsOfSome.get(i).days());
    }
    for (Place place : some) {
      add(new Diff(days(before.get(place), read), days(after.get(place), read)));
    }
  }

  private static @Nullable PlaceDays days(
      @Nullable PlaceSeries series, Map<String, PlaceDays> read) {
    return series == null ? null : read.get(series.sha256());
  }

  private void add(Diff diff) throws ProblemException {
    diff.days().stream().filter(day -> kinds.test(day.kind())).forEach(days::add);
    if (diff.before() != null) {
      metrics.addAll(diff.before().metrics());
    }
    if (diff.after() != null) {
      metrics.addAll(diff.after().metrics());
    }
    if (days.size() > MOST_DAYS) {
      throw new ProblemException(Problem.tooManyDays(MOST_DAYS));
    }
  }
}
