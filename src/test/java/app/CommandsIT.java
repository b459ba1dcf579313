package app;

import static app.TestApplication.freePort;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import local.Fault;
import local.FeedServer;
import local.LocalCloud;
import local.Service;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Commands of the packaged program; most are tested in this JVM, see {@link CommandsTest}. */
class CommandsIT extends JarTestBase {
  CommandsIT(LocalCloud cloud) {
    super(cloud);
  }

  @Test
  void exitsWith0WhenDoneAndPrintsTheSummary() throws Exception {
    Jar.Ended run = jar().run("run");

    assertThat(run.err()).contains("Joined 3 days").doesNotContain("\tat ");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).startsWith("3 row(s) have been added\n\nRun       ");
    assertThat(cloud.items()).hasSize(3);
  }

  @Tag("slow")
  @Test
  void checksWhatARunNeeds() throws Exception {
    Jar.Ended check =
        jar().with("HTTP_PORT", freePort()).with("MANAGEMENT_PORT", freePort()).run("check");

    assertThat(check.err()).isEmpty();
    assertThat(check.out()).contains("\nok       table  ", "\nok       feed nyt  ");
    assertThat(check.exitCode()).isZero();
    assertThat(cloud.keys("")).isEmpty();
  }

  /** The server of the feeds is the proxy, too: it answers whatever host it is asked for. */
  @Test
  void asksForAFeedThroughAProxyWithItsHeadersAndShowsNoSecret() throws Exception {
    List<String> logins = new CopyOnWriteArrayList<>();
    feeds.answer(
        feeds.nyt().getPath(),
        exchange -> {
          String proxy = exchange.getRequestHeaders().getFirst("Proxy-Authorization");
          if (proxy == null) {
            exchange.getResponseHeaders().set("Proxy-Authenticate", "Basic realm=\"proxy\"");
            exchange.sendResponseHeaders(407, -1);
          } else {
            String feed = exchange.getRequestHeaders().getFirst("Authorization");
            logins.add(exchange.getRequestURI() + " " + proxy + " " + feed);
            exchange.sendResponseHeaders(401, -1);
          }
        });

    Jar.Ended run =
        jar()
            .with("HTTP_PROXY", "http://me:secret-1@" + feeds.uri().getAuthority())
            .with("NO_PROXY", "127.0.0.1")
            .with("FEED_NYT_URL", "http://feeds.test/us.csv")
            .with("FEED_NYT_HEADERS", "Authorization: Bearer secret-2")
            .run("run");

    assertThat(logins)
        .containsExactly(
            "http://feeds.test/us.csv Basic bWU6c2VjcmV0LTE= Bearer secret-2"); // me:secret-1
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out())
        .startsWith(
            "Feed nyt: http://feeds.test/us.csv answered 401 Unauthorized: the server, or a proxy, asks"
                + " for an account; correct feed.nyt.url or feed.nyt.headers.\n")
        .doesNotContain("secret-", "bWU6");
    assertThat(run.err()).contains("401").doesNotContain("secret-", "bWU6");
    // What is packed is the body of the other feed.
    for (String key : cloud.keys("").stream().filter(any -> !any.endsWith(".gz")).toList()) {
      assertThat(cloud.object(key).orElseThrow()).doesNotContain("secret-");
    }
    assertThat(cloud.messages()).hasSize(1);
    assertThat(cloud.messages().get(0).text()).doesNotContain("secret-");
  }

  @Tag("slow")
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ARCHIVE_BUCKET | '' | archive.bucket is empty; set it, or ARCHIVE_BUCKET in the environment",
        "FEED_TIMEOUT | soon | feed.timeout is 'soon', which is not a duration such as 10s or 5m",
        "HTTPS_PROXY | socks5://secret:1 | HTTPS_PROXY in the environment is not the address of a"
            + " proxy such as http://proxy:3128; in a password, write %40 for @",
        "FEED_JHU_HEADERS | secret | feed.jhu.headers: header 1 of 1 is not 'Name: value' (several"
            + " are separated by ; or by line ends)",
        "HTTP_PORT | 0 | http.port is '0', which is not a whole number from 1 to 65535",
      })
  void exitsWith64OnAMissingOrWrongSetting(String name, String value, String line)
      throws Exception {
    assertThat(jar().with(name, value).run("run")).isEqualTo(new Jar.Ended(64, "", line + "\n"));
  }

  @Tag("slow")
  @Test
  void exitsWith64AndNamesAllThatIsWrong() throws Exception {
    Jar.Ended run =
        jar()
            .with("STORE_CONCURRENCY", "many")
            .with("FEED_NYT_ULR", "http://127.0.0.1")
            .with("AWS_ENDPOINT_URL_S3", "nonsense")
            .with("FEED_JHU_COUNTRY", "Germany")
            .run("publish-site");

    assertThat(run)
        .isEqualTo(
            new Jar.Ended(
                64,
                "",
                """
                feed.jhu.country is 'Germany' and feed.nyt.place is 'US', so figures of two places would be joined: give feed.nyt.url a feed of 'Germany' and set feed.nyt.place to it
                store.concurrency is 'many', which is not a whole number from 1 to 1000
                FEED_NYT_ULR in the environment is not a setting; did you mean FEED_NYT_URL?
                AWS_ENDPOINT_URL_S3 in the environment is not an http or https address
                """));
  }

  /** What Kubernetes sets for services, and names that only look like settings. */
  @Test
  void takesNothingFromServicesOfKubernetesAndWarnsOnceOfStrangers() throws Exception {
    Jar.Ended run =
        jar()
            .with("HTTP_PORT", "tcp://10.0.0.1:80")
            .with("STORE_SERVICE_HOST", "10.0.0.1")
            .with("STORE_FRONT", "open")
            .with("CHART_COLOUR", "red")
            .run("run", "--dry-run");

    assertThat(run.exitCode()).isZero();
    assertThat(run.err().lines().filter(line -> line.contains(" WARN ")))
        .singleElement()
        .asString()
        .endsWith("No settings of this program, and without effect: CHART_COLOUR, STORE_FRONT");
  }

  /** Each of these used to end in an exception of Java. */
  @Test
  void readsSettingsWithBlanksAndLineBreaksBehind() throws Exception {
    Jar jar = jar();
    List.of("FEED_NYT_URL", "FEED_JHU_URL", "FEED_RETRIES", "STORE_RETRIES", "ANNOUNCE_TOPIC")
        .forEach(name -> jar.with(name, jar.value(name) + "\n"));
    Jar.Ended run =
        jar.with("STORE_CONCURRENCY", "8 ")
            .with("STORE_TABLE", cloud.table() + "\n")
            .with("ARCHIVE_BUCKET", cloud.bucket() + " ")
            .with("ARCHIVE_KEY", "CovidData.csv\n")
            .with("LOG_FORMAT", "text ")
            .with("SITE_PUBLISH", "true ")
            .run("run");

    assertThat(run.err()).contains("ends: succeeded, 3 added");
    assertThat(run.exitCode()).isZero();
    assertThat(cloud.keys("")).contains("CovidData.csv", "site/index.html");
  }

  @Test
  void servesHealthAndStopsOnSigtermWith0() throws Exception {
    String http = freePort();
    String management = freePort();
    Jar jar = jar().with("HTTP_PORT", http).with("MANAGEMENT_PORT", management);
    CountDownLatch announced = new CountDownLatch(1);
    cloud.intercept(
        call -> {
          if (call.service() == Service.SNS) {
            announced.countDown();
          }
          return Fault.none();
        });
    Process process = jar.start("serve");
    announced.await();

    assertThat(get("http://127.0.0.1:" + management + "/observe/health")).isEqualTo(200);
    assertThat(get("http://127.0.0.1:" + http + "/pom.xml")).isEqualTo(404);
    assertThatExceptionOfType(IOException.class)
        .as("it listens only where it is told")
        .isThrownBy(() -> get("http://127.0.0.2:" + management + "/observe/health"));
    process.destroy();
    Jar.Ended ended = jar.end(process);

    assertThat(ended.exitCode()).isZero();
    assertThat(ended.err()).contains("catching up", "Stopping");
    assertThat(ended.err().lines().filter(line -> line.contains("  start  ")))
        .extracting(line -> line.replaceFirst(".*  start  +", ""))
        .satisfiesExactly(
            line -> assertThat(line).matches("event-driven-camel \\S+ on Java \\S+"),
            line ->
                assertThat(line)
                    .startsWith(
                        "Settings: packed application.properties, packed datasets/us.properties;"
                            + " environment: ANNOUNCE_TOPIC, ")
                    .doesNotContain(cloud.topicArn()),
            line ->
                assertThat(line)
                    .startsWith(
                        "Changed settings: announce.topic=%s, archive.bucket="
                            .formatted(cloud.topicArn())),
            line ->
                assertThat(line)
                    .isEqualTo(
                        "Listening on 127.0.0.1:%s, for operators on 127.0.0.1:%s"
                            .formatted(http, management)),
            line ->
                assertThat(line)
                    .matches("The next run is due at \\d{4}-\\d\\d-\\d\\dT16:00 America/New_York"));
    assertThat(cloud.items()).hasSize(3);
  }

  @Tag("slow")
  @Test
  void runsByTheClock() throws Exception {
    Jar jar =
        jar()
            .with("HTTP_PORT", freePort())
            .with("MANAGEMENT_PORT", freePort())
            .with("SCHEDULE_CRON", "* * * * * ?");
    CountDownLatch announced = new CountDownLatch(1);
    cloud.intercept(
        call -> {
          if (call.service() == Service.SNS && call.body().contains("by+schedule")) {
            announced.countDown();
          }
          return Fault.none();
        });
    Process process = jar.start("serve");

    announced.await();
    process.destroy();

    assertThat(jar.end(process).exitCode()).isZero();
  }

  @Tag("slow")
  @Test
  void finishesTheRunThatIsOnWhenItIsStopped() throws Exception {
    CountDownLatch storing = new CountDownLatch(1);
    CountDownLatch stopping = new CountDownLatch(1);
    cloud.intercept(
        call -> {
          if (call.is(Service.DYNAMODB, "Scan")) {
            storing.countDown();
            await(stopping);
          }
          return Fault.none();
        });
    Jar jar = jar();
    Process process = jar.start("run");
    storing.await();

    process.destroy();
    stopping.countDown();
    Jar.Ended ended = jar.end(process);

    assertThat(ended.err()).contains("has finished");
    assertThat(ended.exitCode()).isZero();
    assertThat(cloud.items()).hasSize(3);
    assertThat(cloud.keys("open-runs/")).isEmpty();
  }

  private static int get(String url) throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Tag("slow")
  @Test
  @Timeout(300)
  void takesAFeedAHundredTimesTheSizeIn64Megabytes() throws Exception {
    try (FeedServer large = FeedServer.synthetic(0, 100)) {
      Process process = Jar.in(folder, cloud, large).jvm("-Xmx64m").start("run");

      assertThat(process.waitFor()).isZero();
      assertThat(cloud.items()).hasSize(816);
    }
  }
}
