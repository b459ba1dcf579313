package routes;

import app.SharedApplication;
import app.TestApplication;
import aws.ItemLayout;
import covid.Day;
import covid.RunReport;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import local.FeedServer;
import local.LocalCloud;
import local.LocalCloudExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The application against an empty cloud and the three days of {@link TestApplication}. */
@ExtendWith({LocalCloudExtension.class, SharedApplication.Extension.class})
abstract class IngestTestBase {
  static final Day DAY_22 = day("2020-01-22", 1, 0, 0);
  static final Day DAY_23 = day("2020-01-23", 2, 1, 1);
  static final Day DAY_24 = day("2020-01-24", 5, 1, 2);

  static final String SET =
      """
      Date,Cases,Deaths,Country,Recovered
      2020-01-22,1,0,US,0
      2020-01-23,2,1,US,1
      2020-01-24,5,1,US,2
      """;

  final LocalCloud cloud;
  FeedServer feeds;
  private SharedApplication shared;
  private TestApplication application;
  private TestApplication own;

  IngestTestBase(LocalCloud cloud) {
    this.cloud = cloud;
  }

  @BeforeEach
  void serveFeeds(SharedApplication shared) {
    this.shared = shared;
    feeds = shared.feeds();
    application = null;
  }

  @AfterEach
  void stop() {
    if (own != null) {
      own.close();
    }
  }

  /** The application: the one that this test has asked for, or the one without settings. */
  TestApplication application() {
    return application == null ? shared.on(cloud) : application;
  }

  /** Has an application with these settings, which it shares with other tests. */
  TestApplication application(String setting, String value, String... more) {
    application =
        shared.on(
            cloud,
            Stream.concat(Stream.of(setting, value), Stream.of(more)).toArray(String[]::new));
    return application;
  }

  /** Starts an application for this test alone. */
  TestApplication ownApplication(String... settings) {
    own = TestApplication.start(cloud, feeds, settings);
    application = own;
    return own;
  }

  /** One run of the application. */
  RunReport run() throws Exception {
    return application().run();
  }

  static Day day(String date, long cases, long deaths, long recovered) {
    return Day.of(LocalDate.parse(date), "US", cases, deaths, recovered);
  }

  void store(Day day) {
    cloud
        .dynamoDbClient()
        .putItem(put -> put.tableName(cloud.table()).item(ItemLayout.OF_ONE_PLACE.item(day, "")));
  }

  static Map<String, AttributeValue> item(Day day) {
    return ItemLayout.OF_ONE_PLACE.item(day, "");
  }

  /** How often this was asked of a service since the requests were forgotten. */
  long count(String request) {
    return cloud.requests().stream().filter(line -> line.startsWith(request)).count();
  }

  List<LocalDate> deadLetters(RunReport report) {
    return report.deadLetters().stream().map(letter -> letter.day().date()).toList();
  }
}
