package covid;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FigureArrayTest {
  private final FigureArray figures = new FigureArray();

  @ParameterizedTest
  @ValueSource(longs = {1L << 31, Long.MAX_VALUE, Integer.MIN_VALUE, -1L << 40})
  void figuresThatNeedEightBytesKeepTheOthers(long large) {
    figures.reserve(4);
    figures.put(0, 7);
    figures.put(2, large);
    figures.reserve(6);
    figures.put(4, 9);

    assertThat(all(6))
        .isEqualTo(List.of(7L, PlaceDays.ABSENT, large, PlaceDays.ABSENT, 9L, PlaceDays.ABSENT));
  }

  @Test
  void aFigureMayBeTakenBack() {
    figures.reserve(2);
    figures.put(0, Integer.MAX_VALUE);
    figures.put(1, 0);
    figures.put(0, PlaceDays.ABSENT);

    assertThat(all(2)).isEqualTo(List.of(PlaceDays.ABSENT, 0L));
  }

  private List<Long> all(int length) {
    return IntStream.range(0, length).mapToObj(figures::at).toList();
  }
}
