package serve;

import static org.assertj.core.api.Assertions.assertThat;

import covid.Day;
import covid.DeadLetter;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeadLetterEntryTest {
  @Test
  void hasItsDaysInOrder() {
    assertThat(new DeadLetterEntry("US", List.of(left(3), left(1), left(2)), "\"1\"").days())
        .containsExactly(left(1), left(2), left(3));
  }

  private static DeadLetter left(int day) {
    return DeadLetter.first(
        Day.of(LocalDate.of(2020, 3, day), "US", 1, 2, 3), "throttled", 1, Instant.EPOCH);
  }
}
