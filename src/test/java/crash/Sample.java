package crash;

import covid.Day;
import covid.DayKey;
import covid.Metric;
import covid.Place;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The feed of the World Health Organization with a few places and weeks, and invented figures. */
record Sample(int places, int weeks) {
  private static final LocalDate FIRST = LocalDate.parse("2020-01-05");
  private static final List<String> PLACES =
      List.of(
          "BR", "CN", "DE", "ES", "FR", "GB", "IN", "IT", "JP", "KR", "NA", "NG", "NO", "PE", "US",
          "ZA");

  static int mostPlaces() {
    return PLACES.size();
  }

  /** All days, by place and date. */
  List<Day> days() {
    return IntStream.range(0, places * weeks).mapToObj(this::day).toList();
  }

  private Day day(int number) {
    int place = number / weeks;
    int week = number % weeks;
    return new Day(
        new DayKey(new Place(PLACES.get(place)), FIRST.plusWeeks(week)),
        Map.of(
            Metric.CASES, 100L * (place + 1) + 10L * (place + 1) * week,
            Metric.DEATHS, 10L + place + week));
  }

  /** The feed. */
  String csv() {
    StringBuilder csv =
        new StringBuilder(
            "Date_reported,Country_code,Country,WHO_region,New_cases,Cumulative_cases,New_deaths,"
                + "Cumulative_deaths\n");
    for (Day day : days()) {
      csv.append(
          "%s,%s,%s,EUR,,%d,,%d\n"
              .formatted(
                  day.date(),
                  day.place().name(),
                  day.place().name(),
                  day.figure(Metric.CASES).orElseThrow(),
                  day.figure(Metric.DEATHS).orElseThrow()));
    }
    return csv.toString();
  }
}
