package app;

import static app.TestApplication.freePort;
import static java.nio.charset.StandardCharsets.UTF_8;
import static local.Faults.always;
import static local.Faults.toPutOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
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

/** The commands of the packaged program, their exit codes and what they print. */
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

  @Test
  void exitsWith2WhenDaysWentToTheDeadLetter() throws Exception {
    cloud.intercept(always(toPutOf("2020-01-23"), Fault.dropBefore()));

    Jar.Ended run = jar().run("run");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out()).contains("Not written, and kept for the next run:\n  2020-01-23  ");
  }

  @Test
  void exitsWith3WhenTheGateRefusesThePull() throws Exception {
    TestApplication.nyt(feeds, "<html>");

    Jar.Ended run = jar().run("run");

    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.out()).startsWith("Feed nyt has no column 'date', 'cases', 'deaths'");
  }

  @Test
  void goesBackToAnEarlierVersionAndReleasesWhatItWithheld() throws Exception {
    jar().run("run");
    String right = version();
    TestApplication.nyt(feeds, TestApplication.NYT.replace("2020-01-24,5", "2020-01-24,6"));
    jar().run("run");
    String wrong = version();

    Jar.Ended back = jar().run("rollback", right, "--by", "Ada", "--reason", "a typing error");
    assertThat(back.exitCode()).isZero();
    assertThat(back.out())
        .matches(
            "Published version \\S+ with the content of %s: 3 days to 2020-01-24; 0 added, 1 revised, 0 removed against %s, which is withheld\n"
                .formatted(right, wrong));
    assertThat(jar().run("run").exitCode()).isEqualTo(3);
    Jar.Ended release = jar().run("release");
    assertThat(release.out()).isEqualTo("Released: " + wrong + "\n");
    assertThat(jar().run("run").exitCode()).isZero();
    assertThat(cloud.object("CovidData.csv").orElseThrow()).contains("2020-01-24,6");
  }

  @Test
  void importsFeedsOfAnEarlierTime() throws Exception {
    Path files = Files.createDirectory(folder.resolve("files"));
    Files.writeString(files.resolve("nyt.csv"), TestApplication.NYT);
    Files.writeString(files.resolve("jhu.csv"), TestApplication.JHU);
    String[] words = {
      "import-version", "--at", "2020-01-24T16:00:00-05:00", "--feeds-dir", "files"
    };

    Jar.Ended first = jar().run(words);
    assertThat(first.out())
        .matches(
            "Imported version 2020-01-24T21-00-00Z-\\w{8}: 3 days to 2020-01-24; 3 added, 0 revised,"
                + " 0 removed against none before it\\.\n");
    assertThat(first.exitCode()).isZero();
    assertThat(jar().run(words).out()).endsWith(" is there already.\n");
    Files.writeString(files.resolve("nyt.csv"), "<html>");
    Jar.Ended refused = jar().run(words);
    assertThat(refused.out()).startsWith("Feed nyt has no column 'date', 'cases', 'deaths': ");
    assertThat(refused.exitCode()).isEqualTo(3);
    assertThat(cloud.items()).isEmpty();
    assertThat(cloud.messages()).isEmpty();
  }

  @Tag("slow")
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "noon | Invalid value for option '--at': 'noon' is not a time such as 2020-10-06T21:00:00Z;"
            + " see --help",
        "2999-01-01T00:00:00Z | Invalid value for option '--at': '2999-01-01T00:00:00Z' is yet to"
            + " come; see --help",
        "2020-01-24T21:00:00Z | --feeds-dir: none is not a folder that can be read",
      })
  void exitsWith64OnAnImportOfWhatIsNotThere(String at, String line) throws Exception {
    Jar.Ended ended = jar().run("import-version", "--at", at, "--feeds-dir", "none");

    assertThat(ended.exitCode()).isEqualTo(64);
    assertThat(ended.out()).isEmpty();
    assertThat(ended.err()).endsWith(line + "\n");
    assertThat(cloud.keys("")).isEmpty();
  }

  @Tag("slow")
  @Test
  void saysWhyItCannotGoBack() throws Exception {
    Jar.Ended nameless = jar().run("rollback", "2020-01-01T00-00-00Z-01234567");
    assertThat(nameless.exitCode()).isEqualTo(64);
    assertThat(nameless.err()).contains("--by", "--reason");
    Jar.Ended early =
        jar().run("rollback", "2020-01-01T00-00-00Z-01234567", "--by", "Ada", "--reason", "none");
    assertThat(early.exitCode()).isEqualTo(1);
    assertThat(early.err()).contains("Nothing is published yet.").doesNotContain("\tat ");
  }

  private String version() {
    return cloud
        .s3Client()
        .headObject(head -> head.bucket(cloud.bucket()).key("CovidData.csv"))
        .metadata()
        .get("version");
  }

  @Test
  void exitsWith1WhenAFeedCannotBeHad() throws Exception {
    feeds.answer(feeds.nyt().getPath(), exchange -> exchange.sendResponseHeaders(404, -1));

    Jar.Ended run = jar().run("run");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out())
        .startsWith(
            "Feed nyt: %s answered 404 Not Found: the feed has moved or ended; correct feed.nyt.url.\n"
                .formatted(feeds.nyt()));
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

  @Test
  void printsWhatADryRunWouldAddAndTouchesNothing() throws Exception {
    Jar.Ended run = jar().run("run", "--dry-run");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .isEqualTo(
            """
            3 day(s) would be added
            2020-01-22  1 cases, 0 deaths, 0 recovered
            2020-01-23  2 cases, 1 deaths, 1 recovered
            2020-01-24  5 cases, 1 deaths, 2 recovered
            """);
    assertThat(cloud.items()).isEmpty();
    assertThat(cloud.keys("")).isEmpty();
    assertThat(cloud.messages()).isEmpty();
  }

  @Test
  void takesRevisionsAndShowsThemBefore() throws Exception {
    jar().run("run");
    TestApplication.nyt(feeds, TestApplication.NYT.replace("2020-01-23,2,1", "2020-01-23,3,1"));
    assertThat(jar().run("run").out())
        .contains("Revised by the feeds, and left as they are in the table:\n  2020-01-23\n");

    Jar.Ended dry = jar().run("take-revisions", "--dry-run");
    assertThat(dry.exitCode()).isZero();
    assertThat(dry.out())
        .matches(
            "1 revision\\(s\\) would be taken from version \\S+; 0 published day\\(s\\) are not in"
                + " the table, which a run adds\n2020-01-23  cases 2 -> 3\n");
    assertThat(cloud.keys("revisions/")).isEmpty();

    Jar.Ended taken = jar().run("take-revisions", "--since", "2020-01-23");
    assertThat(taken.exitCode()).isZero();
    assertThat(taken.out())
        .startsWith("1 revision(s) have been taken into the table\n\nRun       ")
        .contains("Taken, the largest change first:\n  2020-01-23  cases 2 -> 3\n");
    assertThat(taken.err())
        .contains("Of 2 published days the table has 1 with other figures, and lacks 0")
        .doesNotContain("\tat ");
    assertThat(cloud.keys("revisions/")).hasSize(1);
  }

  @Tag("slow")
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--day=soon | Invalid value for option '--day': 'soon' is not a day such as 2020-01-23; see"
            + " --help",
        "--since=2020-02-30 | Invalid value for option '--since': '2020-02-30' is not a day such as"
            + " 2020-01-23; see --help",
        "--day=2020-01-23 --since=2020-01-23 | --day and --since exclude each other: give one; see"
            + " --help",
        "--place=DE | --place is 'DE', and the dataset us is of US: choose a place of it; see --help",
      })
  void exitsWith64OnDaysThatCannotBeMeant(String words, String line) throws Exception {
    Jar.Ended ended = jar().run(("take-revisions " + words).split(" "));

    assertThat(ended.exitCode()).isEqualTo(64);
    assertThat(ended.out()).isEmpty();
    assertThat(ended.err()).endsWith(line + "\n");
    assertThat(cloud.requests()).isEmpty();
  }

  @Tag("slow")
  @Test
  void exitsWith1WhenTheSetHasNoSuchDay() throws Exception {
    jar().run("run");

    Jar.Ended ended = jar().run("take-revisions", "--day", "2031-01-01");

    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.out()).startsWith("The published set has no day on 2031-01-01.\n");
  }

  @Tag("slow")
  @Test
  void exitsWith3WhenADryRunIsRefused() throws Exception {
    TestApplication.nyt(feeds, "<html>");

    assertThat(jar().run("run", "--dry-run").exitCode()).isEqualTo(3);
    assertThat(cloud.keys("")).isEmpty();
  }

  @Tag("slow")
  @ParameterizedTest
  @CsvSource({
    "frob, Unmatched argument at index 0: 'frob'; see --help",
    "--frob, Unknown option: '--frob'; see --help",
  })
  void exitsWith64OnAnUnknownWord(String word, String line) throws Exception {
    assertThat(Jar.in(folder).run(word)).isEqualTo(new Jar.Ended(64, "", line + "\n"));
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
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "feed.tiemout = 3s | feed.tiemout is not a setting; did you mean feed.timeout?",
        "camel.main.foo = 1 | camel.main.foo is not a setting of Camel, or its value is not of the kind"
            + " that it takes",
        "camel.main.shutdown-timeout = soon | camel.main.shutdown-timeout is not a setting of Camel,"
            + " or its value is not of the kind that it takes",
      })
  void exitsWith64OnALineOfTheFileThatIsNoSetting(String line, String sentence) throws Exception {
    Path config = Files.createDirectory(folder.resolve("config"));
    Files.writeString(config.resolve("application.properties"), line + "\n", UTF_8);

    assertThat(jar().run("run")).isEqualTo(new Jar.Ended(64, "", sentence + "\n"));
  }

  @Tag("slow")
  @Test
  void exitsWith64OnAPortThatIsTaken() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());

      Jar.Ended serve = jar().with("MANAGEMENT_PORT", freePort()).with("HTTP_PORT", port).run();

      assertThat(serve)
          .isEqualTo(
              new Jar.Ended(
                  64,
                  "",
                  "http.port is %s, which is not available on 127.0.0.1 (Address already in use): choose another%n"
                      .formatted(port)));
    }
  }

  @Tag("slow")
  @Test
  void healthExitsWith1AndSaysWhereNothingListens() throws Exception {
    String port = freePort();
    assertThat(jar().with("MANAGEMENT_PORT", port).run("health"))
        .isEqualTo(
            new Jar.Ended(
                1,
                "not ready: nothing listens at http://127.0.0.1:%s/observe/health/ready\n"
                    .formatted(port),
                ""));
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

  @Tag("slow")
  @Test
  void healthExitsWith64OnAWrongPort() throws Exception {
    Jar.Ended health = Jar.in(folder).with("MANAGEMENT_PORT", "x").run("health");

    assertThat(health.exitCode()).isEqualTo(64);
    assertThat(health.err()).startsWith("management.port is 'x', which is not a whole number");
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
