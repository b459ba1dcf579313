package covid;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FeedLayoutTest {
  @Test
  void readsItsShortForm() {
    assertThat(
            FeedLayout.parse(
                "date=Date, place=Code, name=Country, part=Province/State, tests=Tests done",
                List.of(new Metric("tests"))))
        .isEqualTo(
            new FeedLayout(
                "Date",
                Optional.of("Code"),
                Optional.of("Province/State"),
                Optional.of("Country"),
                Map.of(new Metric("tests"), "Tests done"),
                FeedDate.ISO,
                Set.of()));
  }

  @Test
  void needsNoPlacePartOrName() {
    assertThat(FeedLayout.parse("date=date,cases=cases,deaths=deaths", Metric.PUBLISHED))
        .isEqualTo(
            new FeedLayout(
                "date",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Map.of(Metric.CASES, "cases", Metric.DEATHS, "deaths"),
                FeedDate.ISO,
                Set.of()));
  }

  @Test
  void leavesAMetricToAnotherFeed() {
    FeedLayout both =
        FeedLayout.parse("date=date, cases=c, deaths=d", Metric.PUBLISHED)
            .needing(List.of(Metric.CASES, Metric.DEATHS));
    FeedLayout rest = both.without(List.of(Metric.CASES));
    assertThat(rest.metrics()).containsExactly(Metric.DEATHS);
    assertThat(rest.required()).containsExactly("date", "d");
    assertThat(rest.needed()).containsExactly(Metric.DEATHS);
  }
}
