package covid;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.OptionalLong;

/**
 * How the figures of a series are shown.
 *
 * @param measures one after another
 * @param population of the place if the figures are per 100,000 persons of it; otherwise empty
 */
public record View(List<Measure> measures, OptionalLong population) {
  /** Totals and changes in persons. */
  public static final View PLAIN =
      new View(List.of(Measure.TOTAL, Measure.CHANGE), OptionalLong.empty());

  /** Persons by whom figures are divided. */
  public static final long PERSONS = 100_000;

  /** Digits after the point of figures that are not counts. */
  private static final int DIGITS = 3;

  public View {
    measures = List.copyOf(measures);
  }

  /** A number of persons: a whole number, or one per 100,000. */
  Number of(long persons) {
    return population.isEmpty() ? (Number) persons : average(persons, 1);
  }

  /** The persons of several days, by day. */
  Number average(long persons, long days) {
    BigDecimal dividend = BigDecimal.valueOf(persons);
    BigDecimal divisor = BigDecimal.valueOf(days);
    if (population.isPresent()) {
      dividend = dividend.multiply(BigDecimal.valueOf(PERSONS));
      divisor = divisor.multiply(BigDecimal.valueOf(population.getAsLong()));
    }
    BigDecimal figure = dividend.divide(divisor, DIGITS, RoundingMode.HALF_UP).stripTrailingZeros();
    return figure.scale() < 0 ? figure.setScale(0) : figure;
  }
}
