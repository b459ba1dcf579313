package serve;

import covid.Interval;
import covid.Place;
import covid.PlaceDays;
import covid.Series;
import covid.View;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import versions.Version;
import web.PeriodTable;
import web.ProblemException;
import web.SiteChanges;

/**
 * Finds what the site of many places shows of a version otherwise than of an earlier one. It
 * compares periods, not days: figures of a metric that has been discontinued since were shown then.
 * Not thread-safe.
 */
final class SiteDiff {
  /** So many are 5 MB of JSON, and a tenth of that packed. */
  static final int MOST_PERIODS = 40_000;

  private final Version from;
  private final Version to;
  private final SeriesObjects objects;
  private final Interval interval;
  private final List<SiteChanges.OfPlace> places = new ArrayList<>();
  private int periods;

  /**
   * @param from the earlier version
   * @param to the later one
   * @param objects their series
   * @param interval of the periods that the site shows
   */
  SiteDiff(Version from, Version to, SeriesObjects objects, Interval interval) {
    this.from = from;
    this.to = to;
    this.objects = objects;
    this.interval = interval;
  }

  /**
   * Reads the series that differ, and compares them.
   *
   * @throws ProblemException with status 503 if one is missing, damaged, or cannot be read
   */
  SiteChanges changes() throws Exception {
    new DifferingSeries(from, to, objects).forEach(place -> true, this::compare);
    return new SiteChanges(from.id(), to.id(), periods > MOST_PERIODS ? null : places);
  }

  private boolean compare(Place place, @Nullable PlaceDays before, @Nullable PlaceDays after) {
    Optional<Series> earlier = series(before, from);
    Optional<Series> later = series(after, to);
    List<Series.Period> was = periods(earlier);
    List<Series.Period> is = periods(later);
    boolean sameMetrics = earlier.map(Series::metrics).equals(later.map(Series::metrics));
    SiteChanges.OfPlace changes =
        new SiteChanges.OfPlace(
            place.name(),
            table(earlier, without(sameMetrics ? is : List.of(), was)),
            table(later, without(sameMetrics ? was : List.of(), is)));
    periods += changes.before().periods().size() + changes.after().periods().size();
    places.add(changes);
    return periods <= MOST_PERIODS;
  }

  private static Optional<Series> series(@Nullable PlaceDays days, Version version) {
    return Optional.ofNullable(days).map(any -> new Series(any, version.synthetic()));
  }

  private List<Series.Period> periods(Optional<Series> series) {
    return series.map(any -> any.periods(interval, LocalDate.MIN, LocalDate.MAX)).orElse(List.of());
  }

  private static List<Series.Period> without(
      List<Series.Period> others, List<Series.Period> periods) {
    Set<Series.Period> known = new HashSet<>(others);
    return periods.stream().filter(period -> !known.contains(period)).toList();
  }

  private static PeriodTable table(Optional<Series> series, List<Series.Period> periods) {
    return new PeriodTable(
        series.map(Series::metrics).orElse(List.of()), View.PLAIN.measures(), periods);
  }
}
