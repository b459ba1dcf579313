package serve;

import covid.Place;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import versions.DayChange;
import versions.Version;
import versions.Version.PlaceSeries;
import versions.VersionEntry;
import web.ChangedDay;
import web.DayHistory;
import web.Problem;
import web.ProblemException;

/**
 * Finds the versions that changed the figures of a day.
 *
 * @param versions of the published set
 * @param changes from each of their series to the next
 * @param reads reads several objects at the same time
 * @param place of the day; empty if the set is of one place
 * @param date of the day
 */
record DayIssues(
    PublishedVersions versions,
    SeriesChanges changes,
    ParallelReads reads,
    Optional<Place> place,
    LocalDate date) {

  /**
   * The versions that changed the day against the one before them.
   *
   * @param entries newest first; the last one is only compared with, unless it is the first of all
   * @param reachesFirst whether the last one is the first of all
   * @param reachesNewest whether the first one is the newest of all
   * @throws ProblemException with status 404 if none of them has the place and they reach the
   *     newest, since a place may be younger than those before; 503 if a manifest or series is
   *     missing, or cannot be read
   */
  List<DayHistory.Issue> among(
      List<VersionEntry> entries, boolean reachesFirst, boolean reachesNewest) throws Exception {
    Map<String, PlaceSeries> series = series(entries);
    if (series.isEmpty() && reachesNewest && entries.stream().anyMatch(this::mayHaveDay)) {
      throw new ProblemException(Problem.noPlace(place.orElseThrow().name(), List.of()));
    }
    List<Step> steps = new ArrayList<>();
    for (int i = 0; i < entries.size(); i++) {
      boolean isLast = i + 1 == entries.size();
      if (!isLast || reachesFirst) {
        PlaceSeries before = isLast ? null : series.get(entries.get(i + 1).id());
        steps.add(new Step(entries.get(i), before, series.get(entries.get(i).id())));
      }
    }
    return reads.all(steps, this::issue).stream().flatMap(Optional::stream).toList();
  }

  /** The series of the place in each version that has it, and has a day as late. */
  private Map<String, PlaceSeries> series(List<VersionEntry> entries) throws Exception {
    List<VersionEntry> maybe = entries.stream().filter(this::mayHaveDay).toList();
    List<Optional<PlaceSeries>> found = reads.all(maybe, this::series);
    Map<String, PlaceSeries> series = new HashMap<>();
    for (int i = 0; i < maybe.size(); i++) {
      String version = maybe.get(i).id();
      found.get(i).ifPresent(each -> series.put(version, each));
    }
    return series;
  }

  private boolean mayHaveDay(VersionEntry entry) {
    return !entry.newestDay().isBefore(date);
  }

  private Optional<PlaceSeries> series(VersionEntry entry) throws ProblemException {
    Version version = versions.manifests().listed(entry.id(), Bulkhead.UNBOUNDED);
    return place.isEmpty() ? Optional.of(version.series().get(0)) : version.of(place.get());
  }

  /** From the version before to a version; without a series where one lacks the day. */
  private record Step(
      VersionEntry version, @Nullable PlaceSeries before, @Nullable PlaceSeries after) {}

  private Optional<DayHistory.Issue> issue(Step step) throws ProblemException {
    return changes.of(date, step.before(), step.after()).map(day -> issue(step.version(), day));
  }

  private DayHistory.Issue issue(VersionEntry version, DayChange day) {
    return new DayHistory.Issue(
        version.at(),
        version.id(),
        ChronoUnit.DAYS.between(date, LocalDate.ofInstant(version.at(), versions.zone())),
        day.kind(),
        ChangedDay.figures(day.after()));
  }
}
