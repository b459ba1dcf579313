package aws;

import covid.DeadLetter;
import covid.Metric;
import java.util.List;

/** What an object of the dead letter has to have, so that a run replays its days. */
public final class ReplayableDays {
  private ReplayableDays() {}

  /** Whether a day has all figures of a table of days, which would lack one forever. */
  public static boolean isWhole(DeadLetter letter) {
    return letter.day().figures().keySet().containsAll(Metric.PUBLISHED);
  }

  /**
   * Whether a day is that of a date.
   *
   * @param name of its object, without folder and {@code .json}
   */
  public static boolean isOfDate(DeadLetter letter, String name) {
    return letter.day().date().toString().equals(name);
  }

  /**
   * Whether days are those of a place: at least one, each of that place and with a figure.
   *
   * @param name of their object, without folder and {@code .json}
   * @param metrics of the dataset
   */
  public static boolean areOfPlace(List<DeadLetter> letters, String name, List<Metric> metrics) {
    return !letters.isEmpty()
        && letters.stream()
            .map(DeadLetter::day)
            .allMatch(
                day ->
                    PlaceKey.of(day.place()).equals(name)
                        && metrics.stream().anyMatch(metric -> day.figure(metric).isPresent()));
  }
}
