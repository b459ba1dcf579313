package app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Pattern;
import local.Fault;
import local.FreePorts;
import local.Interceptor;
import local.LocalCloud;
import local.Polling;
import local.Service;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The packaged program as a server whose surroundings come and go. */
@Tag("slow")
class ServeIT extends JarTestBase {
  private final HttpClient http = HttpClient.newHttpClient();
  private Process process;
  private int managementPort;

  ServeIT(LocalCloud cloud) {
    super(cloud);
  }

  @AfterEach
  void stop() {
    if (process != null) {
      process.destroyForcibly();
    }
  }

  @Test
  void startsWithoutAwsAndCatchesUpByItselfWhenItIsBack() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    cloud.intercept(
        call -> {
          asked.countDown();
          return Fault.dropBefore();
        });
    serve();
    asked.await();
    assertReady();
    assertThat(
            Jar.in(Files.createDirectory(folder.resolve("probe")), cloud, feeds)
                .with("MANAGEMENT_PORT", Integer.toString(managementPort))
                .run("health"))
        .isEqualTo(new Jar.Ended(0, "ready%n".formatted(), ""));

    CountDownLatch told = new CountDownLatch(1);
    cloud.intercept(untilTold(told));
    told.await();

    assertReady();
    assertThat(cloud.items()).hasSize(3);
    assertThat(cloud.object("CovidData.csv")).isPresent();
  }

  @Test
  void outlivesAFailedRunAndDoesTheNextOneWhenTheFeedIsBack() throws Exception {
    CountDownLatch failure = new CountDownLatch(1);
    feeds.answer(feeds.nyt().getPath(), exchange -> exchange.sendResponseHeaders(404, -1));
    cloud.intercept(untilTold(failure));
    serve("SCHEDULE_CRON", "* * * * * ?");
    failure.await();
    assertReady();

    CountDownLatch success = new CountDownLatch(1);
    cloud.intercept(
        call -> {
          if (call.service() == Service.SNS && call.body().contains("succeeded")) {
            success.countDown();
          }
          return Fault.none();
        });
    TestApplication.nyt(feeds, TestApplication.NYT);
    success.await();

    assertReady();
    assertThat(cloud.messages().get(0).subject()).isEqualTo("Covid Table Update FAILED");
    assertThat(cloud.items()).hasSize(3);
  }

  @Test
  void staysReadyWhenTheTableAndTheTopicAreAway() throws Exception {
    CountDownLatch scanned = new CountDownLatch(2);
    CountDownLatch published = new CountDownLatch(2);
    cloud.intercept(
        call -> {
          if (call.service() == Service.S3) {
            return Fault.none();
          }
          (call.service() == Service.SNS ? published : scanned).countDown();
          return Fault.dropBefore();
        });
    serve();
    scanned.await();
    assertReady();
    published.await();
    assertReady();
    assertThat(process.isAlive()).isTrue();
  }

  @Test
  void catchesUpNothingWhenARunHasEndedSinceItWasDue() throws Exception {
    jar().run("run");
    cloud.forgetRequests();
    Jar jar = serve();
    awaitEndOf("ingest-missed");
    process.destroy();
    jar.end(process);

    assertThat(cloud.requests()).allMatch(request -> request.startsWith("S3 GET"));
    assertThat(cloud.keys("runs/")).hasSize(1);
    assertThat(jar.said("err")).doesNotContain("catching up");
  }

  @Test
  void stopsAtOnceWhileItWaitsForTheBucket() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    cloud.intercept(
        call -> {
          asked.countDown();
          return Fault.dropBefore();
        });
    Jar jar = serve();
    asked.await();
    assertReady();

    long before = System.nanoTime();
    process.destroy();
    Jar.Ended ended = jar.end(process);
    long seconds = (System.nanoTime() - before) / 1_000_000_000;

    assertThat(ended.exitCode()).isZero();
    assertThat(seconds).isLessThan(10);
  }

  @Test
  void stopsAtOnceWhileItStarts() throws Exception {
    Jar jar = serve("ANNOUNCE_TOPIC", "");
    Polling.until(() -> jar.said("err").contains("no messages are published"));
    process.destroy();

    Jar.Ended ended = jar.end(process);

    assertThat(ended.exitCode()).isZero();
    assertThat(ended.err()).contains("Stopping").doesNotContain("Exception", "ERROR");
  }

  // --- The server

  private Jar serve(String... settings) throws IOException {
    managementPort = FreePorts.next();
    Jar jar =
        jar()
            .with("HTTP_PORT", TestApplication.freePort())
            .with("MANAGEMENT_PORT", Integer.toString(managementPort));
    for (int i = 0; i < settings.length; i += 2) {
      jar.with(settings[i], settings[i + 1]);
    }
    process = jar.start("serve");
    return jar;
  }

  private void assertReady() throws Exception {
    for (String check : new String[] {"health", "health/live", "health/ready"}) {
      URI uri = URI.create("http://127.0.0.1:" + managementPort + "/observe/" + check);
      assertThat(http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()))
          .as(check)
          .satisfies(answer -> assertThat(answer.body()).contains("UP"))
          .satisfies(answer -> assertThat(answer.statusCode()).isEqualTo(200));
    }
  }

  /** Waits until a route has done what it does once. */
  private void awaitEndOf(String route) throws Exception {
    URI metrics = URI.create("http://127.0.0.1:" + managementPort + "/observe/metrics");
    Pattern done =
        Pattern.compile("camel_exchanges_succeeded_total\\{.*routeId=\"" + route + "\"} 1\\.0");
    Polling.until(() -> done.matcher(answer(metrics)).find());
  }

  private String answer(URI uri) throws InterruptedException {
    try {
      return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();
    } catch (IOException e) {
      // It does not listen yet.
      return "";
    }
  }

  private Interceptor untilTold(CountDownLatch told) {
    return call -> {
      // The mark goes when the message is out: then the run is over but for that.
      if (call.service() == Service.S3 && call.operation().startsWith("DELETE ")) {
        told.countDown();
      }
      return Fault.none();
    };
  }
}
