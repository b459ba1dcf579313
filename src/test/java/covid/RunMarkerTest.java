package covid;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class RunMarkerTest {
  private static final Instant START = Instant.parse("2020-03-02T21:00:00Z");

  private final RunMarker run =
      new RunMarker("r-1", "schedule", START, new RunMarker.Owner("mill", 42, START), null);

  @Test
  void saysThatItDidNotFinish() {
    assertThat(run).hasToString("Run r-1 (schedule, on mill) did not finish.");
  }

  @Test
  void saysWhatItCouldNotSay() {
    assertThat(run.left("3 row(s) have been added"))
        .isEqualTo(new RunMarker("r-1", "schedule", START, run.owner(), "3 row(s) have been added"))
        .hasToString("Run r-1 ended, but its message could not be sent: 3 row(s) have been added");
  }
}
