package routes;

import static java.util.concurrent.Executors.newFixedThreadPool;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import app.TestApplication;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import local.Fault;
import local.LocalCloud;
import org.junit.jupiter.api.Test;

/** When the bucket is asked for something newer, and when it is not. */
class RefreshApiTest extends ApiTestBase {
  private static final String GET_SET = "S3 GET covid-data/CovidData.csv";

  private static final String OTHER_SET =
      "Date,Cases,Deaths,Country,Recovered\n2020-01-22,1,0,US,0\n2020-01-23,7,1,US,1\n";

  RefreshApiTest(LocalCloud cloud) {
    super(cloud);
  }

  @Test
  void aRunInAnotherProcessShowsAtTheNextRefresh() throws Exception {
    put("CovidData.csv", SET);
    try (Api reader = another("http.refresh", "50ms");
        Api runner = another()) {
      assertThat(reader.get("/CovidData.csv").body()).isEqualTo(SET);
      TestApplication.nyt(feeds, TestApplication.NYT.replace("2020-01-24,5,1", "2020-01-24,6,1"));
      String id = runner.application().run().id();

      until(() -> reader.get("/CovidData.csv").body().contains("2020-01-24,6,1,US,2\n"));
      until(() -> reader.get("/runs").body().contains(id));
    }
  }

  @Test
  void theBucketIsNotAskedBeforeTheRefreshIsDue() throws Exception {
    put("CovidData.csv", SET);
    putReport(RUN);
    try (Api reader = another("http.refresh", "1h")) {
      String days = reader.get("/days").body();
      String runs = reader.get("/runs").body();
      put("CovidData.csv", OTHER_SET);
      putReport("2026-11-22T22-00-00Z-0001");
      cloud.forgetRequests();

      assertThat(reader.get("/days").body()).isEqualTo(days);
      assertThat(reader.get("/CovidData.csv").body()).isEqualTo(SET);
      assertThat(reader.get("/runs").body()).isEqualTo(runs);
      // The chart of a run of an earlier test may be put meanwhile.
      assertThat(asked()).filteredOn(request -> !request.startsWith("S3 PUT")).isEmpty();
    }
  }

  @Test
  void aRunInTheSameProcessShowsAtOnce() throws Exception {
    try (Api reader = another("http.refresh", "1h")) {
      String first = reader.application().run().id();
      assertThat(reader.get("/CovidData.csv").body()).isEqualTo(SET);
      assertThat(reader.get("/runs").body()).contains(first);
      TestApplication.nyt(feeds, TestApplication.NYT.replace("2020-01-24,5,1", "2020-01-24,6,1"));

      String second = reader.application().run().id();

      assertThat(reader.get("/CovidData.csv").body())
          .isEqualTo(SET.replace("2020-01-24,5,1", "2020-01-24,6,1"));
      assertThat(reader.get("/runs").body()).contains(first, second);
    }
  }

  @Test
  void aFirstRunShowsAtOnceAlthoughSomebodyAskedBefore() throws Exception {
    try (Api reader = another("http.refresh", "1h")) {
      assertThat(reader.get("/totals").statusCode()).isEqualTo(503);

      reader.application().run();

      assertThat(reader.get("/totals").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void aReadSetCostsOneRequestHoweverManyReadersThereAre() throws Exception {
    put("CovidData.csv", SET);
    try (Api reader = another("http.refresh", "1h")) {
      ExecutorService readers = newFixedThreadPool(50);
      List<Future<String>> answers = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        answers.add(readers.submit(() -> reader.get("/CovidData.csv").body()));
      }
      for (Future<String> answer : answers) {
        assertThat(answer.get()).isEqualTo(SET);
      }
      readers.shutdown();

      assertThat(asked()).containsExactly(GET_SET);
    }
  }

  @Test
  void totalsCostOneRequestAndThoseOfTheChart() throws Exception {
    put("CovidData.csv", SET);
    try (Api reader = another("http.refresh", "1h")) {
      for (int i = 0; i < 20; i++) {
        assertThat(reader.get("/totals").statusCode()).isEqualTo(200);
      }
      reader.bytes("/chart.png");

      assertThat(asked())
          .containsExactlyInAnyOrder(
              GET_SET, "S3 GET covid-data/comparison.png", "S3 PUT covid-data/comparison.png");
    }
  }

  @Test
  void noReaderEverCostsARequestToTheTable() throws Exception {
    put("CovidData.csv", SET);
    putReport(RUN);
    for (String path :
        List.of(
            "/",
            "/assets/app.js",
            "/totals",
            "/days",
            "/chart.png",
            "/chart.svg",
            "/CovidData.csv",
            "/runs",
            "/runs/" + RUN,
            "/openapi.json")) {
      assertThat(api.get(path).statusCode()).as(path).isEqualTo(200);
    }

    assertThat(asked()).isNotEmpty().allMatch(request -> request.startsWith("S3 "));
  }

  @Test
  void readersGoOnWithTheCopyWhileOneOfThemLooks() throws Exception {
    put("CovidData.csv", SET);
    assertThat(api.get("/CovidData.csv").body()).isEqualTo(SET);
    put("CovidData.csv", OTHER_SET);
    CountDownLatch looking = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    cloud.intercept(
        call -> {
          looking.countDown();
          assertThatCode(goOn::await).doesNotThrowAnyException();
          return Fault.none();
        });
    ExecutorService other = newFixedThreadPool(1);
    Future<String> one = other.submit(() -> api.get("/CovidData.csv").body());
    looking.await();

    assertThat(api.get("/CovidData.csv").body()).isEqualTo(SET);
    assertThat(asked().stream().filter(GET_SET::equals)).hasSize(2);
    goOn.countDown();
    assertThat(one.get()).isEqualTo(OTHER_SET);
    other.shutdown();
  }

  @Test
  void aSetThatIsStillTheSameIsNotSentAgain() throws Exception {
    put("CovidData.csv", SET);
    try (Watched s3 = new Watched(cloud.s3());
        Api reader = throughWatched(s3)) {
      assertThat(reader.get("/CovidData.csv").body()).isEqualTo(SET);
      String etag = Api.header(reader.get("/CovidData.csv"), "ETag").substring("W/".length());
      put("CovidData.csv", OTHER_SET);
      assertThat(reader.get("/CovidData.csv").body()).isEqualTo(OTHER_SET);

      assertThat(s3.seen)
          .containsExactly(
              "GET /covid-data/CovidData.csv null -> 200",
              "GET /covid-data/CovidData.csv " + etag + " -> 304",
              // Its metadata may name versions by now.
              "HEAD /covid-data/CovidData.csv null -> 200",
              "GET /covid-data/CovidData.csv " + etag + " -> 200");
    }
  }

  @Test
  void aSetThatIsPublishedOnceMoreIsSaidToBeAsNewAsThat() throws Exception {
    put("CovidData.csv", SET);
    api.get("/totals");
    cloud.intercept(
        call ->
            call.operation().equals("GET covid-data/CovidData.csv")
                ? Fault.answer(304, Map.of("Last-Modified", "Sun, 22 Nov 2099 21:00:00 GMT"), "")
                : Fault.none());

    assertThat(api.get("/totals").body()).contains("\"updatedAt\":\"2099-11-22T21:00:00Z\"");
  }

  private Api throughWatched(Watched s3) throws IOException {
    String before = System.setProperty("aws.endpointUrlS3", s3.uri().toString());
    try {
      return another("http.refresh", "1ms");
    } finally {
      System.setProperty("aws.endpointUrlS3", before);
    }
  }

  /** Stands before S3 and sees what is asked for with If-None-Match, and what is answered. */
  private static final class Watched implements AutoCloseable {
    private final HttpServer server;
    private final HttpClient http =
        HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI s3;
    private final List<String> seen = new CopyOnWriteArrayList<>();

    Watched(URI s3) throws IOException {
      this.s3 = s3;
      server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
      server.createContext("/", this::forward);
      server.start();
    }

    private void forward(HttpExchange exchange) throws IOException {
      try (exchange) {
        String etag = exchange.getRequestHeaders().getFirst("If-None-Match");
        HttpRequest.Builder request =
            HttpRequest.newBuilder(s3.resolve(exchange.getRequestURI()))
                .method(exchange.getRequestMethod(), BodyPublishers.noBody());
        if (etag != null) {
          request.header("If-None-Match", etag);
        }
        HttpResponse<byte[]> answer = http.send(request.build(), BodyHandlers.ofByteArray());
        seen.add(
            "%s %s %s -> %d"
                .formatted(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI(),
                    etag,
                    answer.statusCode()));
        for (String name : List.of("ETag", "Last-Modified", "Content-Type")) {
          answer
              .headers()
              .firstValue(name)
              .ifPresent(value -> exchange.getResponseHeaders().set(name, value));
        }
        int length = answer.body().length;
        exchange.sendResponseHeaders(answer.statusCode(), length == 0 ? -1 : length);
        exchange.getResponseBody().write(answer.body());
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
    }

    URI uri() {
      return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    @Override
    public void close() {
      server.stop(0);
    }
  }
}
