package routes;

import app.TestApplication;
import aws.ItemLayout;
import covid.Day;
import covid.DayColumns;
import covid.DayKey;
import covid.JoinedDays;
import covid.KeySchema;
import covid.Metric;
import covid.Place;
import covid.PullFact;
import covid.Run;
import covid.RunFact;
import covid.RunReport;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import local.FeedServer;
import local.LocalCloud;
import local.LocalCloudExtension;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The stages replay and store of the application with a table of many places. */
@ExtendWith(LocalCloudExtension.class)
abstract class PlaceStoreTestBase {
  static final ItemLayout LAYOUT = new ItemLayout(KeySchema.PLACE_DATE, Metric.PUBLISHED);
  static final LocalDate START = LocalDate.parse("2020-01-22");
  static final String BATCH = "BatchExecuteStatement";
  private static final Instant NOW = Instant.parse("2026-11-29T06:00:00Z");

  final LocalCloud cloud;
  private FeedServer feeds;
  private TestApplication application;
  private int runs;

  PlaceStoreTestBase(LocalCloud cloud) {
    this.cloud = cloud;
  }

  @BeforeEach
  void serveFeeds() {
    feeds = TestApplication.feeds();
  }

  @AfterEach
  void stop() {
    if (application != null) {
      application.close();
    }
    feeds.close();
  }

  /** Starts the application with these settings. */
  void start(String... settings) {
    application = TestApplication.ofPlaces(cloud, feeds, "world", settings);
  }

  /** A run that joins these days: it replays the dead letter and stores. */
  RunReport store(Collection<Day> days) {
    if (application == null) {
      start();
    }
    Run run = Run.begin("run-" + ++runs, "command", NOW);
    if (stage("direct:replay-dead-letters", run)) {
      run.note(new PullFact.DaysJoined(new JoinedDays(DayColumns.copyOf(days), new TreeMap<>())));
      stage("direct:store-days", run);
    }
    run.note(new RunFact.StagesEnded(NOW));
    return run.report();
  }

  private boolean stage(String route, Run run) {
    Exchange end =
        application
            .context()
            .createFluentProducerTemplate()
            .to(route)
            .withVariable("run", run)
            .send();
    if (end.getException() != null) {
      run.note(new RunFact.RunFailed(Reason.of(end.getException())));
    }
    return end.getException() == null;
  }

  /** The id of the last run. */
  String lastRun() {
    return "run-" + runs;
  }

  /** Puts a day as another program would. */
  void put(Day day, String run) {
    put(LAYOUT.item(day, run));
  }

  void put(Map<String, AttributeValue> item) {
    cloud.dynamoDbClient().putItem(put -> put.tableName(cloud.tableOfPlaces()).item(item));
  }

  /** How often this was asked of a service since the requests were forgotten. */
  long count(String request) {
    return cloud.requests().stream().filter(line -> line.startsWith(request)).count();
  }

  /** The first days of some places. */
  static List<Day> days(int count, String... places) {
    List<Day> days = new ArrayList<>();
    for (String place : places) {
      IntStream.range(0, count).mapToObj(number -> day(place, number)).forEach(days::add);
    }
    return days;
  }

  /** A day, of which every third has no deaths. */
  static Day day(String place, int number) {
    return number % 3 == 2
        ? day(place, number, Map.of(Metric.CASES, (long) number))
        : day(place, number, Map.of(Metric.CASES, (long) number, Metric.DEATHS, 0L));
  }

  static Day day(String place, int number, Map<Metric, Long> figures) {
    return new Day(new DayKey(new Place(place), START.plusDays(number)), figures);
  }
}
