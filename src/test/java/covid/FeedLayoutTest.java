package covid;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

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
}
