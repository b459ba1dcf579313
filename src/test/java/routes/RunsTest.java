package routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import covid.Run;
import covid.RunId;
import covid.RunMarker;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.apache.camel.support.UnitOfWorkHelper;
import org.junit.jupiter.api.Test;

class RunsTest {
  private static final Instant NOW = Instant.parse("2026-11-01T21:00:00.123456Z");

  private final Runs runs = new Runs(Clock.fixed(NOW, ZoneOffset.UTC));
  private final DefaultCamelContext camel = new DefaultCamelContext();
  private final Exchange exchange = new DefaultExchange(camel);

  @Test
  void namesARunByTheTimeOfItsStart() throws Exception {
    Run run = begin("schedule", exchange);
    assertThat(run.id()).matches("2026-11-01T21-00-00Z-[0-9a-f]{4}");
    assertThat(run.trigger()).isEqualTo("schedule");
    assertThat(run.startedAt()).isEqualTo(Instant.parse("2026-11-01T21:00:00.123Z"));
    assertThat(RunId.prefix(NOW)).isEqualTo("2026-11-01T21-00-00Z");
  }

  @Test
  void lastsUntilTheExchangeIsDone() throws Exception {
    assertThat(runs.current()).isEmpty();
    Run run = begin("schedule", exchange);
    assertThat(runs.current()).containsSame(run);
    end(exchange);
    assertThat(runs.current()).isEmpty();
    assertThat(begin("command", exchange)).isNotSameAs(run);
  }

  @Test
  void doesNotBeginWhileAnotherIsOn() throws Exception {
    Run run = begin("schedule", exchange);
    Exchange second = new DefaultExchange(camel);
    assertThatExceptionOfType(Runs.RunInProgressException.class)
        .isThrownBy(() -> begin("command", second))
        .withMessage(
            "Run %s has been in progress since 2026-11-01T21:00:00.123Z; this one (command) is not started",
            run.id());
    end(second);
    assertThat(runs.current()).containsSame(run);
  }

  @Test
  void marksARunWithItsProcess() throws Exception {
    Run run = begin("schedule", exchange);
    RunMarker marker = runs.marker(run);
    assertThat(marker)
        .isEqualTo(new RunMarker(run.id(), "schedule", run.startedAt(), marker.owner()));
    assertThat(marker.owner().pid()).isEqualTo(ProcessHandle.current().pid());
    assertThat(marker.owner().host()).isNotBlank();
    assertThat(marker.owner().startedAt())
        .isBefore(Instant.now())
        .isEqualTo(marker.owner().startedAt().truncatedTo(ChronoUnit.SECONDS));
  }

  @Test
  void isAliveInALivingProcessOfThisHost() {
    ProcessHandle other = ProcessHandle.current().parent().orElseThrow();
    Instant started = other.info().startInstant().orElseThrow();
    RunMarker run = run(host(), other.pid(), started);
    assertThat(runs.isAlive(run)).isTrue();
    assertThat(runs.isAlive(run.left("said too late", List.of()))).isFalse();
    RunMarker.Waiting waiting = new RunMarker.Waiting(List.of("webhook 1"), true);
    assertThat(runs.isAlive(run.waiting("said", List.of(), waiting))).isTrue();
    assertThat(runs.isAlive(run("another-host", other.pid(), started))).isFalse();
    assertThat(runs.isAlive(run(host(), other.pid(), started.minusSeconds(3_600)))).isFalse();
  }

  @Test
  void isNotAliveInAProcessThatEnded() throws Exception {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    Instant started = Instant.now();
    Process other = new ProcessBuilder(java.toString(), "--version").start();
    other.getInputStream().transferTo(OutputStream.nullOutputStream());
    other.waitFor();
    assertThat(runs.isAlive(run(host(), other.pid(), started))).isFalse();
  }

  @Test
  void isNotAliveInThisProcess() throws Exception {
    RunMarker earlier = runs.marker(begin("schedule", exchange));
    assertThat(runs.isAlive(earlier)).isFalse();
  }

  private String host() {
    return runs.marker(Run.begin("r", "command", NOW)).owner().host();
  }

  private static RunMarker run(String host, long pid, Instant started) {
    RunMarker.Owner owner = new RunMarker.Owner(host, pid, started.truncatedTo(ChronoUnit.SECONDS));
    return new RunMarker("r-1", "schedule", NOW, owner);
  }

  private static void end(Exchange exchange) {
    UnitOfWorkHelper.doneSynchronizations(
        exchange, exchange.getExchangeExtension().handoverCompletions());
  }

  private Run begin(String trigger, Exchange exchange) throws Exception {
    Run run = runs.begin(trigger);
    runs.endWith(run, exchange);
    return run;
  }
}
