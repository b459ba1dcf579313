package covid;

import static java.util.stream.Collectors.joining;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Distinguishes revisions, which change many days by little, from another file of the same layout.
 *
 * <p>A day has changed if one of its figures is less than half or more than double the published
 * one, unless both are under {@value #SMALL}. Before the first publication, a day with a figure
 * lower than the day before counts instead, since cumulative figures seldom fall.
 *
 * @param maxShare the largest share of the days that may have changed, 0 to 1; exactly that share
 *     still passes
 */
record ChangedDays(BigDecimal maxShare) {
  private static final long SMALL = 100;
  private static final int NAMED = 3;

  /** A figure of a day, and the figure to compare it with. */
  private record Change(LocalDate date, Metric metric, long now, long was) {
    @Override
    public String toString() {
      return String.format(Locale.ROOT, "%s (%s %,d, was %,d)", date, metric, now, was);
    }
  }

  /** Whether a figure differs from the one to compare it with in a way that matters. */
  private interface Comparison {
    boolean differs(long now, long was);
  }

  private static boolean isLarge(long now, long was) {
    return (now >= SMALL || was >= SMALL) && (now - was > was || was - now > now);
  }

  private static boolean isFall(long now, long was) {
    return now < was;
  }

  /**
   * Decides whether the days of a place may be published.
   *
   * @param joined the days
   * @param published those of the published set; null before the first publication
   * @return why they are refused, in one sentence; empty if they are not
   */
  Optional<String> refuses(PlaceDays joined, @Nullable PlaceDays published) {
    return published == null
        ? falls(joined.unpacked())
        : changes(joined.unpacked(), published.unpacked());
  }

  private Optional<String> changes(PlaceDays joined, PlaceDays published) {
    List<Change> changes = new ArrayList<>();
    int[] columns = columns(joined, published);
    for (int i = 0; i < joined.size(); i++) {
      int was = published.indexOf(joined.epochDay(i));
      if (was >= 0) {
        first(joined, i, published, was, columns, ChangedDays::isLarge).ifPresent(changes::add);
      }
    }
    return refusal(
        changes,
        published.size(),
        "%,d of the %,d days archived last have a figure less than half or more than double of what"
            + " it was, more than gate.max-changed-days allows: %s: check what the feeds serve now;"
            + " if it is right, let it pass once with GATE_MAX_CHANGED_DAYS=100%%.");
  }

  private Optional<String> falls(PlaceDays joined) {
    List<Change> falls = new ArrayList<>();
    int[] columns = columns(joined, joined);
    for (int i = 1; i < joined.size(); i++) {
      first(joined, i, joined, i - 1, columns, ChangedDays::isFall).ifPresent(falls::add);
    }
    return refusal(
        falls,
        joined.size(),
        "%,d of the %,d days have a figure lower than the day before, more than"
            + " gate.max-changed-days allows: %s: check whether the feeds serve cumulative figures;"
            + " if they do, let them pass once with GATE_MAX_CHANGED_DAYS=100%%.");
  }

  /**
   * Refuses a set of all places that holds no count at all.
   *
   * @return why it is refused, in one sentence; empty if it is not
   */
  Optional<String> onlyZeros(DayColumns joined) {
    if (maxShare.compareTo(BigDecimal.ONE) >= 0
        || joined.byPlace().values().stream().anyMatch(ChangedDays::hasCount)) {
      return Optional.empty();
    }
    return Optional.of(
        String.format(
            Locale.ROOT,
            "Every figure of the %,d days is 0: check what the feeds serve; if it is right, let it"
                + " pass once with GATE_MAX_CHANGED_DAYS=100%%.",
            joined.size()));
  }

  private static boolean hasCount(PlaceDays days) {
    for (int metric = 0; metric < days.metrics().size(); metric++) {
      for (int i = 0; i < days.size(); i++) {
        if (days.figureOrAbsent(metric, i) > 0) {
          return true;
        }
      }
    }
    return false;
  }

  /** Of each column of some days, the index of that of the same metric in others, or -1. */
  private static int[] columns(PlaceDays days, PlaceDays others) {
    return days.metrics().stream().mapToInt(others.metrics()::indexOf).toArray();
  }

  /** The first change of a day that matters, by the names of the metrics. */
  private static Optional<Change> first(
      PlaceDays now, int day, PlaceDays was, int dayBefore, int[] columns, Comparison comparison) {
    for (int metric = 0; metric < columns.length; metric++) {
      long figure = now.figureOrAbsent(metric, day);
      long before =
          columns[metric] < 0 ? PlaceDays.ABSENT : was.figureOrAbsent(columns[metric], dayBefore);
      if (figure != PlaceDays.ABSENT
          && before != PlaceDays.ABSENT
          && comparison.differs(figure, before)) {
        return Optional.of(new Change(now.date(day), now.metrics().get(metric), figure, before));
      }
    }
    return Optional.empty();
  }

  /** Names the last ones, which have large figures. */
  private Optional<String> refusal(List<Change> changes, int days, String sentence) {
    if (BigDecimal.valueOf(changes.size()).compareTo(maxShare.multiply(BigDecimal.valueOf(days)))
        <= 0) {
      return Optional.empty();
    }
    String named =
        changes.subList(Math.max(0, changes.size() - NAMED), changes.size()).stream()
            .map(Change::toString)
            .collect(joining(", "));
    return Optional.of(String.format(Locale.ROOT, sentence, changes.size(), days, named));
  }
}
