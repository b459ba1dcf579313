package app;

import static java.util.stream.Collectors.joining;

import covid.Dataset;
import covid.Day;
import covid.DayColumns;
import covid.PlaceDays;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** What a run would add, in lines: each day of one place, or each of several places. */
final class Preview {
  private Preview() {}

  /**
   * Describes days.
   *
   * @param missing the days that the table lacks
   * @param dataset of one place or several
   */
  static Stream<String> of(List<Day> missing, Dataset dataset) {
    DayColumns days = DayColumns.copyOf(missing);
    String head = String.format(Locale.ROOT, "%d day(s) would be added", days.size()) + span(days);
    return Stream.concat(
        Stream.of(head),
        dataset.places().isSingle()
            ? days.stream().map(Preview::line)
            : days.byPlace().values().stream().map(Preview::line));
  }

  private static String span(DayColumns days) {
    return days.isEmpty()
        ? ""
        : ", %s to %s"
            .formatted(
                days.byPlace().values().stream()
                    .map(place -> place.date(0))
                    .min(LocalDate::compareTo)
                    .orElseThrow(),
                days.newest());
  }

  private static String line(PlaceDays days) {
    return String.format(
        Locale.ROOT,
        "%s  %,d day(s), %s to %s",
        days.place(),
        days.size(),
        days.date(0),
        days.date(days.size() - 1));
  }

  private static String line(Day day) {
    return "%s  %s"
        .formatted(
            day.date(),
            day.figures().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(
                    figure ->
                        String.format(Locale.ROOT, "%,d %s", figure.getValue(), figure.getKey()))
                .collect(joining(", ")));
  }
}
