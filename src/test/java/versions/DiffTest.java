package versions;

import static org.assertj.core.api.Assertions.assertThat;

import covid.Day;
import covid.DayColumns;
import covid.DayKey;
import covid.Metric;
import covid.Place;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class DiffTest {
  private static final LocalDate FIRST = LocalDate.parse("2020-01-21");

  @Property(tries = 300)
  void namesExactlyTheDaysThatAMapOfEachSetHasDifferently(
      @ForAll("days") Map<DayKey, Day> before, @ForAll("days") Map<DayKey, Day> after) {
    List<DayChange> expected = new ArrayList<>();
    TreeSet<DayKey> keys = new TreeSet<>(before.keySet());
    keys.addAll(after.keySet());
    for (DayKey key : keys) {
      if (!Objects.equals(before.get(key), after.get(key))) {
        expected.add(new DayChange(key, before.get(key), after.get(key)));
      }
    }
    assertThat(Diff.between(columns(before.values()), columns(after.values()))).isEqualTo(expected);
  }

  @Property(tries = 300)
  void countsTheDaysThatItNames(
      @ForAll("days") Map<DayKey, Day> before, @ForAll("days") Map<DayKey, Day> after) {
    DayColumns was = columns(before.values());
    DayColumns now = columns(after.values());
    Changes counted =
        Stream.of("DE", "US")
            .map(Place::new)
            .map(place -> new Diff(was.byPlace().get(place), now.byPlace().get(place)).count())
            .reduce(Changes.NONE, Changes::plus);
    List<DayChange.Kind> kinds = Diff.between(was, now).stream().map(DayChange::kind).toList();
    assertThat(counted)
        .isEqualTo(
            new Changes(
                Collections.frequency(kinds, DayChange.Kind.ADDED),
                Collections.frequency(kinds, DayChange.Kind.REVISED),
                Collections.frequency(kinds, DayChange.Kind.REMOVED)));
  }

  @Property(tries = 300)
  void aDayThatDiffersIsAlsoFoundAloneAndAmongThoseThatDiffer(
      @ForAll("days") Map<DayKey, Day> before, @ForAll("days") Map<DayKey, Day> after) {
    DayColumns was = columns(before.values());
    DayColumns now = columns(after.values());
    for (Place place : List.of(new Place("DE"), new Place("US"))) {
      Diff diff = new Diff(was.byPlace().get(place), now.byPlace().get(place));
      Diff reduced = diff.reduced();
      assertThat(reduced.days()).isEqualTo(diff.days());
      for (int i = 0; i <= 7; i++) {
        DayKey key = new DayKey(place, FIRST.plusDays(i));
        Optional<DayChange> expected =
            diff.days().stream().filter(day -> day.key().equals(key)).findFirst();
        assertThat(diff.of(key.date())).isEqualTo(expected);
        assertThat(reduced.of(key.date())).isEqualTo(expected);
      }
    }
  }

  @Provide
  Arbitrary<Map<DayKey, Day>> days() {
    Arbitrary<DayKey> keys =
        Combinators.combine(Arbitraries.of("DE", "US"), Arbitraries.integers().between(0, 6))
            .as((place, day) -> new DayKey(new Place(place), FIRST.plusDays(day)));
    Arbitrary<Map<Metric, Long>> figures =
        Arbitraries.maps(
            Arbitraries.of(Metric.CASES, Metric.DEATHS), Arbitraries.longs().between(0, 2));
    return Arbitraries.maps(keys, figures)
        .ofMaxSize(14)
        .map(
            all -> {
              Map<DayKey, Day> days = new TreeMap<>();
              all.forEach((key, day) -> days.put(key, new Day(key, day)));
              return days;
            });
  }

  private static DayColumns columns(Collection<Day> days) {
    return DayColumns.copyOf(days);
  }

  @Test
  void aMetricThatNoDayHadIsARevision() {
    Day before = Day.of(FIRST, "US", 1, 2, 3);
    Day after =
        new Day(before.key(), Map.of(Metric.CASES, 1L, Metric.DEATHS, 2L, new Metric("tests"), 0L));
    assertThat(Diff.between(columns(List.of(before)), columns(List.of(after))))
        .containsExactly(new DayChange(before.key(), before, after))
        .allMatch(change -> change.kind() == DayChange.Kind.REVISED);
  }
}
