package covid;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class PlaceDaysBuilderTest {
  private static final Place PLACE = new Place("US");
  private static final List<Metric> METRICS = List.of(Metric.CASES, Metric.DEATHS);
  private static final int FIRST = DateSet.epochDay(LocalDate.of(2020, 1, 21));

  /** Of every date an array of the figures of the metrics. */
  @Property(tries = 500)
  void hasEachDayInAnyOrderHoweverManyPagesThereIsRoomFor(
      @ForAll("days") List<Map.Entry<Integer, List<Long>>> days,
      @ForAll @IntRange(max = 4) int pages) {
    FigurePages.Room room = new FigurePages.Room(pages * METRICS.size() * DatePages.PAGE);
    PlaceDaysBuilder builder = new PlaceDaysBuilder(PLACE, METRICS, room);
    Map<Integer, List<Long>> plain = new TreeMap<>();
    days.forEach(
        day -> {
          int index = builder.index(FIRST + day.getKey());
          for (int metric = 0; metric < METRICS.size(); metric++) {
            builder.figure(metric, index, day.getValue().get(metric));
          }
          plain.put(FIRST + day.getKey(), day.getValue());
        });

    PlaceDays found = builder.finish();

    for (PlaceDays each : List.of(found, found.packed(null), found.packed(null).unpacked())) {
      Map<Integer, List<Long>> figures = new TreeMap<>();
      for (int i = 0; i < each.size(); i++) {
        List<Long> ofDay = new ArrayList<>();
        for (int metric = 0; metric < METRICS.size(); metric++) {
          ofDay.add(each.figureOrAbsent(metric, i));
        }
        figures.put(each.epochDay(i), ofDay);
      }
      assertThat(figures).isEqualTo(plain);
    }
  }

  /** Of a stretch of dates without gaps in any order, or of any dates. */
  @Provide
  Arbitrary<List<Map.Entry<Integer, List<Long>>>> days() {
    Arbitrary<List<Integer>> inARow =
        Combinators.combine(
                Arbitraries.integers().between(0, 20), Arbitraries.integers().between(0, 70))
            .as(
                (from, length) -> {
                  List<Integer> dates = new ArrayList<>();
                  for (int i = 0; i < length; i++) {
                    dates.add(from + i);
                  }
                  return dates;
                });
    Arbitrary<List<Integer>> any =
        Arbitraries.integers()
            .between(0, 90)
            .set()
            .ofMaxSize(60)
            .map(Set::stream)
            .map(s -> s.toList());
    return Arbitraries.oneOf(inARow, inARow.flatMap(Arbitraries::shuffle), any)
        .flatMap(
            dates ->
                PackedFiguresTest.anyFigure()
                    .list()
                    .ofSize(METRICS.size())
                    .list()
                    .ofSize(dates.size())
                    .map(
                        figures -> {
                          List<Map.Entry<Integer, List<Long>>> days = new ArrayList<>();
                          for (int i = 0; i < dates.size(); i++) {
                            days.add(Map.entry(dates.get(i), figures.get(i)));
                          }
                          return days;
                        }));
  }
}
