package app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static local.Faults.DENIED;
import static local.Faults.always;
import static local.Faults.refusal;
import static local.Faults.to;
import static local.Faults.toS3;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import feeds.ArchiveRecords;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import local.Fault;
import local.LocalCloud;
import local.Service;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.sync.RequestBody;

/** What check says of what a run needs, and that it changes nothing. */
@Tag("slow")
class CheckCommandTest extends CommandTestBase {
  private static final String STS = "aws.endpointUrlSts";
  private static final String PASSWORD = "password";

  CheckCommandTest(LocalCloud cloud) {
    super(cloud);
  }

  /** The server of the feeds is STS, too. */
  @BeforeEach
  void answerWho() {
    sts(
        200,
        """
        <GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
          <GetCallerIdentityResult><Arn>arn:aws:iam::000000000000:user/ada</Arn></GetCallerIdentityResult>
        </GetCallerIdentityResponse>
        """);
    property(STS, feeds.uri().toString());
  }

  private void sts(int status, String xml) {
    feeds.answer(
        "/",
        exchange -> {
          byte[] body = xml.getBytes(UTF_8);
          exchange.getResponseHeaders().set("Content-Type", "text/xml");
          exchange.sendResponseHeaders(status, body.length);
          exchange.getResponseBody().write(body);
        });
  }

  @Test
  void saysWhatIsRightAndChangesNothing() throws Exception {
    Ended check = command("check");

    assertThat(check.err()).isEmpty();
    assertThat(check.out().lines())
        .satisfiesExactly(
            line ->
                assertThat(line)
                    .matches(
                        "ok       settings     /.*/test\\.properties, .*, packed application\\.properties"),
            line ->
                assertThat(line)
                    .isEqualTo("ok       credentials  arn:aws:iam::000000000000:user/ada"),
            line ->
                assertThat(line)
                    .isEqualTo(
                        "ok       table        CovidData has the key Date, and may be read and"
                            + " written"),
            line ->
                assertThat(line)
                    .isEqualTo(
                        "ok       bucket       covid-data may be listed and read, and has no"
                            + " published set yet; that it may be written shows only in a run"),
            line ->
                assertThat(line)
                    .isEqualTo("ok       clock        less than a minute from that of S3"),
            line ->
                assertThat(line)
                    .isEqualTo(
                        "unknown  topic        covid-data in us-east-1: that messages may be sent"
                            + " shows only if one is sent, with --send-test"),
            line ->
                assertThat(line)
                    .isEqualTo(
                        "ok       feed jhu     3 rows to 2020-01-24, 0 quarantined, in 150 bytes"),
            line ->
                assertThat(line)
                    .isEqualTo(
                        "ok       feed nyt     4 rows to 2020-01-24, 0 quarantined, in 78 bytes"),
            line ->
                assertThat(line)
                    .matches("ok       ports        \\d+ and \\d+ are free, for serve"));
    assertThat(check.exitCode()).isZero();
    assertThat(cloud.items()).isEmpty();
    assertThat(cloud.keys("")).isEmpty();
    assertThat(cloud.messages()).isEmpty();
  }

  @Test
  void checksATableOfManyPlacesAndAQueue() throws Exception {
    manyPlaces();
    settings.put("chunks.to", TestApplication.queue(cloud));

    Ended check = command("check", "--dataset", "who");

    assertThat(check.err()).isEmpty();
    assertThat(check.out())
        .contains(
            "\nok       table        CovidPlaces has the keys Place and Date, and may be read and"
                + " written; whether days may go in by the batch",
            "\nok       queue        chunks of chunks.to has 0 message(s)\n",
            "\nok       feed who     1 rows to 2020-01-05, ");
    assertThat(cloud.itemsOfPlaces()).isEmpty();
    cloud.intercept(always(to(Service.SQS), refusal(Service.SQS, 403, "AccessDenied")));
    assertThat(command("check", "--dataset", "who").out())
        .contains(
            "\nunknown  queue        chunks of chunks.to: its attributes may not be asked for"
                + " (sqs:GetQueueAttributes), which a run does not need either\n");
    cloud.intercept(
        always(
            to(Service.SQS), refusal(Service.SQS, 400, "AWS.SimpleQueueService.NonExistentQueue")));
    assertThat(command("check", "--dataset", "who").out())
        .contains("\nwrong    queue        Queue chunks does not exist in us-east-1: create it");
    cloud.intercept(
        always(
            to(Service.SQS, "GetQueueAttributes"),
            Fault.answer(
                200,
                Map.of("Content-Type", "application/x-amz-json-1.0"),
                "{\"Attributes\":{\"ApproximateNumberOfMessages\":\"0\"}}")));
    assertThat(command("check", "--dataset", "who").out())
        .contains(
            "\nwrong    queue        chunks of chunks.to has no dead-letter queue, so a chunk that ends"
                + " its workers would never leave it: give it a redrive policy\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "store.table | None | table        Table None does not exist in us-east-1: create it",
        "store.table | CovidPlaces | table        Table CovidPlaces has another key: make a table",
        "archive.bucket | none | bucket       Bucket none does not exist: create it",
        "announce.topic | arn:aws:sns:eu-west-1:000000000000:covid | topic        covid is in"
            + " eu-west-1, and messages would be sent to us-east-1: correct announce.topic",
        "feed.nyt.url | http://127.0.0.1:1/us.csv | feed nyt     http://127.0.0.1:1/us.csv refuses"
            + " the connection",
        "http.host | 192.0.2.1 | ports        http.host is '192.0.2.1', which is not an address",
      })
  void saysWhatIsWrongAndWhatToDo(String name, String value, String line) throws Exception {
    settings.put(name, value);

    Ended check = command("check", "--quiet");

    assertThat(check.err()).isEmpty();
    assertThat(check.out()).contains("wrong    " + line).doesNotContain("ok  ", "\tat ");
    assertThat(check.exitCode()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<html> | it begins with \"<html>\"",
        "'' | it is empty",
        "Place,Date,Cases~Germany,2020-01-05,1~ | it is of many places",
        "Date,Cases,Deaths,Country,Recovered~2020-01-05,1,x,US,0~"
            + " | its record \"2020-01-05,1,x,US,0\" is not a day",
      })
  void saysThatWhatIsInPlaceOfTheSetIsNone(String text, String why) throws Exception {
    put("CovidData.csv", text.replace('~', '\n'));

    Ended check = command("check", "--quiet");

    assertThat(check.out())
        .startsWith(
            ("wrong    bucket       The object CovidData.csv in the bucket covid-data is not a set of"
                    + " this program (%s): %s.\n")
                .formatted(why, ArchiveRecords.REMEDY));
    assertThat(check.exitCode()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"us, '2020-01-05,1,0,US,0'", "who, 'Germany,2020-01-05,1,0'"})
  void saysThatTheSetHasNotTheDaysOfWhichItsMetadataSpeak(String dataset, String row)
      throws Exception {
    if (dataset.equals("who")) {
      manyPlaces();
    }
    String key = dataset.equals("us") ? "CovidData.csv" : "who/CovidData.csv";
    String header =
        dataset.equals("us")
            ? "Date,Cases,Deaths,Country,Recovered\n"
            : "Place,Date,Cases,Deaths\n";
    put(key, header + row + "\n", Map.of("rows", "2", "newest-day", "2020-01-06"));

    Ended check = command("check", "--quiet", "--dataset", dataset);

    assertThat(check.out())
        .contains(
            ("wrong    bucket       The object %s in the bucket covid-data is damaged (it has 1 rows"
                    + " to 2020-01-05; its metadata say 2 rows to 2020-01-06): %s.\n")
                .formatted(key, ArchiveRecords.REMEDY));
    assertThat(check.exitCode()).isEqualTo(1);
  }

  @Test
  void readsTheSetThatIsPublished() throws Exception {
    put("CovidData.csv", "Date,Cases,Deaths,Country,Recovered\n2020-01-05,1,0,US,0\n");

    assertThat(command("check").out())
        .containsPattern(
            "\nok       bucket       covid-data may be listed and read, and has CovidData\\.csv of"
                + " \\S+Z; that it may be written shows only in a run\n");
  }

  @ParameterizedTest
  @CsvSource({"<html>", "null", "''"})
  void saysThatTheIndexOfVersionsIsDamaged(String text) throws Exception {
    put("versions/index.json", text);

    Ended check = command("check", "--quiet");

    assertThat(check.out())
        .contains(
            "wrong    versions     The object versions/index.json in the bucket covid-data is not the"
                + " index of versions: restore it from a copy; until then versions may be"
                + " missing.\n");
    assertThat(check.exitCode()).isEqualTo(1);
    put("versions/index.json", "{\"versions\": []}");
    assertThat(command("check").out()).doesNotContain("versions/index.json");
  }

  @Test
  void saysThatTheIndexOfVersionsIsTooLong() throws Exception {
    put("versions/index.json", "{\"versions\": []}" + " ".repeat(16_000_000));

    Ended check = command("check", "--quiet");

    assertThat(check.out())
        .contains(
            "wrong    versions     The object versions/index.json in the bucket covid-data has"
                + " 16000016 bytes, more than any that this program writes: restore it from a copy;"
                + " until then versions may be missing.\n");
    assertThat(check.exitCode()).isEqualTo(1);
  }

  @Test
  void saysThatTheIndexOfVersionsMayNotBeRead() throws Exception {
    cloud.intercept(
        always(toS3("GET", "versions/index.json"), refusal(Service.S3, 403, "AccessDenied")));

    assertThat(command("check").out())
        .contains(
            "\nunknown  versions     The AWS credentials do not allow GetObject on"
                + " versions/index.json in bucket covid-data: grant them s3:GetObject");
  }

  @Test
  void saysThatTheSetBrokeOffWhileItWasRead() throws Exception {
    cloud.intercept(
        always(
            toS3("GET", "CovidData.csv"),
            Fault.answerCut(
                Map.of("Content-Type", "text/csv", "Content-Length", "1000", "ETag", "\"1\""),
                "Date,Cases,Deaths,Country,Recovered\n2020-01-22,1,0,US,0\n")));

    Ended check = command("check", "--quiet");

    assertThat(check.out())
        .startsWith(
            "wrong    bucket       The published set broke off while it was read from S3: the next"
                + " run tries again; if it lasts, check the network (");
    assertThat(check.exitCode()).isEqualTo(1);
  }

  private void put(String key, String text) {
    put(key, text, Map.of());
  }

  private void put(String key, String text, Map<String, String> metadata) {
    cloud
        .s3Client()
        .putObject(
            put -> put.bucket(cloud.bucket()).key(key).metadata(metadata),
            RequestBody.fromString(text));
  }

  @Test
  void exitsWith64IfASettingIsWrong() throws Exception {
    settings.put("http.port", "0");

    assertThat(command("check", "--quiet"))
        .isEqualTo(
            new Ended(
                64,
                "wrong    settings     http.port is '0', which is not a whole number from 1 to 65535\n",
                ""));
  }

  @Test
  void namesTheRightsThatAreMissing() throws Exception {
    cloud.intercept(
        call ->
            call.is(Service.DYNAMODB, "PutItem")
                ? refusal(Service.DYNAMODB, 400, "AccessDeniedException")
                : toS3("GET", "CovidData.csv").test(call) ? DENIED : Fault.none());
    sts(
        403,
        "<ErrorResponse><Error><Code>InvalidClientTokenId</Code><Message>No.</Message></Error>"
            + "</ErrorResponse>");

    assertThat(command("check").out())
        .contains(
            "\nwrong    credentials  AWS does not know the credentials, so STS refuses"
                + " GetCallerIdentity on the account: correct AWS_PROFILE",
            "\nwrong    table        The AWS credentials do not allow PutItem on table CovidData:"
                + " grant them dynamodb:PutItem",
            "\nwrong    bucket       The AWS credentials do not allow GetObject on CovidData.csv in"
                + " bucket covid-data: grant them s3:GetObject");
  }

  @Test
  void doesNotAskWhoseTheCredentialsOfAStandInAre() throws Exception {
    System.clearProperty(STS);

    assertThat(command("check").out()).contains("\nunknown  credentials  those of a stand-in");
    assertThat(feeds.requests("/")).isZero();
  }

  @Test
  void namesTheColumnsThatAFeedLacks() throws Exception {
    TestApplication.nyt(feeds, "<Error>");

    assertThat(command("check").out())
        .contains("\nwrong    feed nyt     Feed nyt has no column 'date', 'cases', 'deaths': what");
  }

  @Test
  void saysThatAFeedIsAnHtmlPage() throws Exception {
    TestApplication.nyt(feeds, "<!DOCTYPE html>\n<title>Sign in, please</title>");

    assertThat(command("check").out())
        .contains(
            "\nwrong    feed nyt     Feed nyt has no column 'date', 'cases', 'deaths': what %s serves is an HTML page and not CSV; open it in a browser, and correct feed.nyt.url, or feed.nyt.headers if it asks for a login.\n"
                .formatted(feeds.nyt()));
  }

  @Test
  void sendsATestToTheTopicIfAsked() throws Exception {
    assertThat(command("check", "--send-test").out())
        .contains("\nok       topic        covid-data has taken a test");

    assertThat(cloud.messages())
        .singleElement()
        .satisfies(
            message -> {
              assertThat(message.text()).startsWith("This is a test by an operator");
              assertThat(message.attributes()).containsEntry("status", "failed");
            });
  }

  @Test
  void sendsATestLikeAMessageOfItsDataset() throws Exception {
    command("check", "--send-test", "--dataset", "who");

    assertThat(cloud.messages())
        .singleElement()
        .satisfies(
            message ->
                assertThat(message.attributes())
                    .containsEntry("status", "failed")
                    .containsEntry("dataset", "who"));
  }

  @Test
  void namesTheWebhooksAndSendsThemATestOnlyIfAsked() throws Exception {
    String server = feeds.uri().toString();
    List<String> bodies = new CopyOnWriteArrayList<>();
    feeds.answer(
        "/hook",
        exchange -> {
          bodies.add(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
          exchange.sendResponseHeaders(200, -1);
        });
    feeds.answer("/gone", exchange -> exchange.sendResponseHeaders(404, -1));
    settings.put("announce.webhook", "%s/hook teams+%<s/gone?sig=token".formatted(server));
    settings.put("announce.webhook.secret", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");

    assertThat(command("check").out())
        .contains(
            "\nok       webhook 1    %s/***, as report, can be connected to; not tested with a message: --send-test\n"
                .formatted(server),
            "\nok       webhook 2    %s/***, as teams, can be connected to; ".formatted(server));
    assertThat(bodies).isEmpty();
    assertThat(feeds.requests("/gone")).isZero();

    Ended check = command("check", "--send-test");
    assertThat(check.out())
        .contains(
            "\nok       webhook 1    %s/***, as report, has taken a test, as if of a run that failed: look for it\n"
                .formatted(server),
            "\nwrong    webhook 2    %s/*** answered 404 Not Found: the webhook was removed; make another one, or correct announce.webhook.\n"
                .formatted(server))
        .doesNotContain("token", "whsec");
    assertThat(check.exitCode()).isEqualTo(1);
    assertThat(bodies)
        .singleElement()
        .asString()
        .contains("\"type\":\"test\"", "This is a test by an operator");
    assertThat(feeds.requests("/gone")).isEqualTo(1);
  }

  @Test
  void saysWhichWebhooksCannotBeConnectedToWithoutATest() throws Exception {
    settings.put(
        "announce.webhook", "http://127.0.0.1:1/token slack+https://hook.invalid/token?key=token");

    Ended check = command("check");

    assertThat(check.out())
        .contains(
            "\nwrong    webhook 1    http://127.0.0.1:1/*** refuses the connection: check the network and announce.webhook.\n",
            "\nwrong    webhook 2    The host of https://hook.invalid/*** is not known: correct announce.webhook, or check the DNS.\n")
        .doesNotContain("token");
    assertThat(check.exitCode()).isEqualTo(1);
  }

  @Test
  void connectsToAWebhookWithTlsAsARequestWould(@TempDir Path folder) throws Exception {
    Path keys = keys(folder);
    HttpsServer hook =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    hook.setHttpsConfigurator(new HttpsConfigurator(tls(keys)));
    hook.start();
    try {
      String server = "https://127.0.0.1:%d".formatted(hook.getAddress().getPort());
      settings.put("announce.webhook", server + "/token");

      assertThat(command("check").out())
          .contains(
              "\nwrong    webhook 1    The TLS connection to %s/*** fails: check whether its certificate is good, and whether a proxy is in between ("
                  .formatted(server))
          .doesNotContain("token");

      property("javax.net.ssl.trustStore", keys.toString());
      property("javax.net.ssl.trustStorePassword", PASSWORD);
      assertThat(command("check").out())
          .contains(
              "\nok       webhook 1    %s/***, as report, can be connected to; ".formatted(server));
    } finally {
      hook.stop(0);
    }
  }

  /** A key for this machine, which nobody has signed. */
  private static Path keys(Path folder) throws Exception {
    Path keys = folder.resolve("keys.p12");
    String[] command =
        (Path.of(System.getProperty("java.home"), "bin", "keytool")
                + " -genkeypair -alias hook -keyalg EC -dname CN=hook -ext san=ip:127.0.0.1"
                + " -storetype PKCS12 -storepass %s -keystore %s".formatted(PASSWORD, keys))
            .split(" ");
    Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(keytool.getInputStream().readAllBytes(), UTF_8);
    assertThat(keytool.waitFor()).as(said).isZero();
    return keys;
  }

  private static SSLContext tls(Path keys) throws Exception {
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(
        KeyStore.getInstance(keys.toFile(), PASSWORD.toCharArray()), PASSWORD.toCharArray());
    SSLContext tls = SSLContext.getInstance("TLS");
    tls.init(managers.getKeyManagers(), null, null);
    return tls;
  }

  @Test
  void leavesAProxyBeforeAWebhookAlone() throws Exception {
    property("https.proxyHost", "127.0.0.1");
    property("https.proxyPort", "1");
    settings.put("announce.webhook", "https://hook.invalid/token");

    assertThat(command("check").out())
        .contains(
            "\nunknown  webhook 1    https://hook.invalid/***, as report, is reached through a proxy: that it takes messages shows only if one is sent, with --send-test\n");
  }

  @Test
  void printsJson() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      settings.put("http.port", Integer.toString(taken.getLocalPort()));

      Ended check = command("check", "--json");

      JsonNode last = new ObjectMapper().readTree(check.out()).at("/8");
      assertThat(last.at("/subject").asText()).isEqualTo("ports");
      assertThat(last.at("/status").asText()).isEqualTo("wrong");
      assertThat(last.at("/text").asText()).contains("is not available on 127.0.0.1");
      assertThat(check.exitCode()).isEqualTo(1);
    }
  }

  @Test
  void findsTheProcessThatServesOnThePorts() throws Exception {
    String management = settings.get("management.port");
    try (TestApplication serving =
        TestApplication.serve(
            cloud, feeds, "http.port", settings.get("http.port"), "management.port", management)) {
      assertThat(serving.context().isStarted()).isTrue();

      assertThat(command("check").out())
          .endsWith(
              "\nok       ports        a process that serves is ready at 127.0.0.1:%s\n"
                  .formatted(management));
    }
  }
}
