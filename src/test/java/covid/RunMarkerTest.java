package covid;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunMarkerTest {
  private static final Instant START = Instant.parse("2020-03-02T21:00:00Z");

  private final RunMarker run =
      new RunMarker("r-1", "schedule", START, new RunMarker.Owner("mill", 42, START));

  @Test
  void saysThatItDidNotFinish() {
    assertThat(run).hasToString("Run r-1 (schedule, on mill) did not finish.");
  }

  @Test
  void saysWhatItCouldNotSay() {
    assertThat(run.left("3 row(s) have been added", List.of()))
        .isEqualTo(
            new RunMarker(
                "r-1", "schedule", START, run.owner(), "3 row(s) have been added", null, null))
        .hasToString("Run r-1 ended, but its message could not be sent: 3 row(s) have been added");
  }

  @Test
  void saysWhoDidNotGetWhatOthersGot() {
    assertThat(run.left("3 row(s) have been added", List.of("webhook 1 (https://a.test)")))
        .hasToString(
            "The message of run r-1 did not reach webhook 1 (https://a.test): 3 row(s) have been"
                + " added");
    assertThat(run.left("Denied.", List.of(RunMarker.TOPIC, "webhook 2 (https://a.test)")))
        .hasToString(
            "The message of run r-1 did not reach the topic, webhook 2 (https://a.test): Denied.");
  }

  @Test
  void saysThatItMayHaveReachedThoseItWaitedFor() {
    RunMarker.Waiting waiting = new RunMarker.Waiting(List.of("webhook 1", "webhook 2"), true);

    assertThat(run.waiting("3 row(s) have been added", List.of(), waiting))
        .hasToString(
            "Run r-1 ended, and whether its message reached webhook 1, webhook 2 is not known:"
                + " 3 row(s) have been added")
        .matches(RunMarker::isTold);
    assertThat(
            run.waiting(
                "Denied.",
                List.of(RunMarker.TOPIC),
                new RunMarker.Waiting(List.of("webhook 1"), false)))
        .hasToString(
            "Run r-1 ended, its message did not reach the topic, and whether its message reached"
                + " webhook 1 is not known: Denied.")
        .matches(marker -> !marker.isTold());
  }

  @Test
  void isToldIfOnlyWebhooksDidNotGetIt() {
    assertThat(RunMarker.TOPIC).as("as markers in buckets have it").isEqualTo("the topic");
    assertThat(run.isTold()).isFalse();
    assertThat(run.left("", List.of()).isTold()).isFalse();
    assertThat(run.left("", List.of(RunMarker.TOPIC)).isTold()).isFalse();
    assertThat(run.left("", List.of("webhook 1 (https://a.test)")).isTold()).isTrue();
  }
}
