package routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import app.TestApplication;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import local.Fault;
import local.LocalCloud;
import local.Service;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What readers get while the bucket takes its time: only those wait whose answer it has to give.
 */
class SlowBucketApiTest extends ApiTestBase {
  /** More than may wait, and far more than the workers that Vert.x has on its own. */
  private static final int MANY = 100;

  private static final int MOST_WAITING = 60;

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private CountDownLatch goOn;

  SlowBucketApiTest(LocalCloud cloud) {
    super(cloud);
  }

  @BeforeEach
  void letTheBucketWait() {
    goOn = new CountDownLatch(1);
  }

  /** Whatever a test has come to, nothing may hang on. */
  @AfterEach
  void letTheBucketAnswer() {
    goOn.countDown();
  }

  private CompletableFuture<HttpResponse<String>> ask(URI uri) {
    return http.sendAsync(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
  }

  private static String id(int number) {
    return "2026-11-22T21-00-00Z-%04x".formatted(number);
  }

  private static long unanswered(List<? extends Future<?>> requests) {
    return requests.stream().filter(request -> !request.isDone()).count();
  }

  @ParameterizedTest
  @CsvSource({
    "/runs/{id},     /totals",
    "/runs,          /totals",
    "/totals,        /runs",
    "/days,          /runs",
    "/chart.png,     /runs",
    "/chart.svg,     /runs",
    "/CovidData.csv, /runs",
    "/versions,      /runs",
    "/days?asOf=2026-11-22, /runs",
    "/diff?from=2026-11-22, /runs",
    "/days/2020-01-22/history, /runs",
    // The set is in memory, its chart is not.
    "/chart.png,     /days",
  })
  void readersThatWaitForTheBucketDoNotHoldUpTheOthers(String path, String inMemory)
      throws Exception {
    new VersionPublisher(cloud, "", 1).publish("2026-11-22T12:00:00Z", SET);
    IntStream.range(0, MANY).forEach(number -> putReport(id(number)));
    String management = TestApplication.freePort();
    try (Api reader =
        another(
            "http.refresh",
            "1h",
            "camel.management.enabled",
            "true",
            "management.port",
            management)) {
      assertThat(reader.get(inMemory).statusCode()).isEqualTo(200);
      URI ready = URI.create("http://127.0.0.1:" + management + "/observe/health/ready");
      CountDownLatch asked = new CountDownLatch(1);
      cloud.intercept(
          call -> {
            if (call.service() == Service.S3) {
              asked.countDown();
              assertThatCode(goOn::await).doesNotThrowAnyException();
            }
            return Fault.none();
          });

      List<CompletableFuture<HttpResponse<String>>> waiting =
          IntStream.range(0, MANY)
              .mapToObj(number -> ask(reader.uri().resolve(path.replace("{id}", id(number)))))
              .toList();
      asked.await();
      until(() -> unanswered(waiting) <= MOST_WAITING);

      for (String answered : List.of("/", "/assets/app.js", "/openapi.json", inMemory)) {
        assertThat(reader.get(answered).statusCode()).as(answered).isEqualTo(200);
      }
      assertThat(ask(ready).get().statusCode()).isEqualTo(200);
      assertThat(unanswered(waiting)).isEqualTo(MOST_WAITING);
      goOn.countDown();
      int refused = 0;
      for (CompletableFuture<HttpResponse<String>> request : waiting) {
        HttpResponse<String> answer = request.get();
        if (answer.statusCode() != 200) {
          refused++;
          assertBusy(answer);
        }
      }
      assertThat(refused).isEqualTo(MANY - MOST_WAITING);
    }
  }

  private static void assertBusy(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(Api.header(answer, "Retry-After")).isEqualTo("5");
    assertThat(answer.body())
        .isEqualTo(
            "{\"type\":\"urn:problem-type:busy\",\"title\":\"Too many requests wait\",\"status\":503,"
                + "\"detail\":\"Too many requests wait for the archive; try again in a little while.\"}");
  }

  /** A reader that waited for the bucket here would wait until the test is over. */
  @Test
  void thePageHasItsPictureFromMemory() throws Exception {
    put("CovidData.csv", SET);
    putReport(RUN);
    awaitThePictureOfTheSet();
    assertThat(api.get("/runs").statusCode()).isEqualTo(200);
    letS3Wait();

    HttpResponse<String> page = answered(api.uri());

    assertThat(page.body()).contains("<title>COVID-19 · US</title>", "<path class=\"bars");
    assertThat(answered(api.uri()).body()).isEqualTo(page.body());
  }

  @Test
  void whileNothingIsInMemoryThePageHasNoPictureAndThenItHas() throws Exception {
    put("CovidData.csv", SET);
    try (Api reader = another("http.refresh", "1h")) {
      letS3Wait();

      assertThat(answered(reader.uri()).body()).contains("<div id=\"app\"></div>");

      goOn.countDown();
      until(() -> reader.get("/").body().contains("<path class=\"bars"));
    }
  }

  private void letS3Wait() {
    cloud.intercept(
        call -> {
          if (call.service() == Service.S3) {
            assertThatCode(goOn::await).doesNotThrowAnyException();
          }
          return Fault.none();
        });
  }

  private HttpResponse<String> answered(URI uri) throws Exception {
    return ask(uri.resolve("/")).get(30, TimeUnit.SECONDS);
  }

  @Test
  void aRunDoesNotWaitForTheConnectionsOfReaders() throws Exception {
    IntStream.range(0, MANY).forEach(number -> putReport(id(number)));
    cloud.intercept(
        call -> {
          if (call.operation().startsWith("GET covid-data/runs/")) {
            assertThatCode(goOn::await).doesNotThrowAnyException();
          }
          return Fault.none();
        });
    List<CompletableFuture<HttpResponse<String>>> waiting =
        IntStream.range(0, MANY)
            .mapToObj(number -> ask(api.uri().resolve("/runs/" + id(number))))
            .toList();
    until(() -> unanswered(waiting) <= MOST_WAITING);

    String status = api.application().run().status().toString();

    assertThat(status).isEqualTo("succeeded");
    assertThat(unanswered(waiting)).isEqualTo(MOST_WAITING);
    goOn.countDown();
    CompletableFuture.allOf(waiting.toArray(CompletableFuture[]::new)).join();
  }
}
