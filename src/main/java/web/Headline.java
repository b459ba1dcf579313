package web;

import covid.Metric;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The latest figures of a metric of one place, as {@code headline.js} words them.
 *
 * @param value the figure that leads: what is new, or the total of a metric that stands still
 * @param per what it is of; empty for a total
 * @param compared how it differs from the week before; empty for a total
 * @param isCompared whether the week before is known
 * @param asOf the day of the figures, with what is said before and after it
 * @param before it
 * @param after it
 * @param total said after what is new; empty where it leads
 */
record Headline(
    String value,
    String per,
    String compared,
    boolean isCompared,
    Said asOf,
    String before,
    String after,
    String total) {

  /** A day, for machines and for persons. */
  record Said(LocalDate date, String says) {
    static Said briefly(LocalDate date) {
      return new Said(date, ReaderWords.briefDay(date));
    }
  }

  /** Whether the total leads, since nothing is new. */
  boolean stands() {
    return per.isEmpty();
  }

  static Headline of(ShownPlace place, Metric metric, boolean isDaily) {
    ShownPlace.Latest latest = place.latest(metric).orElseThrow();
    String total = ReaderWords.brief(latest.value());
    Optional<Change> change = Change.newest(place.points(metric, isDaily));
    if (latest.ended() || latest.stalled() || change.isEmpty()) {
      return new Headline(
          total,
          "",
          "",
          false,
          Said.briefly(latest.asOf()),
          latest.ended() ? "in total, last reported " : "in total on ",
          latest.ended()
              ? "; the source no longer gives it"
              : latest.stalled() ? ", unchanged for long" : "",
          "");
    }
    return new Headline(
        ReaderWords.brief(change.get().value()),
        isDaily ? " a day" : " in the week",
        change.get().onWeekBefore(),
        change.get().before() != null,
        Said.briefly(change.get().date()),
        isDaily ? "7 days to " : "to ",
        "; ",
        total);
  }

  /**
   * The newest change.
   *
   * @param before that of a week before; null if it is not known
   */
  private record Change(LocalDate date, double value, @Nullable Double before) {
    static Optional<Change> newest(List<PanelDrawing.Point> points) {
      List<PanelDrawing.Point> known = new ArrayList<>(points);
      known.removeIf(point -> point.value() == null);
      if (known.isEmpty()) {
        return Optional.empty();
      }
      PanelDrawing.Point last = known.get(known.size() - 1);
      LocalDate weekBefore = last.date().minusWeeks(1);
      Double before =
          known.stream()
              .filter(point -> point.date().equals(weekBefore))
              .map(PanelDrawing.Point::value)
              .findFirst()
              .orElse(null);
      return Optional.of(new Change(last.date(), last.value() == null ? 0 : last.value(), before));
    }

    String onWeekBefore() {
      return before == null
          ? "The week before is not known."
          : value == before
              ? "as in the week before"
              : ReaderWords.beside(value, before) + " on the week before";
    }
  }
}
