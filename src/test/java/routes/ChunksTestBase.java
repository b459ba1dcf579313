package routes;

import static org.assertj.core.api.Assertions.assertThat;

import app.TestApplication;
import aws.ItemLayout;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import covid.Day;
import covid.DayKey;
import covid.KeySchema;
import covid.Metric;
import covid.Place;
import covid.RunReport;
import java.io.IOException;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;
import java.util.stream.Stream;
import local.Call;
import local.Fault;
import local.Faults;
import local.FeedServer;
import local.Interceptor;
import local.LocalCloud;
import local.LocalCloudExtension;
import local.Message;
import local.Polling;
import local.Service;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Runs of a coordinator whose chunks workers store, all of them in this JVM. The tests of a class
 * have the same feeds, coordinators and workers, since to start one takes longer than a run.
 */
@ExtendWith(LocalCloudExtension.class)
@TestInstance(Lifecycle.PER_CLASS)
abstract class ChunksTestBase {
  static final String SET = "who/CovidData.csv";
  static final String OPEN_RUN = "who/work/open-run.json";
  private static final String HEADER =
      "Date_reported,Country_code,Country,WHO_region,New_cases,Cumulative_cases,New_deaths,"
          + "Cumulative_deaths\n";

  static final ObjectMapper JSON = new ObjectMapper();
  static final ItemLayout LAYOUT =
      new ItemLayout(KeySchema.PLACE_DATE, List.of(Metric.CASES, Metric.DEATHS));
  static final Place DE = new Place("DE");
  static final Place FR = new Place("FR");

  final LocalCloud cloud;
  private final Map<List<String>, TestApplication> applications = new LinkedHashMap<>();
  final FeedServer feeds = TestApplication.feeds();

  ChunksTestBase(LocalCloud cloud) {
    this.cloud = cloud;
  }

  /** Not in the time of the first test. */
  @BeforeAll
  void startQueue() {
    cloud.sqsClient();
  }

  /**
   * A worker may have a chunk in hand: what it inserts must not be in the table of the next run.
   */
  @AfterEach
  void letWorkersEnd() throws InterruptedException {
    cloud.reset();
    for (TestApplication application : applications.values()) {
      Polling.until(() -> application.context().getInflightRepository().size() == 0);
    }
    cloud.reset();
  }

  @AfterAll
  void stop() {
    applications.values().forEach(TestApplication::close);
    feeds.close();
  }

  /** A process that plans runs and waits for workers; the same one for the same settings. */
  TestApplication coordinator(String... settings) {
    return applications.computeIfAbsent(
        key("run", settings),
        key ->
            TestApplication.ofPlaces(
                cloud,
                feeds,
                "who",
                with(settings, "chunks.to", TestApplication.queue(cloud), "chunks.poll", "20ms")));
  }

  /** A process that stores chunks, one at a time; the same one for the same settings. */
  TestApplication worker(String... settings) {
    return applications.computeIfAbsent(
        key("work", settings),
        key ->
            TestApplication.working(cloud, feeds, "who", with(settings, "store.concurrency", "1")));
  }

  /** A process that stores the days itself. */
  TestApplication alone() {
    return applications.computeIfAbsent(
        key("alone"), key -> TestApplication.ofPlaces(cloud, feeds, "who", with(new String[0])));
  }

  private static List<String> key(String command, String... settings) {
    return Stream.concat(Stream.of(command), Stream.of(settings)).toList();
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

  /** All that has to be true of a run that has stored, whatever happened. */
  void assertAddsUp(RunReport report) {
    RunReport.Days days = report.days();
    assertThat(days.added() + days.present() + days.deadLettered()).isEqualTo(days.joined());
    assertThat(itemsOf(report.id())).isEqualTo(report.added());
    assertEnds(report);
  }

  /** All that has to be true of a run that has ended: one report, one text, nothing open. */
  void assertEnds(RunReport report) {
    assertThat(cloud.object("who/runs/%s.json".formatted(report.id()))).isPresent();
    assertThat(cloud.keys("who/open-runs/")).isEmpty();
    assertThat(cloud.object(OPEN_RUN)).isEmpty();
    assertThat(textsOf(report.id())).hasSize(1);
  }

  /** The different texts of the messages of a run. */
  Set<String> textsOf(String run) {
    return Set.copyOf(messagesOf(run));
  }

  /** What the messages of a run say, oldest first. */
  List<String> messagesOf(String run) {
    return cloud.messages().stream()
        .filter(message -> run.equals(message.attributes().get("runId")))
        .map(Message::text)
        .toList();
  }

  /** The requests of a service since they were forgotten. */
  List<String> requests(String begin) {
    return cloud.requests().stream().filter(line -> line.startsWith(begin)).toList();
  }

  /** A day of a place. */
  static Day day(Place place, String date, long cases, long deaths) {
    return new Day(
        new DayKey(place, LocalDate.parse(date)),
        Map.of(Metric.CASES, cases, Metric.DEATHS, deaths));
  }

  /** Puts an item as another program would, or a worker for a run. */
  void put(Day day, String run) {
    put(LAYOUT.item(day, run));
  }

  void put(Map<String, AttributeValue> item) {
    cloud.dynamoDbClient().putItem(put -> put.tableName(cloud.tableOfPlaces()).item(item));
  }

  void putObject(String key, String text) {
    cloud
        .s3Client()
        .putObject(put -> put.bucket(cloud.bucket()).key(key), RequestBody.fromString(text));
  }

  void removeObject(String key) {
    cloud.s3Client().deleteObject(delete -> delete.bucket(cloud.bucket()).key(key));
  }

  /** Sends a message of any text to the queue. */
  void send(String body) {
    cloud.sqsClient().sendMessage(send -> send.queueUrl(cloud.queueUrl()).messageBody(body));
  }

  /** Throttles a day, whether it is inserted in a batch or put alone. */
  void refuse(String date) {
    cloud.intercept(refusing(date));
  }

  /** Throttles the days whose requests have these words. */
  static Interceptor refusing(String... words) {
    Predicate<String> which = text -> Stream.of(words).allMatch(text::contains);
    return call -> {
      if (call.is(Service.DYNAMODB, "BatchExecuteStatement")) {
        return Fault.statementsRefused(which, "ThrottlingError");
      }
      return call.is(Service.DYNAMODB, "PutItem") && which.test(call.body())
          ? Faults.THROTTLED
          : Fault.none();
    };
  }

  /** The body of the message that a call sends. */
  static JsonNode message(Call call) {
    try {
      return JSON.readTree(JSON.readTree(call.body()).get("MessageBody").textValue());
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** The key of the object with the days of a chunk. */
  static String chunk(JsonNode message) {
    return "who/work/%s/chunks/%s.csv.gz"
        .formatted(message.get("run").textValue(), message.get("object").textValue());
  }

  /** Does something in a thread of its own. */
  static <T> CompletableFuture<T> async(Callable<T> work) {
    CompletableFuture<T> result = new CompletableFuture<>();
    new Thread(
            () -> {
              try {
                result.complete(work.call());
              } catch (Exception e) {
                result.completeExceptionally(e);
              }
            })
        .start();
    return result;
  }

  /** A process that could do runs, and serves. */
  Api serving(String... more) throws IOException {
    Stream<String> queued =
        Stream.of(
            "chunks.to",
            TestApplication.queue(cloud),
            "chunks.poll",
            "20ms",
            "store.table",
            cloud.tableOfPlaces(),
            "feed.who.url",
            feeds.nyt().toString());
    return Api.open(
        Optional.of("who"),
        cloud,
        feeds,
        Stream.concat(queued, Stream.of(more)).toArray(String[]::new));
  }

  /** Waits for an event; the time limit of the test ends a wait in vain. */
  static void await(CountDownLatch event) {
    try {
      event.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
