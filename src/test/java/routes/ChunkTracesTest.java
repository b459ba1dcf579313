package routes;

import static local.Faults.toS3;
import static org.assertj.core.api.Assertions.assertThat;

import app.TestApplication;
import covid.RunReport;
import java.io.IOException;
import java.util.List;
import local.Fault;
import local.LocalCloud;
import local.Polling;
import local.TraceCollector;
import local.TraceSpan;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a collector of traces gets of runs whose chunks workers store. */
class ChunkTracesTest extends ChunksTestBase {
  private TraceCollector collector;

  ChunkTracesTest(LocalCloud cloud) {
    super(cloud);
  }

  @BeforeEach
  void collect() throws IOException {
    collector = TraceCollector.start();
    serve("DE,2021-01-03,10,1", "DE,2021-01-10,12,2", "FR,2021-01-03,20,3");
  }

  @AfterEach
  void close() {
    collector.close();
  }

  @Test
  void aWorkerContinuesTheTraceOfTheRunWithEachChunk() throws Exception {
    collector.exporting(this::worker);
    TestApplication coordinator = collector.exporting(this::coordinator);

    RunReport report = coordinator.run();
    Polling.until(() -> named("process chunks").size() == 2 && named("do-run").size() == 1);

    List<TraceSpan> sent = named("send chunks");
    List<TraceSpan> taken = named("process chunks");
    assertThat(sent).extracting(TraceSpan::kind).containsOnly("PRODUCER");
    assertThat(taken).extracting(TraceSpan::kind).containsOnly("CONSUMER");
    assertThat(taken)
        .extracting(TraceSpan::parent)
        .containsExactlyInAnyOrderElementsOf(sent.stream().map(TraceSpan::id).toList());
    assertThat(taken)
        .allSatisfy(
            span ->
                assertThat(span.attributes())
                    .containsEntry("messaging.system", "aws_sqs")
                    .containsEntry("messaging.operation.type", "process")
                    .containsEntry("messaging.destination.name", "chunks")
                    .containsKey("messaging.message.id")
                    .containsEntry("covid.run.id", report.id()));
    assertThat(taken)
        .extracting(span -> span.attribute("covid.chunk"))
        .containsExactlyInAnyOrder("0", "1");
    assertThat(collector.spans())
        .extracting(TraceSpan::trace)
        .containsOnly(named("do-run").get(0).trace());
  }

  @Test
  void aRunThatAnotherCoordinatorContinuesIsOneTrace() throws Exception {
    collector.exporting(this::worker);
    TestApplication one =
        collector.exporting(() -> coordinator("chunks.resend-after", "1h", "chunks.poll", "21ms"));
    TestApplication another =
        collector.exporting(
            () -> coordinator("chunks.resend-after", "200ms", "chunks.poll", "21ms"));
    cloud.intercept(LastCall.of("the set", toS3("PUT", SET)).after(call -> Fault.none()));
    one.run();
    cloud.intercept(call -> Fault.none());

    RunReport report = another.runOrContinue();
    Polling.until(() -> named("do-run").size() == 2 && named("run-or-continue").size() == 1);

    TraceSpan continued = named("continue-run").get(0);
    TraceSpan caller = named("run-or-continue").get(0);
    assertThat(continued.parent()).isEqualTo(named("claim-run").get(0).id());
    assertThat(continued.links()).containsExactly(caller.id());
    assertThat(caller.trace()).isNotEqualTo(continued.trace());
    assertThat(named("do-run"))
        .allSatisfy(
            run -> {
              assertThat(run.trace()).isEqualTo(continued.trace());
              assertThat(run.attributes()).containsEntry("covid.run.id", report.id());
            });
  }

  private List<TraceSpan> named(String name) {
    return collector.spans().stream().filter(span -> span.name().equals(name)).toList();
  }
}
