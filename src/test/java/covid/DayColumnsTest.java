package covid;

import static covid.Samples.date;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class DayColumnsTest {
  @Property(tries = 200)
  void givesBackTheDaysSortedByPlaceAndDate(@ForAll("days") List<Day> days, @ForAll long seed) {
    List<Day> shuffled = new ArrayList<>(days);
    java.util.Collections.shuffle(shuffled, new Random(seed));
    assertThat(DayColumns.copyOf(shuffled)).isEqualTo(days);
  }

  @Provide
  Arbitrary<List<Day>> days() {
    Arbitrary<Map<Metric, Long>> figures =
        Arbitraries.maps(
                Arbitraries.of(Metric.CASES, Metric.DEATHS, new Metric("tests")),
                Arbitraries.longs().greaterOrEqual(0))
            .ofMaxSize(3);
    Arbitrary<DayKey> keys =
        Combinators.combine(
                Arbitraries.of("DE", "US", "Korea, South"), Arbitraries.integers().between(1, 40))
            .as((place, day) -> new DayKey(new Place(place), date(day)));
    return Arbitraries.maps(keys, figures)
        .ofMaxSize(60)
        .map(
            map ->
                map.entrySet().stream()
                    .sorted(Map.Entry.comparingByKey())
                    .map(entry -> new Day(entry.getKey(), entry.getValue()))
                    .toList());
  }

  @Test
  void ofSeveralDaysWithOneKeyTheLastCounts() {
    Day one = Day.of(date(1), "US", 1, 2, 3);
    Day other = Day.of(date(1), "US", 4, 5, 6);
    assertThat(DayColumns.copyOf(List.of(one, other))).containsExactly(other);
  }

  @Test
  void findsADayOfAPlaceByItsDate() {
    PlaceDays days = DayColumns.copyOf(Samples.days(2, 4)).byPlace().get(Samples.US);
    assertThat(days.indexOf(date(3))).isEqualTo(1);
    assertThat(days.indexOf(date(5))).isNegative();
    int cases = days.metrics().indexOf(Metric.CASES);
    assertThat(days.figure(cases, 1)).isEqualTo(OptionalLong.of(300));
  }

  @Test
  void hasNoDaysOfOtherPlaces() {
    DayColumns days = DayColumns.copyOf(Samples.days(1, 2));
    assertThat(days.of(new Place("DE"))).isEmpty();
    assertThatThrownBy(() -> days.get(2)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> days.get(-1)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> DayColumns.NONE.get(0)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void sortsPlacesByCodePoints() {
    Place plane = new Place("\uD83D\uDE00");
    Place late = new Place("\uFFFD");
    assertThat(plane).isGreaterThan(late);
    assertThat(late).isGreaterThan(new Place("Z"));
    assertThat(new Place("DE")).isLessThan(new Place("DEU")).isLessThan(new Place("de"));
  }
}
