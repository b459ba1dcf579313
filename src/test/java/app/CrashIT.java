package app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static local.Faults.to;
import static local.Faults.toS3;
import static org.assertj.core.api.Assertions.assertThat;

import aws.ItemLayout;
import covid.Day;
import covid.RunMarker;
import covid.RunReport;
import covid.RunStatus;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import local.Call;
import local.Fault;
import local.LocalCloud;
import local.Message;
import local.Polling;
import local.Service;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A run whose process is killed, step by step, and the run after it, which must make good what the
 * first one left.
 *
 * <pre>
 *   a process ("run")  --> the call of a step --> kill -9, before or after the call is executed
 *   this JVM           --> a run without faults --> all is as if the first had never died
 * </pre>
 */
@Tag("slow")
class CrashIT extends JarTestBase {
  private static final List<Day> DAYS =
      List.of(day("2020-01-22", 1, 0, 0), day("2020-01-23", 2, 1, 1), day("2020-01-24", 5, 1, 2));

  private static final String SET =
      """
      Date,Cases,Deaths,Country,Recovered
      2020-01-22,1,0,US,0
      2020-01-23,2,1,US,1
      2020-01-24,5,1,US,2
      """;

  /** The call is lost with the process that made it. */
  private static final Fault NOT_EXECUTED = Fault.dropBefore();

  /** The call is executed, and nobody is there to hear so. */
  private static final Fault EXECUTED = Fault.dropAfter();

  private final CompletableFuture<Process> process = new CompletableFuture<>();
  private final List<String> executedPuts = Collections.synchronizedList(new ArrayList<>());

  CrashIT(LocalCloud cloud) {
    super(cloud);
  }

  @AfterEach
  void stop() {
    process.thenAccept(Process::destroyForcibly);
  }

  private static Day day(String date, long cases, long deaths, long recovered) {
    return Day.of(LocalDate.parse(date), "US", cases, deaths, recovered);
  }

  // --- kill -9

  @Test
  void startsAfreshWhenOneDiedBeforeItSaidThatItBegins() throws Exception {
    dies(toS3("PUT", "open-runs/"), NOT_EXECUTED);
    assertThat(cloud.keys("")).isEmpty();

    RunReport next = run();

    assertRecovered(next);
    assertThat(next.days()).isEqualTo(new RunReport.Days(3, 3, 0, 0, 0));
    assertThat(next.unfinishedRuns()).isEmpty();
    assertThat(toldRuns()).containsExactly(next.id());
  }

  @Test
  void makesGoodARunThatDiedBeforeThePull() throws Exception {
    dies(toS3("PUT", "open-runs/"), EXECUTED);
    await(() -> !openRuns().isEmpty());
    assertThat(feeds.requests(feeds.nyt().getPath())).isZero();

    assertNextRunAdds(3);
  }

  @Test
  void makesGoodARunThatDiedInMidPull() throws Exception {
    byte[] nyt = TestApplication.NYT.getBytes(UTF_8);
    feeds.answer(
        feeds.nyt().getPath(),
        exchange -> {
          exchange.sendResponseHeaders(200, nyt.length);
          exchange.getResponseBody().write(nyt, 0, nyt.length / 2);
          exchange.getResponseBody().flush();
          kill();
        });
    dies(call -> false, NOT_EXECUTED);
    assertThat(cloud.items()).isEmpty();
    TestApplication.nyt(feeds, TestApplication.NYT);

    assertNextRunAdds(3);
  }

  @Test
  void makesGoodARunThatDiedAfterTheJoin() throws Exception {
    dies(to(Service.DYNAMODB, "Scan"), NOT_EXECUTED);
    assertThat(cloud.items()).isEmpty();

    assertNextRunAdds(3);
  }

  @Test
  void makesGoodARunThatDiedAfterTheFirstPut() throws Exception {
    dies(put(1), EXECUTED);
    await(() -> cloud.items().size() == 1);
    assertThat(cloud.object("CovidData.csv")).isEmpty();

    assertNextRunAdds(2);
  }

  @Test
  void makesGoodARunThatDiedAfterTheLastPut() throws Exception {
    dies(put(3), EXECUTED);
    await(() -> cloud.items().size() == 3);
    assertThat(cloud.object("CovidData.csv")).isEmpty();

    assertNextRunAdds(0);
  }

  @Test
  void makesGoodARunThatDiedBetweenArchiveAndReport() throws Exception {
    dies(toS3("PUT", "CovidData.csv"), EXECUTED);
    await(() -> cloud.object("CovidData.csv").isPresent());
    assertThat(cloud.keys("runs/")).isEmpty();

    assertNextRunAdds(0);
  }

  @Test
  void makesGoodARunThatDiedBetweenReportAndMessage() throws Exception {
    dies(to(Service.SNS), NOT_EXECUTED);
    assertThat(cloud.keys("runs/")).hasSize(1);

    assertNextRunAdds(0);
  }

  /** Whether a message went out cannot be known then: said twice rather than not at all. */
  @Test
  void namesARunOnceMoreThatDiedBetweenItsMessageAndTheRemovalOfItsMark() throws Exception {
    dies(toS3("DELETE", "open-runs/"), NOT_EXECUTED);
    String died = toldRuns().get(0);
    assertThat(cloud.keys("open-runs/")).containsExactly("open-runs/" + died + ".json");

    RunReport next = run();

    assertRecovered(next);
    assertNames(died, next);
    assertThat(toldRuns()).containsExactly(died, next.id());
    assertThat(run().unfinishedRuns()).isEmpty();
  }

  // --- kill -9 while revisions are taken

  @Test
  void takesTheRestOfRevisionsAfterOneDiedBeforeItsFirstUpdate() throws Exception {
    assertNextTakes(2, to(Service.DYNAMODB, "UpdateItem"), NOT_EXECUTED);
  }

  @Test
  void takesTheRestOfRevisionsAfterOneDiedAfterItsFirstUpdate() throws Exception {
    assertNextTakes(1, to(Service.DYNAMODB, "UpdateItem"), EXECUTED);
  }

  @Test
  void namesARunThatDiedBetweenItsLastUpdateAndItsMessage() throws Exception {
    assertNextTakes(0, to(Service.SNS), NOT_EXECUTED);
  }

  /** Two revisions; one that dies; and the next one, which takes what is left. */
  private void assertNextTakes(int left, Predicate<Call> step, Fault lastCall) throws Exception {
    run();
    TestApplication.nyt(
        feeds,
        TestApplication.NYT
            .replace("2020-01-23,2,1", "2020-01-23,3,1")
            .replace("2020-01-24,5,1", "2020-01-24,6,1"));
    run();
    dies(step, lastCall, "take-revisions");
    String died = openRuns().get(0);
    await(() -> revised().size() == 2 - left);
    assertThat(cloud.object("revisions/" + died + ".json").orElseThrow())
        .contains("\"cases\" : 3", "\"cases\" : 2", "\"cases\" : 6", "\"cases\" : 5");
    int messages = cloud.messages().size();

    Jar.Ended next = jar().run("take-revisions");

    assertThat(next.exitCode()).isZero();
    assertThat(next.out())
        .startsWith(left + " revision(s) have been taken")
        .contains("\nEarlier runs:\n  Run %s (take-revisions, on ".formatted(died));
    assertThat(revised()).hasSize(2);
    assertThat(openRuns()).isEmpty();
    assertThat(cloud.messages()).hasSize(messages + 1);
  }

  /** The items with revised figures. */
  private List<String> revised() {
    return cloud.items().stream()
        .map(item -> item.get("Cases").n())
        .filter(cases -> cases.equals("3") || cases.equals("6"))
        .toList();
  }

  // --- SIGTERM

  @Test
  void abandonsARunThatCannotFinishInTimeAndTheNextOneNamesIt() throws Exception {
    CountDownLatch scanning = new CountDownLatch(1);
    CountDownLatch over = new CountDownLatch(1);
    cloud.intercept(
        call -> {
          if (call.is(Service.DYNAMODB, "Scan")) {
            scanning.countDown();
            await(over);
            return Fault.dropBefore();
          }
          return Fault.none();
        });
    Jar jar = jar().with("CAMEL_MAIN_SHUTDOWN_TIMEOUT", "1");
    process.complete(jar.start("run"));
    scanning.await();
    String died = openRuns().get(0);

    long before = System.nanoTime();
    process.join().destroy();
    Jar.Ended ended = jar.end(process.join());
    long seconds = (System.nanoTime() - before) / 1_000_000_000;
    over.countDown();

    assertThat(ended.err())
        .contains("Run %s is abandoned; the next one will name it".formatted(died))
        .doesNotContain("has finished");
    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(seconds).isLessThan(5);
    assertThat(openRuns()).containsExactly(died);
    cloud.intercept(this::noting);
    assertNextRunAdds(3);
  }

  // --- How it dies

  @Override
  Jar jar() {
    // One write at a time, so that it is known which calls were made before another.
    return super.jar().with("STORE_CONCURRENCY", "1");
  }

  /** Starts a run, and kills its process at a call; without a call that fits, at its own time. */
  private void dies(Predicate<Call> step, Fault lastCall) throws Exception {
    dies(step, lastCall, "run");
  }

  private void dies(Predicate<Call> step, Fault lastCall, String command) throws Exception {
    cloud.intercept(
        call -> {
          if (!step.test(call)) {
            return noting(call);
          }
          kill();
          if (lastCall == EXECUTED) {
            noting(call);
          }
          return lastCall;
        });
    Jar jar = jar();
    process.complete(jar.start(command));
    assertThat(jar.end(process.join()).exitCode()).isEqualTo(128 + 9);
    cloud.intercept(this::noting);
  }

  private void kill() {
    try {
      process.join().destroyForcibly().waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Fault noting(Call call) {
    if (call.is(Service.DYNAMODB, "PutItem")) {
      executedPuts.add(call.body().replaceFirst("(?s).*(\\d{4}-\\d\\d-\\d\\d).*", "$1"));
    }
    return Fault.none();
  }

  /** The put of that number. */
  private static Predicate<Call> put(int number) {
    AtomicInteger puts = new AtomicInteger();
    return call -> call.is(Service.DYNAMODB, "PutItem") && puts.incrementAndGet() == number;
  }

  /** A call that outlives its caller takes effect a moment after it. */
  private static void await(BooleanSupplier effect) throws InterruptedException {
    Polling.until(effect::getAsBoolean);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  // --- What comes of it

  private RunReport run() throws Exception {
    try (TestApplication application = TestApplication.start(cloud, feeds)) {
      return application.run();
    }
  }

  private void assertNextRunAdds(int added) throws Exception {
    String died = openRuns().get(0);
    assertThat(cloud.messages()).isEmpty();

    RunReport next = run();

    assertRecovered(next);
    assertThat(next.days()).isEqualTo(new RunReport.Days(3, added, 3 - added, 0, 0));
    assertNames(died, next);
    assertThat(toldRuns()).containsExactly(next.id());
  }

  /** Everything is as after one run that nothing disturbed. */
  private void assertRecovered(RunReport next) {
    assertThat(next.status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(next.warnings()).isEmpty();
    assertThat(cloud.items())
        .containsExactlyInAnyOrderElementsOf(
            DAYS.stream().map(day -> ItemLayout.OF_ONE_PLACE.item(day, "")).toList());
    assertThat(cloud.object("CovidData.csv")).contains(SET);
    assertThat(executedPuts)
        .containsExactlyInAnyOrderElementsOf(
            DAYS.stream().map(day -> day.date().toString()).toList());
    assertThat(cloud.keys("dead-letter")).isEmpty();
    assertThat(openRuns()).isEmpty();
  }

  private void assertNames(String died, RunReport next) throws IOException {
    assertThat(next.unfinishedRuns().stream().map(RunMarker::id)).containsExactly(died);
    assertThat(cloud.object("runs/" + next.id() + ".json").orElseThrow()).contains(died);
    Message last = cloud.messages().get(cloud.messages().size() - 1);
    assertThat(last.text())
        .contains("\nEarlier runs:\n  Run %s (command, on ".formatted(died), ") did not finish.\n");
  }

  private List<String> openRuns() {
    return cloud.keys("open-runs/").stream()
        .map(key -> key.substring("open-runs/".length(), key.length() - ".json".length()))
        .toList();
  }

  private List<String> toldRuns() {
    return cloud.messages().stream().map(message -> message.attributes().get("runId")).toList();
  }
}
