package covid;

import static java.util.stream.Collectors.joining;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Distinguishes revisions, which change many days by little, from another file of the same layout.
 *
 * <p>A day has changed if one of its figures is less than half or more than double the published
 * one, unless both are under {@value #SMALL}. Before the first publication, a day with a figure
 * lower than the day before counts instead, since cumulative figures seldom fall; if every figure
 * is 0, every day counts.
 *
 * @param maxShare the largest share of the days that may have changed, 0 to 1; exactly that share
 *     still passes
 */
record ChangedDays(BigDecimal maxShare) {
  private static final long SMALL = 100;
  private static final int NAMED = 3;

  /** A figure of a day, and the figure to compare it with. */
  private record Change(LocalDate date, Metric metric, long now, long was) {
    boolean isLarge() {
      return (now >= SMALL || was >= SMALL) && (now - was > was || was - now > now);
    }

    boolean isFall() {
      return now < was;
    }

    @Override
    public String toString() {
      return String.format(Locale.ROOT, "%s (%s %,d, was %,d)", date, metric, now, was);
    }
  }

  /**
   * Decides whether the days may be published.
   *
   * @param joined the days, ascending
   * @param published those of the last published set; empty before the first run
   * @return why they are refused, in one sentence; empty if they are not
   */
  Optional<String> refuses(List<Day> joined, List<Day> published) {
    return published.isEmpty() ? falls(joined) : changes(joined, published);
  }

  private Optional<String> changes(List<Day> joined, List<Day> published) {
    Map<DayKey, Day> before =
        published.stream().collect(Collectors.toMap(Day::key, day -> day, (one, other) -> one));
    List<Change> changes =
        joined.stream()
            .flatMap(
                day ->
                    Stream.ofNullable(before.get(day.key()))
                        .flatMap(was -> compared(day, was))
                        .filter(Change::isLarge)
                        .limit(1))
            .toList();
    return refusal(
        changes,
        published.size(),
        "%,d of the %,d days archived last have a figure less than half or more than double of what"
            + " it was, more than gate.max-changed-days allows: %s: check what the feeds serve now;"
            + " if it is right, let it pass once with GATE_MAX_CHANGED_DAYS=100%%.");
  }

  private Optional<String> falls(List<Day> joined) {
    if (maxShare.compareTo(BigDecimal.ONE) < 0 && joined.stream().allMatch(ChangedDays::isZero)) {
      return Optional.of(
          String.format(
              Locale.ROOT,
              "Every figure of the %,d days is 0: check what the feeds serve; if it is right, let it"
                  + " pass once with GATE_MAX_CHANGED_DAYS=100%%.",
              joined.size()));
    }
    List<Change> falls = new ArrayList<>();
    for (int i = 1; i < joined.size(); i++) {
      compared(joined.get(i), joined.get(i - 1))
          .filter(Change::isFall)
          .limit(1)
          .forEach(falls::add);
    }
    return refusal(
        falls,
        joined.size(),
        "%,d of the %,d days have a figure lower than the day before, more than"
            + " gate.max-changed-days allows: %s: check whether the feeds serve cumulative figures;"
            + " if they do, let them pass once with GATE_MAX_CHANGED_DAYS=100%%.");
  }

  private static boolean isZero(Day day) {
    return day.figures().values().stream().allMatch(figure -> figure == 0);
  }

  private static Stream<Change> compared(Day now, Day was) {
    return now.figures().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .flatMap(
            figure ->
                Stream.ofNullable(was.figures().get(figure.getKey()))
                    .map(
                        before ->
                            new Change(now.date(), figure.getKey(), figure.getValue(), before)));
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
