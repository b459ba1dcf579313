package versions;

import covid.Day;
import covid.DayKey;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A day that two versions have differently.
 *
 * @param key of the day
 * @param before as the earlier version has it; null if it lacks the day
 * @param after as the later version has it; null if it lacks the day
 */
public record DayChange(DayKey key, @Nullable Day before, @Nullable Day after) {
  /** What happened to a day. */
  public enum Kind {
    /** The earlier version lacks it. */
    ADDED,
    /** It has other figures. */
    REVISED,
    /** The later version lacks it. */
    REMOVED;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** What happened to the day. */
  public Kind kind() {
    if (before == null) {
      return Kind.ADDED;
    }
    return after == null ? Kind.REMOVED : Kind.REVISED;
  }

  /** The largest difference of a figure that both versions have; 0 if there is none. */
  long difference() {
    if (before == null || after == null) {
      return 0;
    }
    return before.figures().entrySet().stream()
        .filter(figure -> after.figures().containsKey(figure.getKey()))
        .mapToLong(
            figure -> Math.abs(after.figure(figure.getKey()).orElseThrow() - figure.getValue()))
        .max()
        .orElse(0);
  }
}
