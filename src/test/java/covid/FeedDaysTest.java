package covid;

import static covid.Metric.RECOVERED;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What cannot be said as a case of {@code feeds.FeedSpecTest}. */
class FeedDaysTest {
  private static final FeedLayout LAYOUT =
      FeedLayout.parse("date=Date, recovered=Recovered", Metric.PUBLISHED);

  private final FeedDays days = new FeedDays("jhu", LAYOUT, Clock.systemUTC());

  @Test
  void keepsTheTextOfSomeQuarantinedRowsAndCountsAll() {
    for (int i = 0; i < FeedDays.MOST_KEPT + 5; i++) {
      days.add(
          new FeedRow(
              2 + i, "2020-03-02,x", "", "2020-03-02", "US", "", "", Map.of(RECOVERED, "x")));
    }
    assertThat(days.quarantine()).hasSize(10_000);
    assertThat(days.quarantine().get(0).line()).isEqualTo(2);
    assertThat(days.counts()).isEqualTo(new RowCounts(10_005, 0, 0, 10_005));
  }

  @Test
  void isEmptyBeforeTheFirstRow() {
    assertThat(days.days()).isEmpty();
    assertThat(days.quarantine()).isEmpty();
    assertThat(days.counts()).isEqualTo(new RowCounts(0, 0, 0, 0));
  }
}
