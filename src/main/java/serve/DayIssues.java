package serve;

import covid.Day;
import covid.DayKey;
import covid.Place;
import covid.PlaceDays;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
 * Finds the versions that changed the figures of a day. Not thread-safe.
 *
 * @param versions of the published set
 * @param reads reads several manifests at the same time
 * @param place of the day; empty if the set is of one place
 * @param date of the day
 */
record DayIssues(
    PublishedVersions versions, ParallelReads reads, Optional<Place> place, LocalDate date) {

  /**
   * The versions that changed the day against the one before them.
   *
   * @param entries newest first; the last one is only compared with, unless it is the first of all
   * @param reachesFirst whether the last one is the first of all
   * @throws ProblemException with status 404 if none of them has the place, 503 if a manifest or
   *     series is missing, or cannot be read
   */
  List<DayHistory.Issue> among(List<VersionEntry> entries, boolean reachesFirst) throws Exception {
    List<@Nullable Day> days = days(entries);
    List<DayHistory.Issue> issues = new ArrayList<>();
    for (int i = 0; i < entries.size(); i++) {
      boolean isLast = i + 1 == entries.size();
      if (isLast && !reachesFirst) {
        break;
      }
      Day before = isLast ? null : days.get(i + 1);
      Day after = days.get(i);
      if (!Objects.equals(before, after)) {
        issues.add(issue(entries.get(i), before, after));
      }
    }
    return issues;
  }

  private DayHistory.Issue issue(VersionEntry version, @Nullable Day before, @Nullable Day after) {
    DayKey key = Objects.requireNonNull(after == null ? before : after).key();
    ZoneId zone = versions.zone();
    return new DayHistory.Issue(
        version.at(),
        version.id(),
        ChronoUnit.DAYS.between(date, LocalDate.ofInstant(version.at(), zone)),
        new DayChange(key, before, after).kind(),
        ChangedDay.figures(after));
  }

  /** The day in each version, null where there is none; each series is read once. */
  private List<@Nullable Day> days(List<VersionEntry> entries) throws Exception {
    List<VersionEntry> maybe =
        entries.stream().filter(entry -> !entry.newestDay().isBefore(date)).toList();
    List<Optional<PlaceSeries>> found = reads.all(maybe, this::series);
    Map<String, PlaceSeries> ofVersions = new HashMap<>();
    Map<String, PlaceSeries> distinct = new LinkedHashMap<>();
    for (int i = 0; i < maybe.size(); i++) {
      if (found.get(i).isPresent()) {
        PlaceSeries series = found.get(i).get();
        ofVersions.put(maybe.get(i).id(), series);
        distinct.put(series.sha256(), series);
      }
    }
    if (distinct.isEmpty() && !maybe.isEmpty()) {
      throw new ProblemException(Problem.noPlace(place.orElseThrow().name(), List.of()));
    }
    Map<String, Day> days = new HashMap<>();
    reads
        .all(
            List.copyOf(distinct.entrySet()),
            each -> Map.entry(each.getKey(), day(each.getValue())))
        .forEach(each -> each.getValue().ifPresent(day -> days.put(each.getKey(), day)));
    List<@Nullable Day> ofEntries = new ArrayList<>();
    for (VersionEntry entry : entries) {
      PlaceSeries series = ofVersions.get(entry.id());
      ofEntries.add(series == null ? null : days.get(series.sha256()));
    }
    return ofEntries;
  }

  private Optional<PlaceSeries> series(VersionEntry entry) throws ProblemException {
    Version version = versions.manifests().listed(entry.id(), Bulkhead.UNBOUNDED);
    return place.isEmpty() ? Optional.of(version.series().get(0)) : version.of(place.get());
  }

  private Optional<Day> day(PlaceSeries series) throws ProblemException {
    PlaceDays days = versions.series().get(series, Bulkhead.UNBOUNDED).days();
    int index = days.indexOf(date);
    return index < 0 ? Optional.empty() : Optional.of(days.get(index));
  }
}
