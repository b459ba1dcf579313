package covid;

import static covid.Samples.date;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChangedDaysTest {
  private final ChangedDays none = new ChangedDays(BigDecimal.ZERO);
  private final ChangedDays tenth = new ChangedDays(new BigDecimal("0.1"));

  @ParameterizedTest
  @CsvSource({
    "1000, 2001, true",
    "1000, 2000, false",
    "1000, 500, false",
    "1000, 499, true",
    "1001, 500, true",
    "0, 99, false",
    "99, 0, false",
    "0, 100, true",
    "100, 0, true",
    "100, 50, false",
    "99, 198, false",
    "99, 199, true",
    "0, 0, false",
    "9223372036854775807, 4611686018427387903, true",
    "4611686018427387904, 9223372036854775807, false",
    "4611686018427387903, 9223372036854775807, true",
  })
  void countsAFigureLessThanHalfOrMoreThanDoubleUnlessBothAreSmall(
      long was, long now, boolean changed) {
    assertThat(refuses(none, days(now), days(was)).isPresent()).isEqualTo(changed);
  }

  @Test
  void looksAtEveryMetricAndCountsADayOnce() {
    Day was = Day.of(date(1), "US", 1_000, 500, 200);
    assertThat(refuses(none, List.of(Day.of(date(1), "US", 9, 9, 9)), List.of(was)))
        .contains(
            "1 of the 1 days archived last have a figure less than half or more than double of what"
                + " it was, more than gate.max-changed-days allows: 2020-03-01 (cases 9, was"
                + " 1,000): check what the feeds serve now; if it is right, let it pass once with"
                + " GATE_MAX_CHANGED_DAYS=100%.");
    assertThat(refuses(none, List.of(Day.of(date(1), "US", 1_000, 500, 9)), List.of(was)))
        .hasValueSatisfying(
            reason -> assertThat(reason).contains(": 2020-03-01 (recovered 9, was 200): "));
  }

  @Test
  void letsExactlyTheShareOfTheDaysArchivedLastPass() {
    List<Day> archived = days(LongStream.rangeClosed(1, 20).map(day -> 1_000 * day).toArray());
    assertThat(refuses(tenth, zeros(archived, 2), archived)).isEmpty();
    assertThat(refuses(tenth, zeros(archived, 3), archived))
        .hasValueSatisfying(reason -> assertThat(reason).startsWith("3 of the 20 days "));
  }

  @Test
  void doesNotCompareDaysThatAreNewOrGone() {
    assertThat(refuses(none, days(100, 200, 90_000), days(100, 200))).isEmpty();
    assertThat(refuses(none, days(100, 200), days(100, 200, 90_000))).isEmpty();
  }

  @Test
  void namesTheLastThreeDays() {
    assertThat(refuses(none, days(0, 0, 0, 0), days(100, 200, 300, 400)))
        .contains(
            "4 of the 4 days archived last have a figure less than half or more than double of what"
                + " it was, more than gate.max-changed-days allows: 2020-03-02 (cases 0, was 200),"
                + " 2020-03-03 (cases 0, was 300), 2020-03-04 (cases 0, was 400): check what the"
                + " feeds serve now; if it is right, let it pass once with"
                + " GATE_MAX_CHANGED_DAYS=100%.");
  }

  @Test
  void countsDaysThatFallWhereNothingIsArchived() {
    long[] rising = LongStream.rangeClosed(1, 20).toArray();
    assertThat(refuses(none, days(rising), List.of())).isEmpty();
    rising[5] = 0;
    rising[10] = 0;
    assertThat(refuses(tenth, days(rising), List.of())).isEmpty();
    rising[15] = 0;
    assertThat(refuses(tenth, days(rising), List.of()))
        .contains(
            "3 of the 20 days have a figure lower than the day before, more than"
                + " gate.max-changed-days allows: 2020-03-06 (cases 0, was 5), 2020-03-11 (cases 0,"
                + " was 10), 2020-03-16 (cases 0, was 15): check whether the feeds serve cumulative"
                + " figures; if they do, let them pass once with GATE_MAX_CHANGED_DAYS=100%.");
  }

  @Test
  void refusesNothingButZerosWhereNothingWasPublishedUnlessAnOperatorAllowsThem() {
    assertThat(refuses(tenth, days(0, 0, 0), List.of()))
        .contains(
            "Every figure of the 3 days is 0: check what the feeds serve; if it is right, let it pass"
                + " once with GATE_MAX_CHANGED_DAYS=100%.");
    assertThat(refuses(tenth, days(0, 0, 1), List.of())).isEmpty();
    assertThat(refuses(new ChangedDays(BigDecimal.ONE), days(0, 0, 0), List.of())).isEmpty();
  }

  @Test
  void countsAMetricThatIsDiscontinuedAsOneFall() {
    List<Day> days =
        IntStream.rangeClosed(1, 20)
            .mapToObj(day -> Day.of(date(day), "US", day, day, day < 10 ? 1_000 * day : 0))
            .toList();
    assertThat(refuses(tenth, days, List.of())).isEmpty();
    assertThat(refuses(none, days, days)).isEqualTo(Optional.empty());
  }

  private static Optional<String> refuses(ChangedDays rule, List<Day> joined, List<Day> published) {
    DayColumns days = DayColumns.copyOf(joined);
    PlaceDays before = DayColumns.copyOf(published).byPlace().get(Samples.US);
    return before == null
        ? rule.onlyZeros(days).or(() -> rule.refuses(days.in(Samples.US), null))
        : rule.refuses(days.in(Samples.US), before);
  }

  /** Days of which only the cases matter. */
  private static List<Day> days(long... cases) {
    return IntStream.range(0, cases.length)
        .mapToObj(day -> Day.of(date(day + 1), "US", cases[day], 0, 0))
        .toList();
  }

  /** The days, the first ones without cases. */
  private static List<Day> zeros(List<Day> days, int count) {
    return days.stream()
        .map(day -> day.date().isBefore(date(count + 1)) ? Day.of(day.date(), "US", 0, 0, 0) : day)
        .toList();
  }
}
