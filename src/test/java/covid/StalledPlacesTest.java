package covid;

import static covid.Samples.date;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StalledPlacesTest {
  private static final Duration LIMIT = Duration.ofDays(14);

  private final List<Day> days = new ArrayList<>();

  @Test
  void countsPlacesPerMetricWhoseLastChangeIsOlder() {
    add("DE", 1, 10, 1);
    add("DE", 20, 20, 1);
    add("FR", 1, 10, 1);
    add("FR", 5, 10, 2);
    add("FR", 20, 10, 2);
    assertThat(StalledPlaces.count(DayColumns.copyOf(days), LIMIT))
        .isEqualTo(Map.of("cases", 1, "deaths", 2));
  }

  @Test
  void doesNotCountAChangeExactlyAsOldAsAllowed() {
    add("DE", 1, 10, 1);
    add("DE", 6, 20, 2);
    add("DE", 20, 20, 2);
    assertThat(StalledPlaces.count(DayColumns.copyOf(days), LIMIT)).isEmpty();
    assertThat(StalledPlaces.count(DayColumns.copyOf(days), LIMIT.minusDays(1)))
        .isEqualTo(Map.of("cases", 1, "deaths", 1));
  }

  @Test
  void measuresUpToTheNewestDayOfAllPlaces() {
    add("DE", 1, 10, 1);
    add("FR", 30, 10, 1);
    assertThat(StalledPlaces.count(DayColumns.copyOf(days), LIMIT))
        .isEqualTo(Map.of("cases", 1, "deaths", 1));
    assertThat(StalledPlaces.count(DayColumns.NONE, LIMIT)).isEmpty();
  }

  private void add(String place, int day, long cases, long deaths) {
    days.add(
        new Day(
            new DayKey(new Place(place), date(day)),
            Map.of(Metric.CASES, cases, Metric.DEATHS, deaths)));
  }
}
