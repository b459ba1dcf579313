package covid;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FreshnessTest {
  // Day 2 is 2020-03-02, and over at the first moment of the next day.
  private final FeedSet feed = Samples.jhu(1, 2);
  private final Freshness freshness = new Freshness(Optional.of(Duration.ofDays(7)));

  @Test
  void countsFromTheEndOfTheNewestDay() {
    assertThat(freshness.isStalled(feed, Instant.parse("2020-03-10T00:00:00Z"))).isFalse();
    assertThat(freshness.isStalled(feed, Instant.parse("2020-03-10T00:00:00.001Z"))).isTrue();
  }

  @Test
  void neverCallsAFeedStalledWithoutALimit() {
    assertThat(
            new Freshness(Optional.empty()).isStalled(feed, Instant.parse("2100-01-01T00:00:00Z")))
        .isFalse();
  }

  @Test
  void doesNotCallAFeedStalledThatHasNoDay() {
    assertThat(freshness.isStalled(Samples.jhu(), Instant.parse("2100-01-01T00:00:00Z"))).isFalse();
  }
}
