package covid;

import static covid.Samples.day;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class DeadLetterTest {
  private static final Instant MONDAY = Instant.parse("2020-03-02T21:00:00Z");
  private static final Instant TUESDAY = Instant.parse("2020-03-03T21:00:00Z");

  @Test
  void addsUpTheAttemptsOfAllRuns() {
    DeadLetter first = DeadLetter.first(day(1), "throttled", 6, MONDAY);
    assertThat(first).isEqualTo(new DeadLetter(day(1), "throttled", 6, MONDAY, MONDAY));
    assertThat(first.again("unreachable", 3, TUESDAY))
        .isEqualTo(new DeadLetter(day(1), "unreachable", 9, MONDAY, TUESDAY));
  }
}
