package routes;

import static local.Faults.always;
import static local.Faults.to;
import static local.Faults.toPutOf;
import static org.assertj.core.api.Assertions.assertThat;

import app.TestApplication;
import covid.Day;
import covid.Run;
import covid.RunReport;
import covid.RunStatus;
import java.time.Duration;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import local.Fault;
import local.LocalCloud;
import local.Message;
import local.Service;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

class IngestTest extends IngestTestBase {
  private static final String SET_SHA256 =
      "4c0708339afeafe26c8c36a1506bf2e4bf209e6453a1ede09351a37481d371a1";

  IngestTest(LocalCloud cloud) {
    super(cloud);
  }

  @Test
  void addsEveryJoinedDayToAnEmptyTable() throws Exception {
    RunReport report = run();

    assertThat(report.status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(report.days()).isEqualTo(new RunReport.Days(3, 3, 0, 0, 0));
    assertThat(cloud.items()).containsExactlyInAnyOrder(item(DAY_22), item(DAY_23), item(DAY_24));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "2", "64"})
  @Timeout(30)
  void addsEveryDayOfAWholeFeedHoweverManyWritesAreUnderWayAtOnce(String writes) throws Exception {
    feeds.reset();
    application("store.concurrency", writes);

    RunReport report = run();

    assertThat(report.days()).isEqualTo(new RunReport.Days(816, 816, 0, 0, 0));
    assertThat(cloud.items()).hasSize(816);
  }

  @Test
  void addsNothingInASecondRunAndAsksLittle() throws Exception {
    run();
    cloud.forgetRequests();

    RunReport report = run();

    assertThat(report.days()).isEqualTo(new RunReport.Days(3, 0, 3, 0, 0));
    assertThat(cloud.requests().stream().filter(request -> request.startsWith("DynamoDB")))
        .containsExactly("DynamoDB Scan");
    assertThat(cloud.requests()).hasSizeLessThanOrEqualTo(9);
  }

  @Test
  void asksFourteenTimesAtMostForOneNewDayAndTheBodiesOfBothFeeds() throws Exception {
    store(DAY_22);
    store(DAY_23);

    RunReport report = run();

    assertThat(report.days()).isEqualTo(new RunReport.Days(3, 1, 2, 0, 0));
    assertThat(cloud.requests()).hasSizeLessThanOrEqualTo(14);
  }

  @Test
  void leavesAnExistingDayUntouchedAndReportsItsRevision() throws Exception {
    Day old = day("2020-01-23", 99, 9, 9);
    store(old);

    RunReport report = run();

    assertThat(report.days()).isEqualTo(new RunReport.Days(3, 2, 1, 1, 0));
    assertThat(report.revised()).containsExactly(new RunReport.Revision(DAY_23, old));
    assertThat(cloud.items()).contains(item(old)).doesNotContain(item(DAY_23));
  }

  @Test
  void archivesTheWholeSetWithWhatDescribesIt() throws Exception {
    RunReport report = run();

    assertThat(cloud.object("CovidData.csv")).contains(SET);
    HeadObjectResponse head =
        cloud.s3Client().headObject(get -> get.bucket(cloud.bucket()).key("CovidData.csv"));
    assertThat(head.contentType()).isEqualTo("text/csv; charset=utf-8");
    Map<String, String> metadata = new HashMap<>(head.metadata());
    metadata.keySet().removeAll(List.of("version", "pulled-at", "run", "versions", "feeds"));
    assertThat(metadata)
        .isEqualTo(
            Map.of(
                "rows",
                "3",
                "newest-day",
                "2020-01-24",
                "synthetic",
                "false",
                "sha256",
                report.archive().sha256()));
    assertThat(report.archive())
        .isEqualTo(
            new RunReport.Archive(
                "CovidData.csv",
                3,
                LocalDate.parse("2020-01-24"),
                SET_SHA256,
                head.metadata().get("version"),
                null));
  }

  @Test
  void tellsTheTopicOnceWhatHappened() throws Exception {
    RunReport report = run();

    assertThat(cloud.messages()).hasSize(1);
    Message message = cloud.messages().get(0);
    assertThat(message.subject()).isEqualTo("Covid Table Update");
    assertThat(message.text()).startsWith("3 row(s) have been added\n\nRun       " + report.id());
    assertThat(message.attributes())
        .isEqualTo(Map.of("status", "succeeded", "runId", report.id(), "added", "3"));
    assertThat(message.topicArn()).isEqualTo(cloud.topicArn());
  }

  @Test
  void publishesNothingWithoutATopic() throws Exception {
    application("announce.topic", "");

    assertThat(run().status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(count("SNS")).isZero();
    assertThat(cloud.keys("open-runs/")).isEmpty();
  }

  @Test
  void keepsAReportOfEachRun() throws Exception {
    RunReport report = run();

    assertThat(cloud.keys("runs/")).containsExactly("runs/" + report.id() + ".json");
    assertThat(cloud.object("runs/" + report.id() + ".json").orElseThrow())
        .contains("\"trigger\" : \"command\"", "\"status\" : \"succeeded\"", "\"joined\" : 3")
        .contains("\"url\" : \"" + feeds.nyt() + "\"");
  }

  @Test
  void saysTheSameEndOfARunEverywhere() throws Exception {
    cloud.intercept(always(to(Service.SNS), Fault.delay(Duration.ofMillis(5))));

    RunReport report = run();

    assertThat(cloud.object("runs/" + report.id() + ".json").orElseThrow())
        .contains("\"finishedAt\" : \"" + report.finishedAt() + "\"");
  }

  @Test
  void takesNothingForTheMarkOfARunThatIsNone() throws Exception {
    cloud
        .s3Client()
        .putObject(put -> put.bucket(cloud.bucket()).key("open-runs/"), RequestBody.empty());

    assertThat(run().unfinishedRuns()).isEmpty();
  }

  @Test
  void setsBadRowsAsideAndGoesOn() throws Exception {
    application("gate.max-bad-rows", "50%");
    TestApplication.nyt(feeds, TestApplication.NYT + "2020-01-25,\"=x,1\",0\n");

    RunReport report = run();

    assertThat(report.status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(cloud.object("quarantine/" + report.id() + ".csv"))
        .contains(
            """
            Feed,Line,Reason,Raw
            nyt,6,"cases '=x,1' is not a number","2020-01-25,""=x,1"",0"
            """);
  }

  @Test
  void saysOfEachObjectInTheBucketWhatItsContentIs() throws Exception {
    application("gate.max-bad-rows", "50%", "store.retries", "0");
    TestApplication.nyt(feeds, TestApplication.NYT + "2020-01-25,x,0\n");
    cloud.intercept(always(to(Service.SNS).or(toPutOf("2020-01-23")), Fault.dropBefore()));

    RunReport report = run();

    Map<String, String> types = new TreeMap<>();
    for (String key : cloud.keys("")) {
      HeadObjectResponse head =
          cloud.s3Client().headObject(object -> object.bucket(cloud.bucket()).key(key));
      // S3Proxy leaves out the space in some of them.
      types.put(key, head.contentType().replaceFirst("; *", "; "));
    }
    assertThat(types)
        .isEqualTo(
            Map.of(
                "raw/" + report.feeds().get(0).sha256() + ".gz",
                "application/gzip",
                "raw/" + report.feeds().get(1).sha256() + ".gz",
                "application/gzip",
                "CovidData.csv",
                "text/csv; charset=utf-8",
                "dead-letter/2020-01-23.json",
                "application/json",
                "open-runs/" + report.id() + ".json",
                "application/json",
                "quarantine/" + report.id() + ".csv",
                "text/csv; charset=utf-8",
                "runs/" + report.id() + ".json",
                "application/json",
                "series/" + report.archive().sha256() + ".csv.gz",
                "application/gzip",
                "versions/" + report.archive().version() + ".json",
                "application/json"));
  }

  @Test
  void previewsWithoutTouchingAnything() throws Exception {
    store(DAY_22);
    cloud.forgetRequests();

    Run run = application().preview();

    assertThat(run.days().missing()).containsExactly(DAY_23, DAY_24);
    assertThat(cloud.requests())
        .containsExactlyInAnyOrder("S3 GET covid-data/CovidData.csv", "DynamoDB Scan");
    assertThat(cloud.items()).containsExactly(item(DAY_22));
    assertThat(cloud.keys("")).isEmpty();
  }

  @Test
  void readsATableThatHoldsOtherItemsToo() throws Exception {
    cloud
        .dynamoDbClient()
        .putItem(
            put ->
                put.tableName(cloud.table())
                    .item(
                        Map.of(
                            "Date",
                            software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS(
                                "2020-01-22"))));

    RunReport report = run();

    assertThat(report.days()).isEqualTo(new RunReport.Days(3, 2, 1, 1, 0));
    assertThat(report.revised()).isEqualTo(List.of(new RunReport.Revision(DAY_22, null)));
  }
}
