package covid;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

import java.util.Locale;
import java.util.OptionalLong;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A day that the table has with other figures than the published set.
 *
 * @param published as the set has it
 * @param stored as the table had it; null if its item cannot be read as a day
 * @param outcome what became of it; null if nothing has, so far
 * @param reason why it was left, in one sentence; null if it was not
 */
public record RevisedDay(
    Day published, @Nullable Day stored, @Nullable Outcome outcome, @Nullable String reason) {

  /** What became of a revised day. */
  public enum Outcome {
    /** This run has set the published figures. */
    TAKEN,
    /** The table had them already when they were to be set. */
    PRESENT,
    /** The item stays as it is. */
    LEFT,
    /** A request failed; another run may take it. */
    FAILED;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public RevisedDay {
    requireNonNull(published, "published");
  }

  /**
   * The day as the table had it.
   *
   * @throws NullPointerException if its item cannot be read as a day
   */
  public Day readable() {
    return requireNonNull(stored, "stored");
  }

  /** Whether it has an outcome. */
  public boolean is(Outcome one) {
    return outcome == one;
  }

  /** What differs, by the names of the metrics: {@code cases 2 -> 3, deaths none -> 1}. */
  public String change() {
    return stored == null ? "unreadable" : change(stored, published);
  }

  /** What differs in two days, by the names of the metrics. */
  public static String change(Day before, Day after) {
    return metrics(before, after).stream()
        .filter(metric -> !before.figure(metric).equals(after.figure(metric)))
        .map(
            metric ->
                "%s %s -> %s"
                    .formatted(metric, text(before.figure(metric)), text(after.figure(metric))))
        .collect(joining(", "));
  }

  private static TreeSet<Metric> metrics(Day before, Day after) {
    TreeSet<Metric> metrics = new TreeSet<>(before.figures().keySet());
    metrics.addAll(after.figures().keySet());
    return metrics;
  }

  private static String text(OptionalLong figure) {
    return figure.isPresent() ? String.format(Locale.ROOT, "%,d", figure.getAsLong()) : "none";
  }

  /** The largest change of a figure; no figure counts as 0. */
  long size() {
    if (stored == null) {
      return 0;
    }
    return metrics(stored, published).stream()
        .mapToLong(
            metric ->
                Math.abs(published.figure(metric).orElse(0) - stored.figure(metric).orElse(0)))
        .max()
        .orElse(0);
  }
}
