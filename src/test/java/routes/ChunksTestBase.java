package routes;

import static org.assertj.core.api.Assertions.assertThat;

import app.TestApplication;
import covid.RunReport;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;
import local.FeedServer;
import local.LocalCloud;
import local.LocalCloudExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Runs of a coordinator whose chunks workers store, all of them in this JVM. */
@ExtendWith(LocalCloudExtension.class)
abstract class ChunksTestBase {
  static final String SET = "who/CovidData.csv";
  static final String OPEN_RUN = "who/work/open-run.json";
  private static final String HEADER =
      "Date_reported,Country_code,Country,WHO_region,New_cases,Cumulative_cases,New_deaths,"
          + "Cumulative_deaths\n";

  final LocalCloud cloud;
  private final Deque<TestApplication> applications = new ArrayDeque<>();
  FeedServer feeds;

  ChunksTestBase(LocalCloud cloud) {
    this.cloud = cloud;
  }

  @BeforeEach
  void serveFeeds() {
    feeds = TestApplication.feeds();
  }

  @AfterEach
  void stop() {
    while (!applications.isEmpty()) {
      applications.pop().close();
    }
    feeds.close();
  }

  /** A process that plans runs and waits for workers. */
  TestApplication coordinator(String... settings) {
    return started(
        TestApplication.ofPlaces(
            cloud,
            feeds,
            "who",
            with(settings, "chunks.to", TestApplication.queue(cloud), "chunks.poll", "20ms")));
  }

  /** A process that stores chunks. */
  TestApplication worker(String... settings) {
    return started(TestApplication.working(cloud, feeds, "who", with(settings)));
  }

  private TestApplication started(TestApplication application) {
    applications.push(application);
    return application;
  }

  private String[] with(String[] settings, String... more) {
    return Stream.of(
            Stream.of("feed.who.url", feeds.nyt().toString(), "feed.stalled-after", "90000d"),
            Stream.of(more),
            Stream.of(settings))
        .flatMap(any -> any)
        .toArray(String[]::new);
  }

  /** Has the feed give these rows: place, date, cases, deaths. */
  void serve(String... rows) {
    StringBuilder csv = new StringBuilder(HEADER);
    for (String row : rows) {
      String[] cells = row.split(",", -1);
      csv.append(
          "%s,%s,%s,EUR,,%s,,%s\n".formatted(cells[1], cells[0], cells[0], cells[2], cells[3]));
    }
    TestApplication.nyt(feeds, csv.toString());
  }

  String set() {
    return cloud.object(SET).orElseThrow();
  }

  /** How many items a run inserted. */
  long itemsOf(String run) {
    return cloud.itemsOfPlaces().stream()
        .filter(item -> AttributeValue.fromS(run).equals(item.get("Run")))
        .count();
  }

  /** All that has to be true of a run that has ended, whatever happened. */
  void assertAddsUp(RunReport report) {
    RunReport.Days days = report.days();
    assertThat(days.added() + days.present() + days.deadLettered()).isEqualTo(days.joined());
    assertThat(itemsOf(report.id())).isEqualTo(report.added());
    assertThat(cloud.object("who/runs/%s.json".formatted(report.id()))).isPresent();
    assertThat(cloud.keys("who/open-runs/")).isEmpty();
    assertThat(cloud.object(OPEN_RUN)).isEmpty();
    assertThat(
            cloud.messages().stream()
                .filter(message -> report.id().equals(message.attributes().get("runId"))))
        .hasSizeLessThanOrEqualTo(1);
  }

  /** The requests of a service since they were forgotten. */
  List<String> requests(String begin) {
    return cloud.requests().stream().filter(line -> line.startsWith(begin)).toList();
  }
}
