package routes;

import static java.util.concurrent.Executors.newFixedThreadPool;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeptTest {
  private static final Instant START = Instant.parse("2026-11-22T21:00:00Z");

  private final SetClock clock = new SetClock();
  private final Kept<String> kept = new Kept<>(clock, Duration.ofSeconds(30));

  /** Shows what a test says. */
  private static final class SetClock extends Clock {
    private volatile Instant now = START;

    void pass(Duration duration) {
      now = now.plus(duration);
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException();
    }
  }

  private void passes(String duration) {
    clock.pass(Duration.parse(duration));
  }

  @Test
  void isDueAtFirstAndNobodyKnowsYetWhetherThereIsAnything() throws Exception {
    assertThat(kept.value()).isEmpty();
    assertThat(kept.trouble()).contains("The archive has not answered yet.");
    assertThat(kept.isDue()).isTrue();
  }

  @Test
  void isGoodUntilTheRefresh() throws Exception {
    kept.isDue();
    kept.keep("a");

    passes("PT29.999S");
    assertThat(kept.isDue()).isFalse();
    assertThat(kept.value()).contains("a");
    assertThat(kept.trouble()).isEmpty();
    assertThat(kept.age()).isEqualTo(Duration.parse("PT29.999S"));

    passes("PT0.001S");
    assertThat(kept.isDue()).isTrue();
  }

  @Test
  void whatIsStillTheSameIsGoodForAsLongAgain() throws Exception {
    kept.isDue();
    kept.keep("a");
    passes("PT40S");
    kept.isDue();
    kept.unchanged();

    assertThat(kept.value()).contains("a");
    assertThat(kept.age()).isZero();
    passes("PT29S");
    assertThat(kept.isDue()).isFalse();
    passes("PT1S");
    assertThat(kept.isDue()).isTrue();
  }

  @Test
  void onlyOneLooksAndTheOthersGoOnWithTheCopy() throws Exception {
    kept.isDue();
    kept.keep("a");
    passes("PT30S");

    assertThat(kept.isDue()).isTrue();
    assertThat(kept.isDue()).isFalse();
    assertThat(kept.value()).contains("a");
    kept.keep("b");
    assertThat(kept.isDue()).isFalse();
    assertThat(kept.value()).contains("b");
  }

  @Test
  void callersWaitForTheFirstCopyAndNeedNotLookThemselves() throws Exception {
    assertThat(kept.isDue()).isTrue();
    ExecutorService threads = newFixedThreadPool(8);
    List<Future<String>> callers = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      callers.add(threads.submit(() -> kept.isDue() + " " + kept.value().orElse("nothing")));
    }

    kept.keep("a");

    for (Future<String> caller : callers) {
      assertThat(caller.get()).isEqualTo("false a");
    }
    threads.shutdown();
  }

  @ParameterizedTest
  @CsvSource({"PT30S, PT5S", "PT1H, PT5S", "PT2S, PT2S", "PT0.001S, PT0.001S"})
  void somebodyLooksSoonAgainAfterThereWasNothingOrTheBucketWasAway(
      Duration refresh, Duration pause) throws Exception {
    Kept<String> own = new Kept<>(clock, refresh);
    own.isDue();
    own.nothing();
    clock.pass(pause.minusNanos(1));
    assertThat(own.isDue()).isFalse();
    clock.pass(Duration.ofNanos(1));
    assertThat(own.isDue()).isTrue();

    own.failed("It is away.");
    clock.pass(pause.minusNanos(1));
    assertThat(own.isDue()).isFalse();
    clock.pass(Duration.ofNanos(1));
    assertThat(own.isDue()).isTrue();
  }

  @Test
  void whatIsNoLongerThereIsForgotten() throws Exception {
    kept.isDue();
    kept.keep("a");
    passes("PT30S");
    kept.isDue();
    kept.nothing();

    assertThat(kept.value()).isEmpty();
    assertThat(kept.trouble()).isEmpty();
  }

  @Test
  void theCopyStaysAndGetsOlderWhileTheBucketIsAway() throws Exception {
    kept.isDue();
    kept.keep("a");
    passes("PT30S");
    kept.isDue();
    kept.failed("It is away.");
    passes("PT4S");

    assertThat(kept.value()).contains("a");
    assertThat(kept.trouble()).contains("It is away.");
    assertThat(kept.age()).isEqualTo(Duration.ofSeconds(34));

    passes("PT1S");
    assertThat(kept.isDue()).isTrue();
    kept.unchanged();
    assertThat(kept.trouble()).isEmpty();
    assertThat(kept.age()).isZero();
  }

  @Test
  void withoutACopyThereIsOnlyTheTrouble() throws Exception {
    kept.isDue();
    kept.failed("It is away.");

    assertThat(kept.value()).isEmpty();
    assertThat(kept.trouble()).contains("It is away.");
  }

  @Test
  void isDueAtOnceWhenSomethingNewerIsThere() throws Exception {
    kept.isDue();
    kept.keep("a");

    kept.expire();

    assertThat(kept.value()).contains("a");
    assertThat(kept.isDue()).isTrue();
    kept.keep("b");
    assertThat(kept.isDue()).isFalse();
  }

  @Test
  void callersWaitForWhatIsKnownToBeThere() throws Exception {
    kept.isDue();
    kept.keep("a");
    kept.expire();
    assertThat(kept.isDue()).isTrue();
    CompletableFuture<String> got = new CompletableFuture<>();
    Thread caller = new Thread(() -> got.complete(kept.isDue() + " " + kept.value().orElse("?")));
    caller.start();
    while (caller.getState() != Thread.State.TIMED_WAITING && caller.isAlive()) {
      Thread.onSpinWait();
    }

    kept.keep("b");

    assertThat(got.get()).isEqualTo("false b");
  }

  @Test
  void whatWasLookedAtBeforeSomethingNewerCameIsDueAtOnce() throws Exception {
    kept.isDue();
    kept.expire();
    kept.keep("a");

    assertThat(kept.value()).contains("a");
    assertThat(kept.isDue()).isTrue();
    kept.keep("b");
    assertThat(kept.isDue()).isFalse();
    assertThat(kept.value()).contains("b");
  }
}
