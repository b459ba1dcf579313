package covid;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FeedRowTest {
  private static final LocalDate DAY = LocalDate.of(2020, 1, 27);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2020-01-27",
        "2020/1/27",
        "2020/01/27",
        "2020/01/27 ",
        "  2020-01-27",
        "\t2020-01-27\t"
      })
  void readsADate(String date) {
    assertThat(row(date, "5").read())
        .isEqualTo(new FeedRow.Reading.Good(DAY, "", Map.of(Metric.CASES, 5L)));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '^',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "0,0",
        "-0,0",
        "0.0,0",
        "0e999,0",
        "5,5",
        "+5,5",
        "007,7",
        "5.,5",
        "11.00,11",
        "1e3,1000",
        "1E+3,1000",
        "1.5e1,15",
        "10e-1,1",
        " 5 ,5",
        "\t5,5",
        "9223372036854775807,9223372036854775807",
        "9223372036854775807.0,9223372036854775807"
      })
  void readsAWholeNumber(String text, long count) {
    assertThat(row("2020-01-27", text).read())
        .isEqualTo(new FeedRow.Reading.Good(DAY, "", Map.of(Metric.CASES, count)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\t", "NA", " NA "})
  void saysNothingWithoutAFigure(String text) {
    assertThat(row("2020-01-27", text).read()).isEqualTo(new FeedRow.Reading.Empty(DAY));
  }

  @Test
  void saysNothingIfOneOfItsFiguresIsEmpty() {
    assertThat(row("2020-01-27", "5", "").read()).isEqualTo(new FeedRow.Reading.Empty(DAY));
    assertThat(row("2020-01-27", "NA", "0").read()).isEqualTo(new FeedRow.Reading.Empty(DAY));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2020-13-01 | date '2020-13-01' is not in the calendar",
        "2021-02-29 | date '2021-02-29' is not in the calendar",
        "2020/1/32  | date '2020/1/32' is not in the calendar",
        "1/21/2020  | date '1/21/2020' is not YYYY-MM-DD",
        "2020-1-27  | date '2020-1-27' is not YYYY-MM-DD",
        "20200127   | date '20200127' is not YYYY-MM-DD",
        "2020-01-27T00:00:00 | date '2020-01-27T00:00:00' is not YYYY-MM-DD",
        "null       | date 'null' is not YYYY-MM-DD",
        "NaN        | date 'NaN' is not YYYY-MM-DD",
        "''         | date '' is not YYYY-MM-DD",
        "٢٠٢٠-٠١-٢٧ | date '٢٠٢٠-٠١-٢٧' is not YYYY-MM-DD"
      })
  void doesNotTrustAStrangeDate(String date, String reason) {
    assertThat(row(date, "5").read()).isEqualTo(bad(reason));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1.5    | cases '1.5' is not a whole number",
        "1e-3   | cases '1e-3' is not a whole number",
        "-5     | cases '-5' is negative",
        "-0.5   | cases '-0.5' is negative",
        "1,000  | cases '1,000' is not a number",
        "1 000  | cases '1 000' is not a number",
        "x      | cases 'x' is not a number",
        "5x     | cases '5x' is not a number",
        "0x10   | cases '0x10' is not a number",
        "5L     | cases '5L' is not a number",
        ".      | cases '.' is not a number",
        "--5    | cases '--5' is not a number",
        "e3     | cases 'e3' is not a number",
        "٥      | cases '٥' is not a number",
        "Infinity             | cases 'Infinity' is not a number",
        "9223372036854775808  | cases '9223372036854775808' is too large",
        "9.3e18               | cases '9.3e18' is too large",
        "1e999                | cases '1e999' is too large",
      })
  void doesNotTrustAStrangeFigure(String text, String reason) {
    assertThat(row("2020-01-27", text).read()).isEqualTo(badOnTheDay(reason));
  }

  private static FeedRow.Reading bad(String reason) {
    return new FeedRow.Reading.Bad(reason, null);
  }

  private static FeedRow.Reading badOnTheDay(String reason) {
    return new FeedRow.Reading.Bad(reason, LocalDate.of(2020, 1, 27));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e999999999", "1e-999999999", "1e99999999999999999999"})
  void doesNotComputeAHugePower(String text) {
    assertThat(row("2020-01-27", text).read()).isInstanceOf(FeedRow.Reading.Bad.class);
  }

  @Test
  void repeatsAnEndlessFigureInPart() {
    assertThat(row("2020-01-27", "7".repeat(50_000)).read())
        .isEqualTo(badOnTheDay("cases '" + "7".repeat(40) + "...' is too large"));
    assertThat(row("x".repeat(41), "7").read())
        .isEqualTo(bad("date '" + "x".repeat(40) + "...' is not YYYY-MM-DD"));
    assertThat(row("x".repeat(40), "7").read())
        .isEqualTo(bad("date '" + "x".repeat(40) + "' is not YYYY-MM-DD"));
  }

  @Test
  void doesNotTrustARowThatEndsTooEarly() {
    assertThat(row(null, "5").read()).isEqualTo(bad("date is missing"));
    assertThat(row("2020-01-27", "5", null).read()).isEqualTo(badOnTheDay("deaths is missing"));
    assertThat(row("2020-01-27", "", null).read()).isEqualTo(badOnTheDay("deaths is missing"));
  }

  @Test
  void doesNotTrustAnEmptyRowWithAStrangeDate() {
    assertThat(row("NaN", "").read()).isEqualTo(bad("date 'NaN' is not YYYY-MM-DD"));
  }

  @Test
  void isAsBadAsItsFault() {
    assertThat(new FeedRow(2, "...", "too long", null, "", Map.of()).read())
        .isEqualTo(bad("too long"));
  }

  @Test
  void readsItsPlaceWithoutTheBlanksAround() {
    assertThat(
            new FeedRow(2, "", "", "2020-01-27", " New York ", Map.of(Metric.RECOVERED, "1"))
                .read())
        .isEqualTo(new FeedRow.Reading.Good(DAY, "New York", Map.of(Metric.RECOVERED, 1L)));
  }

  private static FeedRow row(String date, String cases) {
    return new FeedRow(2, "", "", date, "", Map.of(Metric.CASES, cases));
  }

  private static FeedRow row(String date, String cases, String deaths) {
    Map<Metric, String> figures = new TreeMap<>();
    figures.put(Metric.CASES, cases);
    figures.put(Metric.DEATHS, deaths);
    return new FeedRow(2, "", "", date, "", figures);
  }
}
