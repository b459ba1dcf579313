package covid;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class FigurePagesTest {
  private static final int METRICS = 2;
  private static final int DAYS = 100;

  private record Put(int metric, int day, long figure) {}

  @Property(tries = 300)
  void haveTheLastFigureOfEachDayInAnyOrderHoweverManyPagesThereIsRoomFor(
      @ForAll("puts") List<Put> puts, @ForAll @IntRange(max = 5) int pages) {
    FigurePages.Room room = new FigurePages.Room(pages * METRICS * DatePages.PAGE);
    FigurePages figures = new FigurePages(METRICS, room);
    Map<List<Integer>, Long> plain = new HashMap<>();
    for (Put put : puts) {
      figures.put(put.metric(), put.day(), put.figure());
      plain.put(List.of(put.metric(), put.day()), put.figure());
    }

    for (int day = 0; day < DAYS; day++) {
      for (int metric = 0; metric < METRICS; metric++) {
        assertThat(figures.at(metric, day))
            .isEqualTo(plain.getOrDefault(List.of(metric, day), PlaceDays.ABSENT));
      }
    }
  }

  @Provide
  Arbitrary<List<Put>> puts() {
    return Combinators.combine(
            Arbitraries.integers().between(0, METRICS - 1),
            Arbitraries.integers().between(0, DAYS - 1),
            PackedFiguresTest.anyFigure())
        .as(Put::new)
        .list()
        .ofMaxSize(60);
  }
}
