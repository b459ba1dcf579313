package covid;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FigureColumnTest {
  @ParameterizedTest
  @ValueSource(
      longs = {
        0,
        -1,
        Integer.MAX_VALUE,
        -Integer.MAX_VALUE,
        Integer.MIN_VALUE,
        Integer.MAX_VALUE + 1L,
        Long.MAX_VALUE,
        Long.MIN_VALUE + 1,
        PlaceDays.ABSENT
      })
  void hasEveryFigureAndTheAbsentOnes(long figure) {
    long[] figures = {1, PlaceDays.ABSENT, figure, 4};

    FigureColumn column = FigureColumn.of(figures.clone());

    assertThat(IntStream.range(0, figures.length).mapToLong(column::at))
        .containsExactly(1L, PlaceDays.ABSENT, figure, 4L);
  }
}
