package covid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FeedLayoutTest {
  @Test
  void readsItsShortForm() {
    assertThat(
            FeedLayout.parse(
                "date=Date, country=Country/Region, place=Province/State, recovered=Recovered"))
        .isEqualTo(
            new FeedLayout(
                "Date",
                Optional.of("Country/Region"),
                Optional.of("Province/State"),
                Map.of(Metric.RECOVERED, "Recovered")));
  }

  @Test
  void needsNoCountryAndNoPlace() {
    assertThat(FeedLayout.parse("date=date,cases=cases,deaths=deaths"))
        .isEqualTo(
            new FeedLayout(
                "date",
                Optional.empty(),
                Optional.empty(),
                Map.of(Metric.CASES, "cases", Metric.DEATHS, "deaths")));
  }

  @Test
  void requiresAllColumnsButThePlace() {
    assertThat(
            FeedLayout.parse("deaths=D, cases=C, place=P, country=L, recovered=R, date=T")
                .required())
        .containsExactly("T", "L", "C", "D", "R");
    assertThat(FeedLayout.parse("cases=cases, date=date").required())
        .containsExactly("date", "cases");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "\"\"            | '' is not meaning=column",
        "date            | 'date' is not meaning=column",
        "date=d, cases   | 'cases' is not meaning=column",
        "date=d          | 'date=d' needs a date column and one metric at least",
        "cases=c         | 'cases=c' needs a date column and one metric at least",
        "date=d, tests=t | 'tests' is not one of date, country, place, cases, deaths, recovered",
      })
  void saysWhatIsWrongWithAShortForm(String spec, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FeedLayout.parse(spec))
        .withMessage(message);
  }
}
