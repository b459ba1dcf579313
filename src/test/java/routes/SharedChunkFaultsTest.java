package routes;

import static org.assertj.core.api.Assertions.assertThat;

import covid.RunReport;
import covid.RunStatus;
import java.net.InetAddress;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import local.Call;
import local.Fault;
import local.LocalCloud;
import local.Service;
import org.junit.jupiter.api.Test;

/** One chunk that two workers store, and one run that two coordinators have. */
class SharedChunkFaultsTest extends ChunksTestBase {
  private static final Pattern RUN = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT[-0-9]+Z-[0-9a-f]{4}");

  SharedChunkFaultsTest(LocalCloud cloud) {
    super(cloud);
  }

  @Test
  void countsAsAddedWhatAnotherWorkerInsertsForTheRunBetweenQueryAndInsert() throws Exception {
    serve("DE,2021-01-03,10,1", "DE,2021-01-10,12,2");
    AtomicBoolean other = new AtomicBoolean();
    cloud.intercept(
        call -> {
          if (call.is(Service.DYNAMODB, "BatchExecuteStatement") && !other.getAndSet(true)) {
            put(day(DE, "2021-01-03", 10, 1), runOf(call));
          }
          return Fault.none();
        });
    worker();

    RunReport report = coordinator().run();

    assertThat(report.days()).isEqualTo(new RunReport.Days(2, 2, 0, 0, 0));
    assertAddsUp(report);
  }

  @Test
  void continuesARunWhoseProcessDiedBeforeItHadAReport() throws Exception {
    String id = "2026-11-28T21-00-00Z-7f3a";
    serve("DE,2021-01-03,10,1");
    putOpenRun(id);
    worker();

    RunReport report = coordinator().runOrContinue();

    assertThat(report.id()).isEqualTo(id);
    assertThat(report.status()).isEqualTo(RunStatus.SUCCEEDED);
    assertAddsUp(report);
    assertThat(cloud.object("who/runs/%s.json".formatted(id)).orElseThrow())
        .contains("\"status\" : \"succeeded\"");
  }

  private static String runOf(Call call) {
    Matcher run = RUN.matcher(call.body());
    assertThat(run.find()).isTrue();
    return run.group();
  }

  /** As a process of this host that is gone has left it. */
  private void putOpenRun(String id) throws Exception {
    String open =
        """
        {"run": "%s", "trigger": "command", "startedAt": "2026-11-28T21:00:00Z",
         "owner": {"host": "%s", "pid": 999999999, "startedAt": "2026-11-28T20:59:00Z"}}
        """
            .formatted(id, InetAddress.getLocalHost().getHostName());
    putObject(OPEN_RUN, open);
  }
}
