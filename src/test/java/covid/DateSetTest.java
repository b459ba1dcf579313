package covid;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class DateSetTest {
  @Property(tries = 1_000, edgeCases = EdgeCasesMode.NONE)
  void hasTheDatesOfASortedSet(
      @ForAll("dates") List<Integer> dates, @ForAll("dates") List<Integer> others) {
    DateSet set = new DateSet();
    TreeSet<Integer> sorted = new TreeSet<>();
    for (int date : dates) {
      assertThat(set.add(date)).isEqualTo(sorted.add(date));
    }
    DateSet other = new DateSet();
    others.forEach(other::add);

    assertThat(dates(set)).isEqualTo(sorted);
    assertThat(set.isEmpty()).isEqualTo(sorted.isEmpty());
    for (int date : others) {
      assertThat(set.contains(date)).isEqualTo(sorted.contains(date));
      if (!sorted.isEmpty() && date > sorted.first()) {
        assertThat(set.before(date)).isEqualTo(sorted.lower(date));
      }
      if (!sorted.isEmpty() && date < sorted.last()) {
        assertThat(set.after(date)).isEqualTo(sorted.higher(date));
      }
    }
    if (!sorted.isEmpty()) {
      assertThat(set.first()).isEqualTo(sorted.first());
      assertThat(set.last()).isEqualTo(sorted.last());
    }
    TreeSet<Integer> without = new TreeSet<>(sorted);
    without.removeAll(others);
    assertThat(set.without(other))
        .containsExactly(without.stream().mapToInt(Integer::intValue).toArray());
    set.addAll(other);
    sorted.addAll(others);
    assertThat(dates(set)).isEqualTo(sorted);
  }

  @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
  void givesEachDateAnIndexThatStays(@ForAll("dates") List<Integer> dates) {
    DatePages pages = new DatePages();
    TreeMap<Integer, Integer> indices = new TreeMap<>();
    for (int date : dates) {
      int index = pages.index(date);
      indices.putIfAbsent(date, index);
      assertThat(index).isBetween(0, indices.size() * DatePages.PAGE - 1);
    }
    assertThat(pages.dates())
        .containsExactly(indices.keySet().stream().mapToInt(Integer::intValue).toArray());
    indices.forEach((date, index) -> assertThat(pages.index(date)).isEqualTo(index));
    assertThat(indices.values()).doesNotHaveDuplicates();
  }

  private static TreeSet<Integer> dates(DateSet set) {
    return Arrays.stream(set.without(new DateSet()))
        .boxed()
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Near each other and far apart, before 1970 too. */
  @Provide
  Arbitrary<List<Integer>> dates() {
    return Arbitraries.oneOf(
            Arbitraries.integers().between(18_000, 18_200),
            Arbitraries.integers().between(-300, 300),
            Arbitraries.integers().between(-719_528, 2_932_896))
        .list()
        .ofMaxSize(100);
  }
}
