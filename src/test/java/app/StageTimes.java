package app;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.management.OperatingSystemMXBean;
import covid.Day;
import covid.Metric;
import covid.Run;
import covid.RunReport;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.main.Main;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.support.EventNotifierSupport;
import org.apache.commons.codec.digest.DigestUtils;
import routes.Runs;

/**
 * For the benchmarks: runs single stages of a run in a process of their own and says how long each
 * took once the application was up, so that nothing of the start is in it.
 */
public final class StageTimes {
  private static final OperatingSystemMXBean PROCESS =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  /** What goes into the bucket beside the set. */
  private static final String VERSION = "put-version";

  private StageTimes() {}

  /** What a step within the stages costs: a call of an endpoint. */
  private static final class Within extends EventNotifierSupport {
    private final String endpoint;
    private long wall;
    private long cpu;

    Within(String endpoint) {
      this.endpoint = endpoint;
    }

    @Override
    public void notify(CamelEvent event) {
      if (event instanceof CamelEvent.ExchangeSendingEvent sending
          && sending.getEndpoint().getEndpointUri().equals(endpoint)) {
        wall -= System.nanoTime();
        cpu -= PROCESS.getProcessCpuTime();
      } else if (event instanceof CamelEvent.ExchangeSentEvent sent
          && sent.getEndpoint().getEndpointUri().equals(endpoint)) {
        wall += System.nanoTime();
        cpu += PROCESS.getProcessCpuTime();
      }
    }
  }

  /**
   * Writes a line for each stage, {@code STAGE WALL CPU} in seconds, one for what its {@link
   * #VERSION} took of it if there was one, and last {@code set COUNT SHA-256} of the published set,
   * or {@code days COUNT SHA-256} of the joined days if there is none.
   *
   * @param stages ids of routes, in their order
   */
  public static void main(String... stages) throws Exception {
    Main main = Task.RUN.on(SettingChoice.NONE);
    main.start();
    Within version = new Within("direct://" + VERSION);
    main.getCamelContext().getManagementStrategy().addEventNotifier(version);
    version.start();
    // Camel has looked for such notifiers when it started.
    main.getCamelContext().getCamelContextExtension().setEventNotificationApplicable(true);
    try {
      ProducerTemplate template = main.getCamelTemplate();
      Run run =
          main.getCamelContext().getRegistry().findSingleByType(Runs.class).begin("benchmark");
      for (String stage : stages) {
        long wall = System.nanoTime();
        long cpu = PROCESS.getProcessCpuTime();
        Exchange done = template.send("direct:" + stage, asked -> asked.setVariable("run", run));
        cpu = PROCESS.getProcessCpuTime() - cpu;
        wall = System.nanoTime() - wall;
        if (done.getException() != null) {
          throw done.getException();
        }
        System.out.printf("%s %s %s%n", stage, seconds(wall), seconds(cpu));
      }
      if (version.wall > 0) {
        System.out.printf("%s %s %s%n", VERSION, seconds(version.wall), seconds(version.cpu));
      }
      System.out.println(run.published().map(StageTimes::set).orElseGet(() -> days(run)));
    } finally {
      main.stop();
    }
  }

  private static String set(RunReport.Archive set) {
    return "set %d %s".formatted(set.rows(), set.sha256());
  }

  private static String days(Run run) {
    List<Day> days = run.joined().days();
    return "days %d %s".formatted(days.size(), digest(days));
  }

  private static double seconds(long nanos) {
    return Duration.ofNanos(nanos).toMillis() / 1000.0;
  }

  private static String digest(List<Day> days) {
    String text =
        days.stream()
            .map(
                day ->
                    "%s,%d,%d,%s,%d\n"
                        .formatted(
                            day.date(),
                            day.figures().get(Metric.CASES),
                            day.figures().get(Metric.DEATHS),
                            day.place(),
                            day.figures().get(Metric.RECOVERED)))
            .collect(Collectors.joining());
    return DigestUtils.sha256Hex(text.getBytes(UTF_8));
  }
}
