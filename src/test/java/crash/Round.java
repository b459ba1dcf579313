package crash;

import app.Jar;
import app.TestApplication;
import aws.ItemLayout;
import covid.Day;
import covid.KeySchema;
import covid.Metric;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import local.FeedServer;
import local.FreePorts;
import local.LocalCloud;

/** One round: the runs of a schedule, against an empty cloud. */
final class Round {
  static final ItemLayout LAYOUT =
      new ItemLayout(KeySchema.PLACE_DATE, List.of(Metric.CASES, Metric.DEATHS));

  /** The run that has inserted what the table has beforehand. */
  static final String BEFORE = "2020-01-01T00-00-00Z-0000";

  static final String OPEN_RUN = "who/work/open-run.json";

  /** A run takes seconds; where much else runs, the start of a process alone may take 20. */
  private static final Duration MOST = Duration.ofMinutes(3);

  private final Schedule schedule;
  private final LocalCloud cloud;
  private final Path folder;
  private final List<String> findings = new ArrayList<>();

  private Round(Schedule schedule, LocalCloud cloud, Path folder) {
    this.schedule = schedule;
    this.cloud = cloud;
    this.folder = folder;
  }

  /**
   * What came of a round.
   *
   * @param runs how many ended
   * @param killed processes
   * @param frozen processes
   * @param disturbed calls
   * @param sealed chunks that no worker settled by the deadline
   * @param findings what is not as it has to be
   */
  record Outcome(
      int runs, int killed, int frozen, int disturbed, int sealed, List<String> findings) {}

  /**
   * Goes through a schedule.
   *
   * @param folder for what the processes say
   */
  static Outcome run(Schedule schedule, LocalCloud cloud, Path folder) throws Exception {
    return new Round(schedule, cloud, folder).run();
  }

  private Outcome run() throws Exception {
    cloud.reset();
    cloud.treatMessages(5, Duration.ofSeconds(2));
    for (Map.Entry<Day, Long> found : found().entrySet()) {
      cloud
          .dynamoDbClient()
          .putItem(
              put ->
                  put.tableName(cloud.tableOfPlaces())
                      .item(LAYOUT.item(more(found.getKey(), found.getValue()), BEFORE)));
    }
    Sums sums = new Sums(schedule, cloud);
    try (FeedServer feeds = TestApplication.feeds();
        Processes processes = new Processes(folder, own -> jar(own, feeds), schedule.workers())) {
      Trouble trouble = new Trouble(schedule, processes);
      cloud.intercept(trouble);
      processes.tendWorkers();
      for (int run = 0; run < schedule.feeds().size() && findings.isEmpty(); run++) {
        TestApplication.nyt(feeds, schedule.feeds().get(run).csv());
        trouble.begin(run);
        coordinate(run, processes);
        if (findings.isEmpty()) {
          findings.addAll(sums.afterRun(run));
        }
      }
      // Nothing is late any more.
      processes.killAll();
      if (findings.isEmpty()) {
        findings.addAll(sums.atTheEnd(trouble.otherWrites()));
      }
      return new Outcome(
          sums.runs(),
          processes.killed(),
          processes.frozen(),
          trouble.disturbances(),
          sums.sealed(),
          List.copyOf(findings));
    }
  }

  private Map<Day, Long> found() {
    Map<Day, Long> found = new HashMap<>();
    for (Day day : schedule.feeds().get(0).days()) {
      if (schedule.found().containsKey(day.key())) {
        found.put(day, schedule.found().get(day.key()));
      }
    }
    return found;
  }

  private static Day more(Day day, long cases) {
    Map<Metric, Long> figures = new HashMap<>(day.figures());
    figures.merge(Metric.CASES, cases, Long::sum);
    return new Day(day.key(), figures);
  }

  private Jar jar(Path own, FeedServer feeds) {
    String queue = "aws2-sqs:chunks?queueUrl=" + cloud.queueUrl();
    return Jar.in(own, cloud, feeds)
        .with("FEED_WHO_URL", feeds.nyt().toString())
        .with("FEED_STALLED_AFTER", "90000d")
        .with("STORE_TABLE", cloud.tableOfPlaces())
        .with("STORE_RETRIES", "6")
        .with("CHUNKS_TO", queue)
        .with("CHUNKS_FROM", queue)
        .with("CHUNKS_RESEND_AFTER", "2s")
        .with("CHUNKS_POLL", "100ms")
        .with("RUN_DEADLINE", schedule.deadline().toSeconds() + "s")
        .with("CAMEL_COMPONENT_AWS2_SQS_WAIT_TIME_SECONDS", "1")
        .with("CAMEL_COMPONENT_AWS2_SQS_VISIBILITY_TIMEOUT", "2")
        .with("MANAGEMENT_PORT", Integer.toString(FreePorts.next()));
  }

  /** Starts coordinators until no run is open, and one has ended by itself. */
  private void coordinate(int run, Processes processes) throws IOException, InterruptedException {
    Instant limit = Instant.now().plus(MOST);
    boolean done = false;
    processes.startCoordinator();
    while (!done || processes.hasCoordinator() || cloud.object(OPEN_RUN).isPresent()) {
      if (Instant.now().isAfter(limit)) {
        findings.add("Run %d does not end".formatted(run + 1));
        return;
      }
      processes.tendWorkers();
      for (int code : processes.ended()) {
        // 1: it found another run open, which it left to its process.
        done |= code != 1;
        if (code > 2) {
          findings.add("A coordinator ends with %d".formatted(code));
        }
      }
      if (!processes.hasCoordinator() && (!done || cloud.object(OPEN_RUN).isPresent())) {
        processes.startCoordinator();
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }
}
