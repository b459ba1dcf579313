package routes;

import static java.nio.charset.StandardCharsets.UTF_8;

import app.TestApplication;
import aws.ItemLayout;
import covid.Day;
import covid.DayKey;
import covid.DaySelection;
import covid.KeySchema;
import covid.Metric;
import covid.Place;
import covid.RevisionReport;
import java.io.IOException;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import local.FeedServer;
import local.LocalCloud;
import local.LocalCloudExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import web.Json;

/**
 * The command take-revisions against a published set and a table that a test lays down. Of a table
 * of many places the days are of two places, and lack figures.
 */
@ExtendWith(LocalCloudExtension.class)
abstract class RevisionTestBase {
  static final String VERSION = "2026-11-29T06-00-00Z-7f3a9c01";
  private static final LocalDate START = LocalDate.parse("2020-01-22");

  final LocalCloud cloud;
  private FeedServer feeds;
  private TestApplication application;
  KeySchema key = KeySchema.DATE;

  RevisionTestBase(LocalCloud cloud) {
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

  FeedServer feeds() {
    return feeds;
  }

  /** The application, started by its first use with these settings. */
  TestApplication application(String... settings) {
    if (application == null) {
      application =
          TestApplication.takingRevisions(
              key == KeySchema.DATE ? Optional.empty() : Optional.of("world"),
              cloud,
              feeds,
              Stream.concat(Stream.of("store.table", table()), Stream.of(settings))
                  .toArray(String[]::new));
    }
    return application;
  }

  RevisionReport take() {
    return application().takeRevisions(DaySelection.ALL);
  }

  // --- What is published, and what is stored

  /** Four days, as the table has them. */
  List<Day> stored() {
    return List.of(day(0, 1), day(1, 2), day(2, 5), day(3, 7));
  }

  /** The same days, of which the second and the last are revised, and one that the table lacks. */
  List<Day> published() {
    return List.of(day(0, 1), revised(1), day(2, 5), revised(3), day(4, 9));
  }

  /** The days of the table with the published figures. */
  List<Day> taken() {
    return published().subList(0, 4);
  }

  Day revised(int number) {
    return number == 1 ? day(1, 3) : day(3, 1_008);
  }

  /** A day of one place; or of every other one of two, of which the odd ones have no deaths. */
  Day day(int number, long cases) {
    Map<Metric, Long> figures = new HashMap<>(Map.of(Metric.CASES, cases));
    if (key == KeySchema.DATE) {
      figures.putAll(Map.of(Metric.DEATHS, 0L, Metric.RECOVERED, 1L));
      return day("US", number, figures);
    }
    if (cases == 2) {
      // The revision has none.
      figures.put(Metric.DEATHS, 1L);
    }
    return day(number % 2 == 0 ? "DE" : "Korea, South", number, figures);
  }

  static Day day(String place, int number, Map<Metric, Long> figures) {
    return new Day(new DayKey(new Place(place), START.plusDays(number)), figures);
  }

  /** Publishes the revised set, and stores the days as they were before. */
  void layDown() {
    publish(published());
    stored().forEach(this::store);
  }

  void publish(Collection<Day> days) {
    String header =
        key == KeySchema.DATE
            ? "Date,Cases,Deaths,Country,Recovered"
            : "Place,Date,Cases,Deaths,Recovered";
    String csv =
        Stream.concat(Stream.of(header), days.stream().sorted(this::byKey).map(this::line))
            .collect(Collectors.joining("\n", "", "\n"));
    cloud
        .s3Client()
        .putObject(
            put ->
                put.bucket(cloud.bucket())
                    .key(prefix() + "CovidData.csv")
                    .metadata(Map.of("version", VERSION, "pulled-at", "2026-11-29T06:00:00Z")),
            RequestBody.fromString(csv));
  }

  private int byKey(Day one, Day other) {
    return one.key().compareTo(other.key());
  }

  private String line(Day day) {
    String cases = figure(day, Metric.CASES);
    String deaths = figure(day, Metric.DEATHS);
    String recovered = figure(day, Metric.RECOVERED);
    return key == KeySchema.DATE
        ? String.join(",", day.date().toString(), cases, deaths, day.place().name(), recovered)
        : String.join(
            ",", "\"" + day.place() + "\"", day.date().toString(), cases, deaths, recovered);
  }

  private static String figure(Day day, Metric metric) {
    return day.figure(metric).isPresent() ? Long.toString(day.figure(metric).getAsLong()) : "";
  }

  /** Stores a day as an earlier run would. */
  void store(Day day) {
    store(layout().item(day, "earlier"));
  }

  void store(Map<String, AttributeValue> item) {
    cloud.dynamoDbClient().putItem(put -> put.tableName(table()).item(item));
  }

  ItemLayout layout() {
    return new ItemLayout(key, Metric.PUBLISHED);
  }

  String table() {
    return key == KeySchema.DATE ? cloud.table() : cloud.tableOfPlaces();
  }

  String prefix() {
    return key == KeySchema.DATE ? "" : "world/";
  }

  // --- What comes of it

  List<Map<String, AttributeValue>> items() {
    return key == KeySchema.DATE ? cloud.items() : cloud.itemsOfPlaces();
  }

  /** The items that an earlier run would have stored with these figures. */
  List<Map<String, AttributeValue>> items(Collection<Day> days) {
    return days.stream().map(day -> layout().item(day, "earlier")).toList();
  }

  List<String> keys(String folder) {
    return cloud.keys(prefix() + folder);
  }

  /** The only record in the bucket, or the newest. */
  RevisionReport recorded() {
    List<String> keys = keys("revisions/");
    return recorded(keys.get(keys.size() - 1));
  }

  RevisionReport recorded(String object) {
    try {
      byte[] json = cloud.object(object).orElseThrow().getBytes(UTF_8);
      return new Json(key).read(json, RevisionReport.class).orElseThrow();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** How often this was asked of a service since the requests were forgotten. */
  long count(String request) {
    return cloud.requests().stream().filter(line -> line.startsWith(request)).count();
  }
}
