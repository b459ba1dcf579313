package app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import local.LocalCloud;
import local.TraceCollector;
import local.TraceSpan;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The traces of the packaged program. */
@Tag("slow")
class TracesIT extends JarTestBase {
  private static final String ENDPOINT = "OTEL_EXPORTER_OTLP_ENDPOINT";

  TracesIT(LocalCloud cloud) {
    super(cloud);
  }

  @Test
  void aRunByCommandExportsAllItsSpansBeforeItEndsAndItsLogNamesTheTrace() throws Exception {
    try (TraceCollector collector = TraceCollector.start()) {
      Jar.Ended run =
          jar()
              .with(ENDPOINT, collector.endpoint().toString())
              .with("OTEL_SERVICE_NAME", "covid")
              .with("LOG_FORMAT", "json")
              .run("run");

      assertThat(run.exitCode()).isZero();
      List<TraceSpan> spans = collector.spans();
      assertThat(spans).extracting(TraceSpan::name).contains("do-run", "fetch-nyt", "announce-run");
      assertThat(spans.get(0).resource()).containsEntry("service.name", "covid");
      Set<String> logged = new TreeSet<>();
      for (String line : run.err().lines().toList()) {
        logged.add(new ObjectMapper().readTree(line).path("trace.id").asText());
      }
      assertThat(logged).containsExactly(spans.get(0).trace());
    }
  }

  @Test
  void aCollectorThatIsAwayCostsOneLine() throws Exception {
    Jar.Ended run =
        jar().with(ENDPOINT, "http://127.0.0.1:" + TestApplication.freePort()).run("run");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).startsWith("3 row(s) have been added\n");
    assertThat(run.err().lines().filter(line -> !line.contains(" INFO ")))
        .singleElement()
        .asString()
        .contains(" WARN ")
        .contains("Traces cannot be exported")
        .endsWith(": spans are lost until they can be");
  }

  @Test
  void aVariableThatCannotBeMeantIsRefusedBeforeTheRun() throws Exception {
    Jar.Ended run =
        jar()
            .with(ENDPOINT, "http://127.0.0.1:4317")
            .with("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc")
            .run("run");

    assertThat(run.exitCode()).isEqualTo(64);
    assertThat(run.err()).contains("OTEL_EXPORTER_OTLP_PROTOCOL is 'grpc'").hasLineCount(1);
    assertThat(cloud.requests()).isEmpty();
  }
}
