package routes;

import static org.assertj.core.api.Assertions.assertThat;

import covid.RunReport;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import local.LocalCloud;
import local.Polling;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How far workers are with a run, over HTTP. */
class ChunkProgressApiTest extends ChunksTestBase {
  private static final String RUN = "2026-11-22T21-00-00Z-7f3a";
  private static final String LINE =
      "{\"id\":\"%1$s\",\"trigger\":\"schedule\",\"startedAt\":\"2026-11-22T21:00:00Z\","
          + "\"status\":\"running\",%2$s\"href\":\"runs/%1$s\"}";

  private Api replica;

  ChunkProgressApiTest(LocalCloud cloud) {
    super(cloud);
  }

  @BeforeEach
  void open() throws Exception {
    replica = serving("feed.stalled-after", "90000d", "http.refresh", "1ms");
  }

  @AfterEach
  void close() {
    replica.close();
  }

  @Test
  void isShownByTheProcessThatWaitsAndByOthers() throws Exception {
    serve("DE,2021-01-03,10,1", "FR,2021-01-03,20,3");
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try (Api coordinator = serving("feed.stalled-after", "90000d", "http.refresh", "1ms")) {
      Future<RunReport> run = thread.submit(coordinator.application()::run);
      for (Api process : List.of(coordinator, replica)) {
        Polling.until(
            () -> process.get("/runs").body().contains("\"chunks\":{\"planned\":2,\"settled\":0}"));
      }
      worker();
      RunReport report = run.get();

      assertThat(coordinator.get("/runs").body()).doesNotContain("running", "chunks");
      assertThat(replica.get("/runs").body()).isEqualTo(coordinator.get("/runs").body());
      assertThat(replica.get("/runs/" + report.id()).body())
          .isEqualTo(cloud.object("who/runs/%s.json".formatted(report.id())).orElseThrow());
    } finally {
      thread.shutdownNow();
    }
  }

  @Test
  void hasNoChunksBeforeTheRunHasAPlan() throws Exception {
    putOpenRun();

    assertThat(replica.get("/runs/" + RUN).body()).isEqualTo(LINE.formatted(RUN, ""));
  }

  @Test
  void countsTheResults() throws Exception {
    putOpenRun();
    putPlan(3);
    put("results/0.json", "{}");
    put("results/2.json", "{}");

    String line = LINE.formatted(RUN, "\"chunks\":{\"planned\":3,\"settled\":2},");
    assertThat(replica.get("/runs/" + RUN).body()).isEqualTo(line);
    assertThat(replica.get("/runs").body()).isEqualTo("{\"runs\":[" + line + "]}");
  }

  @Test
  void doesNotHideEndedRunsIfTheOpenOneCannotBeRead() throws Exception {
    putObject(OPEN_RUN, "nonsense");

    assertThat(replica.get("/runs").body()).isEqualTo("{\"runs\":[]}");
    HttpResponse<String> one = replica.get("/runs/" + RUN);
    assertThat(one.statusCode()).isEqualTo(503);
  }

  private void putOpenRun() {
    putObject(
        OPEN_RUN,
        """
        {"run": "%s", "trigger": "schedule", "startedAt": "2026-11-22T21:00:00Z",
         "owner": {"host": "elsewhere", "pid": 1, "startedAt": "2026-11-22T20:00:00Z"}}
        """
            .formatted(RUN));
  }

  private void putPlan(int chunks) {
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < chunks; i++) {
      all.append(i == 0 ? "" : ",")
          .append(
              "{\"number\": %d, \"place\": \"P%d\", \"object\": \"%s\", \"records\": 1}"
                  .formatted(i, i, "0".repeat(64)));
    }
    put(
        "plan.json",
        """
        {"run": "%s", "at": "2026-11-22T21:00:05Z", "pulledAt": "2026-11-22T21:00:00Z",
         "feeds": [], "left": [], "records": %d, "chunks": [%s]}
        """
            .formatted(RUN, chunks, all));
  }

  private void put(String name, String text) {
    putObject("who/work/%s/%s".formatted(RUN, name), text);
  }
}
