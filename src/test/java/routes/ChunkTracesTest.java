package routes;

import static org.assertj.core.api.Assertions.assertThat;

import app.TestApplication;
import covid.RunReport;
import java.io.IOException;
import java.util.List;
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

  private List<TraceSpan> named(String name) {
    return collector.spans().stream().filter(span -> span.name().equals(name)).toList();
  }
}
