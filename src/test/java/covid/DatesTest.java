package covid;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class DatesTest {
  @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
  void areEachOnceAndAscendingAndAlsoBefore1970(
      @ForAll @Size(max = 20) List<@IntRange(min = -30, max = 30) Integer> some,
      @ForAll @Size(max = 20) List<@IntRange(min = -30, max = 30) Integer> more,
      @ForAll @IntRange(min = -31, max = 31) int any) {
    Set<LocalDate> all = new TreeSet<>(dates(some));
    all.addAll(dates(more));

    Dates union = Dates.union(List.of(Dates.of(dates(some)), Dates.of(dates(more))));

    assertThat(union.stream()).containsExactlyElementsOf(all);
    assertThat(union.size()).isEqualTo(all.size());
    assertThat(union.contains(LocalDate.ofEpochDay(any)))
        .isEqualTo(all.contains(LocalDate.ofEpochDay(any)));
    assertThat(union).isEqualTo(Dates.of(all)).hasSameHashCodeAs(Dates.of(all));
  }

  private static List<LocalDate> dates(List<Integer> epochDays) {
    return epochDays.stream().map(LocalDate::ofEpochDay).toList();
  }
}
