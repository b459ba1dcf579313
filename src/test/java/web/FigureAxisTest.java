package web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FigureAxisTest {
  @ParameterizedTest
  @CsvSource({"0, 0", "1, 40", "-30, 40", "-30, -10", "-30, 0", "-1000000, -999999"})
  void hasAllFiguresAndZeroInIt(double least, double most) {
    FigureAxis axis = FigureAxis.of(least, most, true);

    assertThat(axis.lowest()).isLessThanOrEqualTo(Math.min(0, least));
    assertThat(axis.highest()).isGreaterThanOrEqualTo(Math.max(0, most));
    assertThat(axis.highest()).isGreaterThan(axis.lowest());
    assertThat(axis.ticks()).hasSizeBetween(2, 7).contains(0.0);
  }
}
