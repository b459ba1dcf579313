package routes;

import static local.Faults.DENIED;
import static local.Faults.always;
import static local.Faults.toS3;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.TestApplication;
import covid.DaySelection;
import covid.RunMarker;
import covid.RunReport;
import covid.RunStatus;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import local.Fault;
import local.LocalCloud;
import local.LogLines;
import local.Polling;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An open run that another process has left: is it to be continued? */
@Tag("slow")
class OpenRunTest extends ChunksTestBase {
  private static final String ID = "2026-11-28T21-00-00Z-7f3a";
  private static final RunReport.Days ALL = new RunReport.Days(2, 2, 0, 0, 0);

  OpenRunTest(LocalCloud cloud) {
    super(cloud);
  }

  @BeforeEach
  void begin() {
    worker();
    serve("DE,2021-01-03,10,1", "FR,2021-01-03,20,3");
  }

  private void putOpenRun(long pid, Instant begun) throws UnknownHostException {
    putObject(
        OPEN_RUN,
        """
        {"run": "%s", "trigger": "command", "startedAt": "2026-11-28T21:00:00Z",
         "owner": {"host": "%s", "pid": %d, "startedAt": "%s"}}
        """
            .formatted(ID, InetAddress.getLocalHost().getHostName(), pid, begun));
  }

  @Test
  void oneOfADeadProcessOfThisHostIsContinuedAtOnce() throws Exception {
    putOpenRun(999_999_999, Instant.now());

    RunReport report = coordinator("chunks.resend-after", "1h").runOrContinue();

    assertThat(report.id()).isEqualTo(ID);
    assertThat(report.days()).isEqualTo(ALL);
    assertAddsUp(report);
  }

  @Test
  void oneOfADeadProcessWhoseNumberAnotherOneHasNowIsContinuedAtOnce() throws Exception {
    putOpenRun(ProcessHandle.current().pid(), Instant.parse("2021-01-01T00:00:00Z"));

    assertThat(coordinator("chunks.resend-after", "1h").runOrContinue().id()).isEqualTo(ID);
  }

  @Test
  void oneOfALiveProcessOfThisHostIsLeftAlone() throws Exception {
    ProcessHandle alive = ProcessHandle.current();
    putOpenRun(alive.pid(), alive.info().startInstant().orElseThrow());
    String open = cloud.object(OPEN_RUN).orElseThrow();

    RunReport report = coordinator("chunks.resend-after", "1h").run();

    assertThat(report.status()).isEqualTo(RunStatus.FAILED);
    assertThat(report.reason()).startsWith("Run " + ID + " is open since 2026-11-28T21:00:00Z");
    assertThat(cloud.object(OPEN_RUN)).contains(open);
    assertThat(cloud.itemsOfPlaces()).isEmpty();
  }

  @Test
  void oneOfALiveProcessThatMakesNoProgressIsContinued() throws Exception {
    ProcessHandle alive = ProcessHandle.current();
    putOpenRun(alive.pid(), alive.info().startInstant().orElseThrow());

    assertThat(coordinator("chunks.resend-after", "200ms").runOrContinue().id()).isEqualTo(ID);
  }

  @Test
  void oneThatHasSentItsMessageButCouldPutNoReportIsClosed() throws Exception {
    cloud.intercept(
        call ->
            toS3("PUT", "who/runs/").or(toS3("DELETE", OPEN_RUN)).test(call)
                ? DENIED
                : Fault.none());
    RunReport ended = coordinator("chunks.resend-after", "1h").run();
    assertThat(cloud.object(OPEN_RUN).orElseThrow()).contains(ended.id());
    cloud.intercept(call -> Fault.none());

    RunReport next = coordinator("chunks.resend-after", "200ms").runOrContinue();

    assertThat(next.id()).isNotEqualTo(ended.id());
    assertThat(next.days()).isEqualTo(new RunReport.Days(2, 0, 2, 0, 0));
    assertThat(messagesOf(ended.id())).hasSize(1);
    assertAddsUp(next);
  }

  /** Another process continues it, at the moment at which this one closes it. */
  @Test
  void oneThatIsOpenAgainWhenItIsToBeClosedIsWaitedFor() throws Exception {
    putOpenRun(999_999_999, Instant.now());
    String open = cloud.object(OPEN_RUN).orElseThrow();
    putObject(OPEN_RUN, open.replace("{\"run\"", "{\"announced\": true, \"run\""));
    AtomicBoolean met = new AtomicBoolean();
    cloud.intercept(
        call -> {
          if (toS3("DELETE", OPEN_RUN).test(call) && !met.getAndSet(true)) {
            putObject(OPEN_RUN, open);
          }
          return Fault.none();
        });

    RunReport report = coordinator("chunks.resend-after", "1h").runOrContinue();

    assertThat(report.id()).isEqualTo(ID);
    assertAddsUp(report);
  }

  @Test
  void oneIsNoUnfinishedRunOfACommandThatTakesRevisionsMeanwhile() throws Exception {
    coordinator("chunks.resend-after", "1h").run();
    ProcessHandle alive = ProcessHandle.current();
    putOpenRun(alive.pid(), alive.info().startInstant().orElseThrow());
    String marker = "who/open-runs/%s.json".formatted(ID);
    putObject(
        marker,
        """
        {"id": "%s", "trigger": "command", "startedAt": "2026-11-28T21:00:00Z",
         "owner": {"host": "elsewhere", "pid": 1, "startedAt": "2026-11-28T21:00:00Z"}}
        """
            .formatted(ID));
    try (TestApplication command =
        TestApplication.takingRevisions(
            Optional.of("who"),
            cloud,
            feeds,
            "store.table",
            cloud.tableOfPlaces(),
            "feed.who.url",
            feeds.nyt().toString(),
            "chunks.to",
            TestApplication.queue(cloud))) {
      assertThat(command.takeRevisions(DaySelection.ALL).unfinishedRuns()).isEmpty();
    }
    assertThat(cloud.object(marker)).isPresent();
  }

  @Test
  void aProcessThatServesSaysOnceThatItCannotLookForOneAndContinuesItLater() throws Exception {
    putOpenRun(999_999_999, Instant.now());
    cloud.intercept(always(toS3("GET", OPEN_RUN), DENIED));
    try (Api server = serving();
        LogLines log = new LogLines()) {
      watch(server);
      watch(server);
      cloud.intercept(call -> Fault.none());
      watch(server);
      Polling.until(() -> log.texts().contains("Open runs can be watched again"));
      assertThat(log.texts())
          .filteredOn(line -> line.startsWith("Open runs cannot be watched: "))
          .singleElement()
          .asString()
          .contains("s3:GetObject");
      Polling.until(() -> cloud.object(OPEN_RUN).isEmpty());
    }
    assertThat(cloud.object("who/runs/%s.json".formatted(ID))).isPresent();
    assertThat(messagesOf(ID)).hasSize(1);
    assertThat(itemsOf(ID)).isEqualTo(2);
  }

  /** Looks for an open run, without a wait of ten seconds. */
  private static void watch(Api server) throws Exception {
    CamelContext context = server.application().context();
    context
        .getRoute("watch-runs")
        .getProcessor()
        .process(context.getEndpoint("direct:watch").createExchange());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "{\"id\": 1",
        "{\"id\": \"2026-11-28T21-00-00Z-7f3a\", \"trigger\": \"http\", \"status\": \"succeeded\","
            + " \"startedAt\": \"2021-01-11T12:00:00Z\", \"feeds\": []}"
      })
  void oneWhoseReportIsDamagedIsEndedOnceTheReportIsRemoved(String damaged) throws Exception {
    String report = "who/runs/%s.json".formatted(ID);
    putOpenRun(999_999_999, Instant.now());
    putObject(report, damaged);

    assertThatThrownBy(() -> coordinator("chunks.resend-after", "200ms").runOrContinue())
        .hasRootCauseMessage(
            "The object "
                + report
                + " in the bucket covid-data is not the report of a run: remove it, and the run that is open is ended and reported.");
    removeObject(report);
    RunReport ended = coordinator("chunks.resend-after", "200ms").runOrContinue();

    assertThat(ended.id()).isEqualTo(ID);
    assertThat(ended.days()).isEqualTo(ALL);
    assertAddsUp(ended);
  }

  @Test
  void oneOnRawBodiesIsContinuedOnThem() throws Exception {
    RunReport pulled = coordinator("chunks.resend-after", "1h").run();
    serve("DE,2021-01-03,10,1", "FR,2021-01-03,20,3", "FR,2021-01-10,21,3");
    cloud.intercept(
        LastCall.of("the run is open", toS3("PUT", OPEN_RUN)).after(call -> Fault.none()));
    RunReport dead = coordinator("chunks.resend-after", "1h").repeat(pulled.id());
    cloud.intercept(call -> Fault.none());

    RunReport report = coordinator("chunks.resend-after", "200ms").runOrContinue();

    assertThat(report.id()).isEqualTo(dead.id());
    assertThat(report.rawOf()).isEqualTo(pulled.id());
    assertThat(report.days()).isEqualTo(new RunReport.Days(2, 0, 2, 0, 0));
    assertAddsUp(report);
  }

  @Test
  void oneIsContinuedBeforeARunOnRawBodiesThatACommandAsksFor() throws Exception {
    RunReport pulled = coordinator("chunks.resend-after", "1h").run();
    putOpenRun(999_999_999, Instant.now());

    String out = coordinator("chunks.resend-after", "1h").runOn(pulled.id());

    assertThat(out).contains("Run       " + ID, "Repeats   run " + pulled.id());
    assertThat(messagesOf(ID)).hasSize(1);
    assertThat(cloud.messages()).hasSize(3);
    assertThat(cloud.object(OPEN_RUN)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "{}",
        "{\"run\":\"../../x\",\"trigger\":\"command\",\"startedAt\":\"2026-11-28T21:00:00Z\","
            + "\"owner\":{\"host\":\"a\",\"pid\":1,\"startedAt\":\"2026-11-28T21:00:00Z\"}}"
      })
  void oneThatIsDamagedIsNamedAndTheNextRunEndsItsWorkOnceItIsRemoved(String damaged)
      throws Exception {
    LastCall last =
        LastCall.of(
            "the plan is put",
            toS3("PUT", "who/work/").and(call -> call.operation().endsWith("plan.json")));
    cloud.intercept(last.after(call -> Fault.none()));
    RunReport dead = coordinator("chunks.resend-after", "1h").run();
    cloud.intercept(call -> Fault.none());
    putObject(OPEN_RUN, damaged);

    RunReport failed = coordinator("chunks.resend-after", "200ms").runOrContinue();
    removeObject(OPEN_RUN);
    RunReport next = coordinator("chunks.resend-after", "200ms").runOrContinue();

    assertThat(failed.status()).isEqualTo(RunStatus.FAILED);
    assertThat(failed.reason())
        .isEqualTo(
            "The object who/work/open-run.json in the bucket covid-data does not name the open run: remove it, and the next run stores what is missing.");
    assertThat(messagesOf(failed.id())).singleElement().asString().contains(failed.reason());
    assertThat(next.unfinishedRuns()).extracting(RunMarker::id).containsExactly(dead.id());
    assertThat(next.days()).isEqualTo(ALL);
    assertAddsUp(next);
  }
}
