package app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static local.Faults.always;
import static local.Faults.first;
import static local.Faults.to;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.SoftAssertions.assertSoftly;

import app.Stack.Grant;
import app.Stack.Need;
import covid.DaySelection;
import covid.KeySchema;
import covid.RunReport;
import covid.RunStatus;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import local.Fault;
import local.FeedServer;
import local.LocalCloud;
import local.LocalCloudExtension;
import local.Message;
import local.Service;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.core.sync.RequestBody;

/** Holds aws/stack.yaml against the program. */
@ExtendWith(LocalCloudExtension.class)
@Tag("slow")
class StackTest {
  /** A request to S3: the method, the key if it is about an object, the query. */
  private static final Pattern S3 =
      Pattern.compile("S3 (?<method>\\w+) [^/?]+(?:/(?<key>[^?]+))?/?(?:\\?(?<query>.*))?");

  private static final Pattern PREFIX = Pattern.compile("(?:^|&)prefix=([^&]*)");

  private static final String QUEUE = "arn:aws:sqs:us-east-1:000000000000:chunks";

  private final HttpClient http = HttpClient.newHttpClient();
  private final LocalCloud cloud;
  private Stack stack;
  private KeySchema key = KeySchema.DATE;
  private FeedServer feeds;

  StackTest(LocalCloud cloud) throws Exception {
    this.cloud = cloud;
    this.stack = stack();
  }

  private Stack stack(String... parameters) throws Exception {
    Map<String, String> names = new HashMap<>();
    names.put("StoreKey", key.toString());
    names.put("Table.Arn", table());
    names.put("Bucket.Arn", bucket());
    names.put("Topic", cloud.topicArn());
    names.put("Chunks.Arn", QUEUE);
    for (int i = 0; i < parameters.length; i += 2) {
      names.put(parameters[i], parameters[i + 1]);
    }
    return Stack.named(names);
  }

  @BeforeEach
  void serveFeeds() {
    feeds = TestApplication.feeds();
  }

  @AfterEach
  void stop() {
    feeds.close();
  }

  @ParameterizedTest
  @EnumSource
  void theTableHasTheKeyOfTheDataset(KeySchema store) throws Exception {
    key = store;

    assertThat(stack().tableKeys())
        .isEqualTo(store == KeySchema.DATE ? List.of("Date") : List.of("Place", "Date"));
  }

  @ParameterizedTest
  @EnumSource
  void theRoleAllowsEveryCallOfTheProgramAndNothingElse(KeySchema store) throws Exception {
    key = store;
    stack = stack();
    catchUpAndServe();
    leaveAndReplayADeadLetter();
    setAsideADamagedDeadLetter();
    findARunThatCouldNotSayItsEnd();
    readAKeptBody();
    if (key == KeySchema.PLACE_DATE) {
      insertABatchAndLoseTheAnswerOfAPut();
    }

    List<Need> needs = cloud.requests().stream().distinct().flatMap(this::needs).toList();
    List<Grant> grants = stack.role();

    assertSoftly(
        all -> {
          all.assertThat(needs)
              .as("calls that the role does not allow")
              .filteredOn(need -> grants.stream().noneMatch(grant -> grant.allows(need)))
              .isEmpty();
          all.assertThat(grants)
              .as("what the role allows and no call needs")
              .filteredOn(grant -> needs.stream().noneMatch(grant::allows))
              .isEmpty();
        });
  }

  /** What it cannot ask, it says: no right is there for it alone. */
  @ParameterizedTest
  @EnumSource
  void theRoleAllowsWhatCheckAsks(KeySchema store) throws Exception {
    key = store;
    Map<String, String> settings = new HashMap<>();
    settings.put("store.table", tableName());
    settings.put("archive.bucket", cloud.bucket());
    settings.put("archive.path-style", "true");
    settings.put("announce.topic", cloud.topicArn());
    (store == KeySchema.DATE ? List.of("nyt", "jhu") : List.of("who"))
        .forEach(feed -> settings.put("feed.%s.url".formatted(feed), feeds.nyt().toString()));
    settings.forEach(System::setProperty);
    try {
      CommandTestBase.line("check", "--dataset", store == KeySchema.DATE ? "us" : "who");
    } finally {
      settings.keySet().forEach(System::clearProperty);
    }

    List<Need> needs = cloud.requests().stream().distinct().flatMap(this::needs).toList();
    List<Grant> grants = stack("ArchivePrefix", store == KeySchema.DATE ? "" : "who/").role();
    assertThat(needs)
        .hasSize(7)
        .allMatch(need -> grants.stream().anyMatch(grant -> grant.allows(need)));
  }

  @ParameterizedTest
  @EnumSource
  void theRoleTakesRevisionsOnlyIfTheStackSaysSo(KeySchema store) throws Exception {
    key = store;
    takeARevisionAndLoseTheAnswer();

    List<Need> needs = cloud.requests().stream().distinct().flatMap(this::needs).toList();
    List<Grant> grants = stack("MayTakeRevisions", "true").role();
    List<Grant> more = new ArrayList<>(grants);
    more.removeAll(stack().role());

    assertSoftly(
        all -> {
          all.assertThat(needs)
              .as("calls that the role does not allow")
              .filteredOn(need -> grants.stream().noneMatch(grant -> grant.allows(need)))
              .isEmpty();
          all.assertThat(more)
              .containsExactlyInAnyOrder(
                  new Grant("dynamodb:UpdateItem", table(), "*"),
                  new Grant("s3:PutObject", bucket() + "/revisions/*", "*"))
              .allMatch(grant -> needs.stream().anyMatch(grant::allows));
        });
  }

  /** No PutItem, which overwrites, none to remove, and no other part of the bucket. */
  @Test
  void aWorkerMayInsertDaysReadChunksAndWriteResultsAndNothingElse() throws Exception {
    key = KeySchema.PLACE_DATE;

    assertThat(stack("Workers", "true").workerRole())
        .containsExactlyInAnyOrder(
            new Grant("dynamodb:Query", table(), "*"),
            new Grant("dynamodb:PartiQLInsert", table(), "*"),
            new Grant("s3:GetObject", bucket() + "/work/*/chunks/*", "*"),
            new Grant("s3:ListBucket", bucket(), "work/*/chunks/*"),
            new Grant("s3:PutObject", bucket() + "/work/*/results/*", "*"),
            new Grant("sqs:ReceiveMessage", QUEUE, "*"),
            new Grant("sqs:DeleteMessage", QUEUE, "*"),
            new Grant("sqs:ChangeMessageVisibility", QUEUE, "*"));
  }

  @Test
  @SuppressWarnings("try")
  void theRoleOfAWorkerAllowsEveryCallOfAWorker() throws Exception {
    key = KeySchema.PLACE_DATE;
    String run = "2020-01-25T21-00-00Z-0001";
    byte[] csv = "Place,Date,Cases,Deaths\nDE,2020-01-23,2,1\nDE,2020-01-24,3,1\n".getBytes(UTF_8);
    String object = DigestUtils.sha256Hex(csv);
    cloud
        .s3Client()
        .putObject(
            put ->
                put.bucket(cloud.bucket())
                    .key("who/work/%s/chunks/%s.csv.gz".formatted(run, object)),
            RequestBody.fromBytes(packed(csv)));
    CountDownLatch over = new CountDownLatch(1);
    cloud.intercept(
        call -> {
          if (call.operation().equals("DeleteMessage")) {
            over.countDown();
          }
          return Fault.none();
        });
    try (TestApplication worker = TestApplication.working(cloud, feeds, "who")) {
      cloud
          .sqsClient()
          .sendMessage(
              send ->
                  send.queueUrl(cloud.queueUrl())
                      .messageBody(
                          "{\"run\":\"%s\",\"chunk\":0,\"object\":\"%s\",\"records\":2}"
                              .formatted(run, object)));
      over.await();
    }
    List<Need> needs = cloud.requests().stream().distinct().flatMap(this::needs).toList();
    List<Grant> grants = stack("Workers", "true", "ArchivePrefix", "who/").workerRole();

    assertThat(cloud.requests()).anyMatch(request -> request.contains("/results/0.json"));
    assertThat(needs)
        .as("calls that the role does not allow")
        .filteredOn(need -> grants.stream().noneMatch(grant -> grant.allows(need)))
        .isEmpty();
    assertThat(grants)
        .as("what the role allows and no call needs")
        .filteredOn(grant -> needs.stream().noneMatch(grant::allows))
        // When a chunk takes long.
        .containsExactly(new Grant("sqs:ChangeMessageVisibility", QUEUE, "*"));
  }

  @Test
  void theRoleSendsChunksOnlyIfTheStackHasWorkers() throws Exception {
    key = KeySchema.PLACE_DATE;
    List<Grant> more = new ArrayList<>(stack("Workers", "true").role());
    more.removeAll(stack().role());

    assertThat(more)
        .containsExactlyInAnyOrder(
            new Grant("s3:ListBucket", bucket(), "work/*"),
            new Grant("s3:GetObject", bucket() + "/work/*", "*"),
            new Grant("s3:PutObject", bucket() + "/work/*", "*"),
            new Grant("s3:DeleteObject", bucket() + "/work/*", "*"),
            new Grant("sqs:SendMessage", QUEUE, "*"));
  }

  @Test
  void chunksThatFailedAreKeptLongerThanThoseThatWait() {
    assertThat(stack.retention("FailedChunks")).isGreaterThan(stack.retention("Chunks"));
  }

  @Test
  void theTopicMailsARunThatFailedAndNotOneThatSucceeded() throws Exception {
    try (TestApplication application = TestApplication.start(cloud, feeds)) {
      application.run();
      feeds.answer(feeds.nyt().getPath(), exchange -> exchange.sendResponseHeaders(404, -1));
      application.run();
    }

    assertThat(cloud.messages()).extracting(this::isMailed).containsExactly(false, true);
    assertThat(stack.mailFilter().get("status"))
        .isSubsetOf(Stream.of(RunStatus.values()).map(RunStatus::toString).toList());
  }

  @Test
  void theSiteHasThePolicyOfThePageThatTheProgramServes() throws Exception {
    String port = TestApplication.freePort();
    TestApplication application = serve(port);
    try {
      assertThat(get(port, "/").headers().firstValue("Content-Security-Policy"))
          .contains(stack.contentSecurityPolicy());
      assertThat(get(port, "/?embed").headers().firstValue("Content-Security-Policy"))
          .contains(stack.contentSecurityPolicyOfFrames());
    } finally {
      application.close();
    }
  }

  // --- What happens to the program

  /** The first run of all, as the process has missed one, with everything that a run can do. */
  private void catchUpAndServe() throws Exception {
    CountDownLatch over = new CountDownLatch(1);
    cloud.intercept(
        call -> {
          if (call.operation().startsWith("DELETE covid-data/open-runs/")) {
            over.countDown();
          }
          return Fault.none();
        });
    cloud
        .s3Client()
        .putObject(
            put ->
                put.bucket(cloud.bucket()).key("site/versions/2019-01-01T00-00-00Z-00000000.json"),
            RequestBody.fromString("{}"));
    String port = TestApplication.freePort();
    TestApplication.nyt(feeds, TestApplication.NYT + "2020-01-25,many,1\n");
    try (TestApplication application =
        serve(port, "site.publish", "true", "gate.max-bad-rows", "50%")) {
      over.await();
      for (String path :
          List.of(
              "/totals",
              "/days",
              "/CovidData.csv",
              "/chart.png",
              "/chart.svg",
              "/runs",
              "/versions")) {
        assertThat(get(port, path).statusCode()).as(path).isEqualTo(200);
      }
      String run = cloud.keys("runs/").get(0).replaceAll("runs/|\\.json", "");
      assertThat(get(port, "/runs/" + run).statusCode()).isEqualTo(200);
      assertThat(get(port, "/runs/2020-01-01T00-00-00Z-0000").statusCode()).isEqualTo(404);
      assertThat(get(port, "/days?asOf=" + run).statusCode()).isEqualTo(200);
      assertThat(get(port, "/versions/2020-01-01T00-00-00Z-00000000").statusCode()).isEqualTo(404);
      application.preview();
    }
    TestApplication.nyt(feeds, TestApplication.NYT);
  }

  private void insertABatchAndLoseTheAnswerOfAPut() throws Exception {
    serveDaysTo(29);
    assertThat(run().added()).isEqualTo(4);
    cloud.intercept(first(1, to(Service.DYNAMODB, "PutItem"), Fault.dropAfter()));
    serveDaysTo(30);
    assertThat(run().added()).isEqualTo(1);
    cloud.intercept(call -> Fault.none());
  }

  /** The usual days, and those from 2020-01-25. */
  private void serveDaysTo(int last) {
    StringBuilder nyt = new StringBuilder(TestApplication.NYT);
    StringBuilder jhu = new StringBuilder(TestApplication.JHU);
    for (int day = 25; day <= last; day++) {
      nyt.append("2020-01-%d,6,1\n".formatted(day));
      jhu.append("2020-01-%d,US,,9,3,9\n".formatted(day));
    }
    TestApplication.nyt(feeds, nyt.toString());
    TestApplication.jhu(feeds, jhu.toString());
  }

  /** A day is written, and nobody hears of it: the next run finds it there. */
  private void leaveAndReplayADeadLetter() throws Exception {
    TestApplication.nyt(feeds, TestApplication.NYT + "2020-01-25,6,1\n");
    TestApplication.jhu(feeds, TestApplication.JHU + "2020-01-25,US,,9,3,9\n");
    cloud.intercept(always(to(Service.DYNAMODB, "PutItem"), Fault.dropAfter()));
    assertThat(run().deadLetters()).hasSize(1);
    cloud.intercept(call -> Fault.none());
    assertThat(run().replay().present()).hasSize(1);
  }

  /** One feed says that it has not changed, the other has. */
  private void readAKeptBody() throws Exception {
    feeds.answer(feeds.nyt().getPath(), TestApplication.NYT + "2020-01-25,6,1\n", "\"1\"", "");
    run();
    TestApplication.jhu(feeds, TestApplication.JHU + "2020-01-25,US,,9,4,9\n");
    assertThat(run().feeds()).anyMatch(feed -> feed.unchangedSince() != null);
  }

  private void setAsideADamagedDeadLetter() throws Exception {
    cloud
        .s3Client()
        .putObject(
            put -> put.bucket(cloud.bucket()).key("dead-letter/2020-01-23.json"),
            RequestBody.fromString("{"));
    assertThat(run().warnings()).hasSize(1);
  }

  private void findARunThatCouldNotSayItsEnd() throws Exception {
    cloud.intercept(always(to(Service.SNS), Fault.dropBefore()));
    run();
    cloud.intercept(call -> Fault.none());
    assertThat(run().unfinishedRuns()).hasSize(1);
  }

  private void takeARevisionAndLoseTheAnswer() throws Exception {
    run();
    TestApplication.nyt(feeds, TestApplication.NYT.replace("2020-01-23,2,1", "2020-01-23,3,1"));
    run();
    cloud.forgetRequests();
    cloud.intercept(first(1, to(Service.DYNAMODB, "UpdateItem"), Fault.dropAfter()));
    try (TestApplication application =
        TestApplication.takingRevisions(Optional.empty(), cloud, feeds, settings())) {
      assertThat(application.takeRevisions(DaySelection.ALL).taken()).isEqualTo(1);
    }
  }

  private static byte[] packed(byte[] csv) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(csv);
    }
    return packed.toByteArray();
  }

  private RunReport run() throws Exception {
    try (TestApplication application = TestApplication.start(cloud, feeds, settings())) {
      return application.run();
    }
  }

  private String[] settings() {
    String columns = "date=Date, place=Country/Region, part=Province/State, recovered=Recovered";
    return new String[] {
      "store.key",
      key.toString(),
      "store.table",
      tableName(),
      "feed.jhu.columns",
      key == KeySchema.DATE ? columns : columns + ", name=Country/Region"
    };
  }

  /** Only once a year a run is due, and has been missed in an empty cloud. */
  private TestApplication serve(String port, String... settings) throws Exception {
    return TestApplication.serve(
        cloud,
        feeds,
        Stream.of(
                Stream.of(
                    "http.port",
                    port,
                    "management.port",
                    TestApplication.freePort(),
                    // It asks the bucket by itself too.
                    "camel.main.route-filter-exclude-pattern",
                    "none",
                    "schedule.cron",
                    "0 0 0 1 1 ?"),
                Stream.of(settings),
                Stream.of(settings()))
            .flatMap(Function.identity())
            .toArray(String[]::new));
  }

  private HttpResponse<String> get(String port, String path) throws Exception {
    URI address = URI.create("http://127.0.0.1:" + port + path);
    return http.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString());
  }

  // --- What it means to AWS

  private Stream<Need> needs(String request) {
    if (request.startsWith("DynamoDB ")) {
      String action =
          request
              .replace("DynamoDB ", "dynamodb:")
              .replace("BatchExecuteStatement", "PartiQLInsert");
      return Stream.of(new Need(action, table(), ""));
    }
    if (request.startsWith("SNS ")) {
      return Stream.of(new Need(request.replace("SNS ", "sns:"), cloud.topicArn(), ""));
    }
    if (request.startsWith("SQS ")) {
      return Stream.of(new Need(request.replace("SQS ", "sqs:"), QUEUE, ""));
    }
    Matcher s3 = S3.matcher(request);
    assertThat(s3.matches()).as(request).isTrue();
    String method = s3.group("method");
    String key = s3.group("key");
    return key == null ? ofBucket(method, s3.group("query")) : ofObject(method, key);
  }

  private Stream<Need> ofBucket(String method, String query) {
    Matcher prefix = PREFIX.matcher(query == null ? "" : query);
    return Stream.of(
        new Need(
            method.equals("GET") ? "s3:ListBucket" : method + " of the bucket",
            bucket(),
            prefix.find() ? prefix.group(1) : ""));
  }

  /**
   * Reading takes two rights: without the second, what is not there is answered with 403. A copy is
   * a PUT that names what it copies; the program has read that before.
   */
  private Stream<Need> ofObject(String method, String key) {
    String object = bucket() + "/" + key;
    return switch (method) {
      case "GET", "HEAD" ->
          Stream.of(new Need("s3:GetObject", object, ""), new Need("s3:ListBucket", bucket(), key));
      case "PUT" -> Stream.of(new Need("s3:PutObject", object, ""));
      case "DELETE" -> Stream.of(new Need("s3:DeleteObject", object, ""));
      default -> Stream.of(new Need(method + " of an object", object, ""));
    };
  }

  private boolean isMailed(Message message) {
    return stack.mailFilter().entrySet().stream()
        .allMatch(
            attribute ->
                attribute.getValue().contains(message.attributes().get(attribute.getKey())));
  }

  private String table() {
    return "arn:aws:dynamodb:us-east-1:000000000000:table/" + tableName();
  }

  private String tableName() {
    return key == KeySchema.DATE ? cloud.table() : cloud.tableOfPlaces();
  }

  private String bucket() {
    return "arn:aws:s3:::" + cloud.bucket();
  }
}
