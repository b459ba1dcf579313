package routes;

import static local.Faults.toS3;
import static org.assertj.core.api.Assertions.assertThat;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import covid.Day;
import covid.DeadLetter;
import covid.Place;
import covid.RunId;
import covid.RunReport;
import covid.RunStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import local.Fault;
import local.LocalCloud;
import local.Polling;
import local.Service;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Runs whose chunks go through the queue, when nothing goes wrong. */
class ChunksTest extends ChunksTestBase {
  private static final String SET_OF_TWO =
      """
      Place,Date,Cases,Deaths
      DE,2021-01-03,10,1
      DE,2021-01-10,12,2
      FR,2021-01-03,20,3
      """;

  ChunksTest(LocalCloud cloud) {
    super(cloud);
  }

  @BeforeEach
  void begin() {
    worker();
    serve("DE,2021-01-03,10,1", "DE,2021-01-10,12,2", "FR,2021-01-03,20,3");
  }

  @Test
  void workersStoreWhatTheCoordinatorPlans() throws Exception {
    RunReport report = coordinator().run();

    assertThat(report.status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(report.days()).isEqualTo(new RunReport.Days(3, 3, 0, 0, 0));
    assertAddsUp(report);
    assertThat(set()).isEqualTo(SET_OF_TWO);
    assertThat(cloud.messages()).hasSize(1);
  }

  @Test
  void asksTheTableOnceAPlaceWhereNothingIsNew() throws Exception {
    coordinator().run();
    cloud.forgetRequests();

    RunReport report = coordinator().run();

    assertThat(report.days()).isEqualTo(new RunReport.Days(3, 0, 3, 0, 0));
    assertAddsUp(report);
    assertThat(requests("DynamoDB")).containsExactly("DynamoDB Query", "DynamoDB Query");
    assertThat(requests("SQS SendMessage")).hasSize(2);
  }

  @Test
  void leavesRevisedAndUnreadableDaysAsTheyAreAndReportsThem() throws Exception {
    Day other = day(DE, "2021-01-03", 99, 1);
    put(other, "other");
    put(Map.of("Place", fromS("DE"), "Date", fromS("2021-01-10"), "Cases", fromS("many")));

    RunReport report = coordinator().run();

    assertThat(report.status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(report.days()).isEqualTo(new RunReport.Days(3, 1, 2, 2, 0));
    assertThat(report.revised())
        .containsExactly(
            new RunReport.Revision(day(DE, "2021-01-03", 10, 1), other),
            new RunReport.Revision(day(DE, "2021-01-10", 12, 2), null));
    assertAddsUp(report);
    assertThat(cloud.itemsOfPlaces()).contains(LAYOUT.item(other, "other"));
  }

  @Test
  void deadLettersADayThatTheTableRefusesAndTheNextRunReplaysItByAChunk() throws Exception {
    refuse("2021-01-10");
    RunReport first = coordinator().run();
    RunReport second = coordinator().run();
    cloud.intercept(call -> Fault.none());
    RunReport third = coordinator().run();

    assertThat(first.status()).isEqualTo(RunStatus.PARTIAL);
    assertThat(first.days()).isEqualTo(new RunReport.Days(3, 2, 0, 0, 1));
    assertThat(first.deadLetters()).extracting(DeadLetter::attempts).containsExactly(2);
    assertAddsUp(first);
    assertThat(second.replay().failed()).containsExactly(day(DE, "2021-01-10", 12, 2).key());
    assertThat(second.deadLetters()).extracting(DeadLetter::attempts).containsExactly(4);
    assertThat(second.deadLetters().get(0).firstFailure())
        .isEqualTo(first.deadLetters().get(0).firstFailure());
    assertAddsUp(second);
    assertThat(third.replay().added()).containsExactly(day(DE, "2021-01-10", 12, 2).key());
    assertThat(third.days()).isEqualTo(new RunReport.Days(3, 1, 2, 0, 0));
    assertAddsUp(third);
    assertThat(cloud.keys("who/dead-letter")).isEmpty();
  }

  @Test
  void replaysADayThatTheFeedNoLongerHas() throws Exception {
    putObject(
        "who/dead-letter/IT.json",
        "[{\"day\":{\"date\":\"2021-01-03\",\"place\":\"IT\",\"cases\":30,\"deaths\":4},\"attempts\":1,"
            + "\"error\":\"No.\",\"firstFailure\":\"2021-01-04T20:00:00Z\","
            + "\"lastFailure\":\"2021-01-04T20:00:00Z\"}]");

    RunReport report = coordinator().run();

    Day day = day(new Place("IT"), "2021-01-03", 30, 4);
    assertThat(report.days()).isEqualTo(new RunReport.Days(3, 3, 0, 0, 0));
    assertThat(report.replay().added()).containsExactly(day.key());
    assertThat(cloud.itemsOfPlaces()).contains(LAYOUT.item(day, report.id()));
    assertThat(cloud.keys("who/dead-letter")).isEmpty();
    assertThat(set()).isEqualTo(SET_OF_TWO);
    assertAddsUp(report);
  }

  @Test
  void endsAsARunWithoutAQueueDoes() throws Exception {
    // More than the few days that a process alone would put one by one.
    serve(
        "DE,2021-01-03,10,1",
        "DE,2021-01-10,12,2",
        "DE,2021-01-17,14,2",
        "DE,2021-01-24,16,2",
        "DE,2021-01-31,18,3",
        "FR,2021-01-03,20,3");
    put(day(DE, "2021-01-03", 99, 1), "other");
    refuse("2021-01-10");
    RunReport alone = alone().run();
    String set = set();
    String message = cloud.messages().get(0).text();
    String letters = cloud.object("who/dead-letter/DE.json").orElseThrow();
    letWorkersEnd();
    put(day(DE, "2021-01-03", 99, 1), "other");
    refuse("2021-01-10");

    RunReport queued = coordinator().run();

    assertThat(queued)
        .usingRecursiveComparison()
        .ignoringFieldsMatchingRegexes(
            "id", "startedAt", "finishedAt", "duration", ".*Failure", "archive\\.version.*")
        .isEqualTo(alone);
    assertThat(set()).isEqualTo(set);
    assertThat(anyTime(cloud.messages().get(0).text(), queued)).isEqualTo(anyTime(message, alone));
    assertThat(anyTime(cloud.object("who/dead-letter/DE.json").orElseThrow(), queued))
        .isEqualTo(anyTime(letters, alone));
  }

  private static String anyTime(String text, RunReport report) {
    return text.replace(report.id(), "RUN")
        .replaceAll("in [0-9.]+ s", "in N s")
        .replaceAll("20\\d\\d-\\d\\d-\\d\\dT[0-9:.]+Z", "TIME");
  }

  @Test
  void aRunThatIsAskedForMeanwhileWaitsForTheOpenOne() throws Exception {
    CountDownLatch asked = new CountDownLatch(2);
    cloud.intercept(
        call -> {
          if (toS3("GET", OPEN_RUN).test(call)) {
            asked.countDown();
          }
          if (call.is(Service.DYNAMODB, "BatchExecuteStatement")) {
            await(asked);
          }
          return Fault.none();
        });
    CompletableFuture<RunReport> first = async(() -> coordinator().run());
    Polling.until(() -> cloud.object(OPEN_RUN).isPresent());

    RunReport second = coordinator("chunks.resend-after", "1h").runOrContinue();

    assertThat(first.get().days()).isEqualTo(new RunReport.Days(3, 3, 0, 0, 0));
    assertThat(second.days()).as(second.toString()).isEqualTo(new RunReport.Days(3, 0, 3, 0, 0));
    assertThat(second.startedAt()).isAfterOrEqualTo(first.get().finishedAt());
    assertAddsUp(first.get());
    assertAddsUp(second);
    assertThat(cloud.messages()).hasSize(2);
  }

  @Test
  void aRunThatIsTriggeredMeanwhileSaysWhichOneIsOpenAndStoresNothing() throws Exception {
    CountDownLatch ended = new CountDownLatch(1);
    cloud.intercept(
        call -> {
          if (call.is(Service.DYNAMODB, "BatchExecuteStatement")) {
            await(ended);
          }
          return Fault.none();
        });
    CompletableFuture<RunReport> first = async(() -> coordinator().run());
    Polling.until(() -> cloud.object(OPEN_RUN).isPresent());

    RunReport second = coordinator("chunks.resend-after", "1h").run();
    ended.countDown();

    assertThat(second.status()).isEqualTo(RunStatus.FAILED);
    assertThat(second.reason()).startsWith("Run " + first.get().id() + " is open since ");
    assertThat(first.get().status()).isEqualTo(RunStatus.SUCCEEDED);
    assertAddsUp(first.get());
    assertAddsUp(second);
  }

  @Test
  void removesTheWorkOfRunsOfMoreThanADayAgoAndOfAWeekAgoIfTheyHaveNoReport() throws Exception {
    String old = "2021-01-03T21-00-00Z-7f3a";
    String neverReported = "2021-01-03T22-00-00Z-7f3a";
    String unreported = RunId.prefix(Instant.now().minus(Duration.ofDays(3))) + "-7f3a";
    putObject("who/work/%s/plan.json".formatted(neverReported), "{}");
    putObject("who/runs/%s.json".formatted(old), "{}");
    putObject("who/work/%s/plan.json".formatted(old), "{}");
    putObject("who/work/%s/results/0.json".formatted(old), "{}");
    putObject("who/work/%s/plan.json".formatted(unreported), "{}");
    putObject("who/work/notes.txt", "Not ours.");
    String first = coordinator().run().id();

    coordinator().run();

    assertThat(cloud.keys("who/work/" + old)).isEmpty();
    assertThat(cloud.keys("who/work/" + neverReported)).isEmpty();
    assertThat(cloud.keys("who/work/" + unreported)).hasSize(1);
    assertThat(cloud.keys("who/work/" + first)).hasSize(5);
    assertThat(cloud.object("who/work/notes.txt")).contains("Not ours.");
  }

  @Test
  void leavesAnotherDatasetOfTheBucketAsItIs() throws Exception {
    putObject("world/work/open-run.json", "{}");
    putObject("world/work/2021-01-03T21-00-00Z-7f3a/plan.json", "{}");
    putObject("world/runs/2021-01-03T21-00-00Z-7f3a.json", "{}");
    cloud.forgetRequests();

    assertThat(coordinator().run().status()).isEqualTo(RunStatus.SUCCEEDED);

    assertThat(cloud.keys("world/")).hasSize(3);
    assertThat(requests("S3"))
        .noneMatch(request -> request.contains("world/"))
        .noneMatch(request -> request.matches("S3 GET covid-data\\?.*prefix=(&.*)?"));
  }

  @Test
  void whereNoRunIsOpenANewOneBegins() throws Exception {
    serve("DE,2021-01-03,10,1");
    worker();

    RunReport report = coordinator().runOrContinue();

    assertThat(report.days()).isEqualTo(new RunReport.Days(1, 1, 0, 0, 0));
    assertAddsUp(report);
  }
}
