package covid;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.junit.jupiter.api.Test;

class PackedFiguresTest {
  private static final List<Metric> METRICS = List.of(Metric.CASES);

  @Property(tries = 500)
  void areTheFiguresThatWerePacked(@ForAll("figures") long[] figures) {
    byte[] bytes = new byte[3 + figures.length * PackedFigures.MOST_BYTES];

    PackedFigures.pack(figures, 0, figures.length, bytes, 3);

    long[] unpacked = new long[figures.length];
    PackedFigures.unpack(bytes, 3, unpacked, 0, figures.length);
    assertThat(unpacked).isEqualTo(figures);
    assertThat(
            IntStream.range(0, figures.length)
                .mapToLong(i -> PackedFigures.at(bytes, 3, i))
                .toArray())
        .isEqualTo(figures);
  }

  @Property(tries = 300)
  void aPackedPlaceHasTheSameDays(@ForAll("figures") long[] figures) {
    PlaceDays plain = place(figures);

    PlaceDays packed = plain.packed(place(figures));

    assertThat(
            IntStream.range(0, figures.length)
                .mapToLong(i -> packed.figureOrAbsent(0, i))
                .toArray())
        .isEqualTo(figures);
    assertThat(packed).isEqualTo(plain);
    assertThat(packed.unpacked()).isEqualTo(plain);
  }

  @Test
  void aCountThatGrowsByLittleTakesAByteADay() {
    long[] figures = IntStream.range(0, 1_000).mapToLong(i -> 1_000_000 + 60L * i).toArray();

    int end = PackedFigures.pack(figures, 0, 1_000, new byte[10_000], 0);

    assertThat(end).isEqualTo(3 + 999);
  }

  @Test
  void aColumnThatBlocksCannotReachStaysAsItIs() {
    long[] figures = IntStream.range(0, 9_000).mapToLong(i -> Long.MAX_VALUE * (i % 2)).toArray();
    FigureColumn plain = FigureColumn.of(figures);

    assertThat(PackedColumn.of(plain, figures.length)).isSameAs(plain);
  }

  private static PlaceDays place(long[] figures) {
    PlaceDaysBuilder days = new PlaceDaysBuilder(new Place("DE"), METRICS);
    for (int i = 0; i < figures.length; i++) {
      days.figure(0, days.index(LocalDate.ofEpochDay(18_283 + i)), figures[i]);
    }
    return days.build();
  }

  @Provide
  Arbitrary<long[]> figures() {
    return anyFigure()
        .list()
        .ofMaxSize(70)
        .map(all -> all.stream().mapToLong(one -> one).toArray());
  }

  /** Mostly small ones, and any other, with those whose difference is the largest of all. */
  static Arbitrary<Long> anyFigure() {
    return Arbitraries.frequencyOf(
        Tuple.of(6, Arbitraries.longs().between(0, 300)),
        Tuple.of(2, Arbitraries.just(PlaceDays.ABSENT)),
        Tuple.of(
            2,
            Arbitraries.longs()
                .edgeCases(
                    edges ->
                        edges.add(0L, Long.MAX_VALUE, Long.MIN_VALUE + 1, 1L << 62, -1L << 62))));
  }
}
