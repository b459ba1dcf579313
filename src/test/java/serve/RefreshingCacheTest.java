package serve;

import static java.util.concurrent.Executors.newFixedThreadPool;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static serve.Bulkhead.UNBOUNDED;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import local.Polling;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import web.ProblemException;

class RefreshingCacheTest {
  private static final Instant START = Instant.parse("2026-11-22T21:00:00Z");

  private final SetClock clock = new SetClock();
  private final Source source = new Source();
  private final RefreshingCache<String> cache = cache("PT30S");

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

  /** A callback while a value is loaded. */
  private interface Pause {
    void run() throws Exception;
  }

  /** Gives what a test says. */
  private static final class Source implements RefreshingCache.Loader<String> {
    private final AtomicInteger loads = new AtomicInteger();
    private volatile String value;
    private volatile boolean away;
    private volatile Pause pause = () -> {};
    private volatile Optional<String> known;

    @Override
    public Optional<String> load(Optional<String> cached) throws Exception {
      loads.incrementAndGet();
      known = cached;
      final Optional<String> found = Optional.ofNullable(value);
      pause.run();
      if (away) {
        throw new IllegalStateException();
      }
      return found;
    }

    @Override
    public String explain(Exception failure) {
      return "It is away.";
    }

    @Override
    public Duration lifetime(String value, Duration refresh) {
      return value.equals("final") ? Duration.ofDays(365) : refresh;
    }
  }

  private RefreshingCache<String> cache(String refresh) {
    return new RefreshingCache<>(clock, Duration.parse(refresh), source);
  }

  private void passes(String duration) {
    clock.pass(Duration.parse(duration));
  }

  /** What a caller gets; a value that may be outdated with its age. */
  private String get(Bulkhead bulkhead) {
    try {
      return cache
          .get(bulkhead)
          .map(got -> got.content() + got.age().map(age -> " " + age).orElse(""))
          .orElse("nothing");
    } catch (ProblemException e) {
      return e.problem().status() + ": " + e.getMessage();
    }
  }

  private String get() {
    return get(UNBOUNDED);
  }

  private static void awaitTimedWait(Thread thread) throws InterruptedException {
    Polling.until(() -> thread.getState() == Thread.State.TIMED_WAITING || !thread.isAlive());
  }

  @Test
  void servesTheValueWithoutALoadUntilTheRefreshIsDue() {
    source.value = "a";
    assertThat(get()).isEqualTo("a");
    source.value = "b";

    passes("PT29.999S");
    assertThat(get()).isEqualTo("a");
    passes("PT0.001S");
    assertThat(get()).isEqualTo("b");
    assertThat(source.loads).hasValue(2);
  }

  @Test
  void givesTheLoaderTheCachedValueSoThatItNeedNotLoadItAgain() {
    source.value = "a";
    get();
    assertThat(source.known).isEmpty();
    passes("PT30S");
    get();
    assertThat(source.known).contains("a");
  }

  @Test
  void servesAValueForAsLongAsItsLoaderSays() {
    source.value = "final";
    get();
    source.value = "b";
    passes("P300D");

    assertThat(get()).isEqualTo("final");
    assertThat(source.loads).hasValue(1);
  }

  @Test
  void onlyOneCallerLoadsWhileTheOthersGetTheCachedValue() throws Exception {
    source.value = "a";
    get();
    passes("PT30S");
    source.value = "b";
    CountDownLatch loading = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    source.pause =
        () -> {
          loading.countDown();
          goOn.await();
        };
    CompletableFuture<String> loader = CompletableFuture.supplyAsync(this::get);
    loading.await();

    assertThat(get()).isEqualTo("a");
    goOn.countDown();
    assertThat(loader.get()).isEqualTo("b");
    assertThat(get()).isEqualTo("b");
    assertThat(source.loads).hasValue(2);
  }

  @Test
  void callersWaitForTheFirstValueAndDoNotLoadItThemselves() throws Exception {
    source.value = "a";
    CountDownLatch goOn = new CountDownLatch(1);
    source.pause = goOn::await;
    ExecutorService threads = newFixedThreadPool(8);
    List<Future<String>> callers = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      callers.add(threads.submit(() -> get()));
    }

    goOn.countDown();

    for (Future<String> caller : callers) {
      assertThat(caller.get()).isEqualTo("a");
    }
    assertThat(source.loads).hasValue(1);
    threads.shutdown();
  }

  @ParameterizedTest
  @CsvSource({"PT30S, PT5S", "PT1H, PT5S", "PT2S, PT2S", "PT0.001S, PT0.001S"})
  void loadsAgainSoonAfterThereWasNothingOrTheBucketWasAway(String refresh, Duration pause)
      throws Exception {
    RefreshingCache<String> own = cache(refresh);
    assertThat(own.get(UNBOUNDED)).isEmpty();
    clock.pass(pause.minusNanos(1));
    assertThat(own.get(UNBOUNDED)).isEmpty();
    assertThat(source.loads).hasValue(1);
    clock.pass(Duration.ofNanos(1));
    source.away = true;
    assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> own.get(UNBOUNDED));
    assertThat(source.loads).hasValue(2);

    clock.pass(pause.minusNanos(1));
    assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> own.get(UNBOUNDED));
    assertThat(source.loads).hasValue(2);
    clock.pass(Duration.ofNanos(1));
    assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> own.get(UNBOUNDED));
    assertThat(source.loads).hasValue(3);
  }

  @Test
  void forgetsAValueThatIsNoLongerThere() {
    source.value = "a";
    get();
    passes("PT30S");
    source.value = null;

    assertThat(get()).isEqualTo("nothing");
  }

  @Test
  void servesTheValueWithItsAgeWhileTheBucketIsAway() {
    source.value = "a";
    get();
    passes("PT30S");
    source.away = true;
    assertThat(get()).isEqualTo("a PT30S");
    passes("PT4S");
    assertThat(get()).isEqualTo("a PT34S");

    passes("PT1S");
    source.away = false;
    assertThat(get()).isEqualTo("a");
  }

  @Test
  void saysWhyThereIsNoValue() {
    source.away = true;

    assertThat(get()).isEqualTo("503: It is away.");
  }

  @Test
  void loadsAtOnceWhatIsKnownToBeNewer() {
    source.value = "a";
    get();
    source.value = "b";

    cache.expire();

    assertThat(get()).isEqualTo("b");
    assertThat(source.known).isEmpty();
    assertThat(get()).isEqualTo("b");
    assertThat(source.loads).hasValue(2);
  }

  @Test
  void callersWaitForWhatIsKnownToBeNewer() throws Exception {
    source.value = "a";
    get();
    source.value = "b";
    cache.expire();
    CountDownLatch loading = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    source.pause =
        () -> {
          loading.countDown();
          goOn.await();
        };
    CompletableFuture<String> loader = CompletableFuture.supplyAsync(this::get);
    loading.await();
    CompletableFuture<String> got = new CompletableFuture<>();
    Thread caller = new Thread(() -> got.complete(get()));
    caller.start();
    awaitTimedWait(caller);

    goOn.countDown();

    assertThat(loader.get()).isEqualTo("b");
    assertThat(got.get()).isEqualTo("b");
    assertThat(source.loads).hasValue(2);
  }

  @Test
  void loadsAgainWhatWasLoadedBeforeSomethingNewerCame() {
    source.value = "a";
    source.pause =
        () -> {
          cache.expire();
          source.value = "b";
          source.pause = () -> {};
        };

    assertThat(get()).isEqualTo("a");
    assertThat(get()).isEqualTo("b");
    assertThat(source.loads).hasValue(2);
  }

  // --- When too many wait

  @Test
  void refusesACallerAtOnceIfThereIsNoValueAndNoPlaceToWait() {
    assertThat(get(new Bulkhead(0)))
        .isEqualTo("503: Too many requests wait for the archive; try again in a little while.");
    assertThat(source.loads).hasValue(0);
  }

  @Test
  void servesTheCachedValueIfThereIsNoPlaceToWait() {
    source.value = "a";
    get();
    passes("PT30S");
    source.value = "b";

    assertThat(get(new Bulkhead(0))).isEqualTo("a");
    cache.expire();
    assertThat(get(new Bulkhead(0))).isEqualTo("a PT30S");
    assertThat(source.loads).hasValue(1);
  }

  @Test
  void givesItsPlaceBack() {
    Bulkhead one = new Bulkhead(1);
    source.away = true;
    get(one);
    passes("PT5S");
    source.away = false;
    source.value = "a";

    assertThat(get(one)).isEqualTo("a");
  }
}
