package serve;

import covid.Metric;
import covid.Place;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import versions.Changes;
import versions.DayChange;
import versions.Diff;
import versions.Version;
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
    new DifferingSeries(from, to, objects)
        .forEach(places, (place, before, after) -> add(new Diff(before, after)));
    if (metrics.isEmpty()) {
      // The header of a CSV has the metrics even if no day differs.
      metrics.addAll(objects.some(to.series().subList(0, 1)).get(0).days().metrics());
    }
  }

  private boolean add(Diff diff) throws ProblemException {
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
    return true;
  }
}
