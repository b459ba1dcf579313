package routes;

import static local.Faults.always;
import static local.Faults.to;

import app.SharedApplication;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import local.Fault;
import local.FeedServer;
import local.Interceptor;
import local.LocalCloud;
import local.LocalCloudExtension;
import local.Polling;
import local.Service;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.core.sync.RequestBody;

/**
 * An application with servers, one for all tests of the class. Unless the class has settings of its
 * own, it looks into the bucket with every request, so that each test, which begins with an empty
 * one, gets what it puts there. It keeps what never changes, such as reports, so it is not shared
 * with other classes.
 */
@ExtendWith({LocalCloudExtension.class, SharedApplication.Extension.class})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ApiTestBase {
  static final String SET = IngestTestBase.SET;

  static final String RUN = "2026-11-22T21-00-00Z-7f3a";

  static final String REPORT =
      """
      {"id": "%1$s", "trigger": "schedule", "status": "succeeded", "added": 3,
       "startedAt": "2026-11-22T21:00:00.5Z", "finishedAt": "2026-11-22T21:00:07Z",
       "feeds": [{"name": "jhu", "newestDay": "2020-01-24"}, {"name": "nyt"}]}
      """;

  final LocalCloud cloud;
  FeedServer feeds;
  private final String[] settings;
  Api api;

  /**
   * @param settings of the application: name, value, name, value ...
   */
  ApiTestBase(LocalCloud cloud, String... settings) {
    this.cloud = cloud;
    this.settings = settings.length == 0 ? new String[] {"http.refresh", "1ms"} : settings;
  }

  @BeforeAll
  void open(SharedApplication shared) throws Exception {
    feeds = shared.feeds();
    api = another(settings);
  }

  @AfterAll
  void close() {
    if (api != null) {
      api.close();
    }
  }

  @BeforeEach
  void serveTheUsualFeeds(SharedApplication shared) {
    feeds = shared.feeds();
  }

  /** Another application on the same bucket. */
  Api another(String... settings) throws IOException {
    return Api.open(cloud, feeds, settings);
  }

  /** Puts something into the bucket past the application. */
  void put(String key, String text) {
    put(key, text, Map.of());
  }

  /** Puts an object with user-defined metadata into the bucket. */
  void put(String key, String text, Map<String, String> metadata) {
    cloud
        .s3Client()
        .putObject(
            put -> put.bucket(cloud.bucket()).key(key).metadata(metadata),
            RequestBody.fromString(text));
  }

  /** Puts the report of a run into the bucket. */
  void putReport(String id) {
    put("runs/" + id + ".json", REPORT.formatted(id));
  }

  /** When an object was written. */
  Instant lastModified(String key) {
    return cloud.s3Client().headObject(head -> head.bucket(cloud.bucket()).key(key)).lastModified();
  }

  /** How often exactly this was asked of S3 since the requests were forgotten. */
  long s3(String operation) {
    return cloud.requests().stream().filter(("S3 " + operation)::equals).count();
  }

  /** What was asked since the requests were forgotten, whatever it was. */
  List<String> asked() {
    return cloud.requests();
  }

  static Interceptor s3Away() {
    return always(to(Service.S3), Fault.dropBefore());
  }

  /**
   * Waits until the page has the picture of the set in the bucket: it has no new one before the
   * request for it has been answered.
   */
  void awaitThePictureOfTheSet() throws Exception {
    String updated = "id=\"updated\" datetime=\"%s\"".formatted(lastModified("CovidData.csv"));
    until(
        () -> {
          String body = api.get("/").body();
          // A set of the same second may have been there before.
          return body.contains(updated) && body.equals(api.get("/").body());
        });
  }

  /** Waits for something that takes a moment; the time limit of tests ends it. */
  static <E extends Exception> void until(Polling.Condition<E> condition)
      throws E, InterruptedException {
    Polling.until(condition);
  }
}
