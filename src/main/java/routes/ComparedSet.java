package routes;

import covid.DayColumns;
import covid.Place;
import covid.PlaceDays;
import feeds.SetText;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import versions.Changes;
import versions.Diff;
import versions.Origin;
import versions.Version;
import versions.Version.PlaceSeries;
import versions.VersionId;

/**
 * A set, compared with the one before it.
 *
 * @param text the text of the set
 * @param days its days, at least one
 * @param series one of each place
 * @param changed the places whose series are not those of the set before
 * @param changes of all places, with those that only the set before has
 */
record ComparedSet(
    SetText text, DayColumns days, List<PlaceSeries> series, Set<Place> changed, Changes changes) {

  /**
   * What a set says about its figures and where they are from.
   *
   * @param origin how it comes to be published
   * @param run the id of the run that publishes it; null if none does
   * @param synthetic whether the figures are invented
   * @param feeds the pulled feeds
   * @param settings those that decide what comes of the feeds
   */
  record Source(
      Origin origin,
      @Nullable String run,
      boolean synthetic,
      List<Version.Feed> feeds,
      SortedMap<String, String> settings) {}

  /**
   * Compares a set.
   *
   * @param before the days of the set before; none if there is none
   * @param sameFormat whether the set before has the same columns
   */
  static ComparedSet of(SetText text, DayColumns days, DayColumns before, boolean sameFormat) {
    List<PlaceSeries> all = new ArrayList<>();
    Set<Place> changed = new HashSet<>();
    Changes changes = Changes.NONE;
    for (PlaceDays place : days.byPlace().values()) {
      PlaceSeries series = series(text, place, before.byPlace().get(place.place()));
      all.add(series);
      changes = changes.plus(series.changes());
      if (!sameFormat || !series.changes().isNone()) {
        changed.add(place.place());
      }
    }
    for (PlaceDays place : before.byPlace().values()) {
      if (!days.byPlace().containsKey(place.place())) {
        changes = changes.plus(new Diff(place, null).count());
      }
    }
    return new ComparedSet(text, days, all, changed, changes);
  }

  private static PlaceSeries series(SetText text, PlaceDays days, @Nullable PlaceDays before) {
    return new PlaceSeries(
        days.place(),
        text.sha256(days.place()),
        days.size(),
        days.date(days.size() - 1),
        new Diff(before, days).count());
  }

  /** Whether the set is that before it. */
  boolean isSame() {
    return changed.isEmpty() && changes.isNone();
  }

  /** The series that the set before lacks. */
  List<Publication.Series> newSeries() {
    return series.stream()
        .filter(one -> changed.contains(one.place()))
        .map(one -> new Publication.Series(one.sha256(), text, one.place()))
        .toList();
  }

  /** The set as a version that was found. */
  Version version(Instant time, boolean synthetic) {
    return version(
        null, time, new Source(Origin.FOUND, null, synthetic, List.of(), new TreeMap<>()));
  }

  /** The set as a version after another one. */
  Version version(@Nullable String parent, Instant time, Source source) {
    Instant at = time.truncatedTo(ChronoUnit.SECONDS);
    return new Version(
        VersionId.of(at, text.sha256(), parent, source.run()),
        source.origin(),
        parent,
        source.run(),
        at,
        text.sha256(),
        days.size(),
        days.newest(),
        source.synthetic(),
        changes,
        source.feeds(),
        source.settings(),
        series,
        null);
  }
}
