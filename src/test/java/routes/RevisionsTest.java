package routes;

import static org.assertj.core.api.Assertions.assertThat;

import app.TestApplication;
import covid.Day;
import covid.DaySelection;
import covid.KeySchema;
import covid.Metric;
import covid.Place;
import covid.RevisedDay;
import covid.RevisedDay.Outcome;
import covid.RevisionReport;
import covid.RevisionSummary;
import covid.RunReport;
import covid.RunStatus;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import local.Fault;
import local.LocalCloud;
import local.Message;
import local.Service;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Published revisions, taken into the table. */
class RevisionsTest extends RevisionTestBase {
  RevisionsTest(LocalCloud cloud) {
    super(cloud);
  }

  @ParameterizedTest
  @EnumSource
  void daysWithOtherFiguresGetThePublishedOnesAndNothingElseChanges(KeySchema schema) {
    key = schema;
    layDown();

    RevisionReport report = take();

    assertThat(report.status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(items()).containsExactlyInAnyOrderElementsOf(items(taken()));
    assertThat(report.with(Outcome.TAKEN))
        .extracting(RevisedDay::published)
        .containsExactly(revised(1), revised(3));
    assertThat(report.published()).isEqualTo(5);
    assertThat(report.missing()).isEqualTo(1);
    assertThat(count("DynamoDB UpdateItem")).isEqualTo(2);
    assertThat(keys("open-runs/")).isEmpty();
    assertThat(keys("runs/")).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void whatWasThereBeforeIsRecordedBeforeTheFirstUpdate(KeySchema schema) {
    key = schema;
    layDown();
    List<RevisionReport> before = new ArrayList<>();
    cloud.intercept(
        call -> {
          if (call.is(Service.DYNAMODB, "UpdateItem")) {
            before.add(recorded());
          }
          return Fault.none();
        });

    RevisionReport report = take();

    RevisionReport first = before.get(0);
    assertThat(first.id()).isEqualTo(report.id());
    assertThat(first.version()).isEqualTo(VERSION);
    assertThat(first.status()).isNull();
    assertThat(first.days())
        .containsExactly(
            new RevisedDay(revised(1), stored().get(1), null, null),
            new RevisedDay(revised(3), stored().get(3), null, null));
    assertThat(keys("revisions/")).containsExactly(prefix() + "revisions/" + report.id() + ".json");
    assertThat(recorded()).isEqualTo(report);
  }

  @Test
  void oneMessageSaysHowManyWereTakenAndTheLargestFirst() {
    layDown();

    RevisionReport report = take();

    assertThat(cloud.messages()).hasSize(1);
    Message message = cloud.messages().get(0);
    assertThat(message.subject()).isEqualTo("Covid Table Revisions");
    assertThat(message.attributes())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("status", "succeeded", "runId", report.id(), "added", "0", "taken", "2"));
    assertThat(message.text())
        .isEqualTo(RevisionSummary.of(report, key).text())
        .startsWith("2 revision(s) have been taken into the table\n\nRun       " + report.id())
        .contains(
            "Version   " + VERSION,
            "Days      5 published: 2 taken, 0 had the figures already, 0 left, 0 failed; 1 not in"
                + " the table, which a run adds\n",
            """
            Taken, the largest change first:
              2020-01-25  cases 7 -> 1,008
              2020-01-23  cases 2 -> 3
            """);
  }

  @Test
  void aWebhookIsToldWithTheRecord() {
    Posts posts = new Posts(feeds());
    posts.answer("/hook", 200);
    layDown();
    application("announce.webhook", posts.at("/hook").toString());

    RevisionReport report = take();

    assertThat(posts.to("/hook")).hasSize(1);
    Posts.Post post = posts.to("/hook").get(0);
    assertThat(post.header("webhook-id")).isEqualTo(report.id());
    assertThat(post.json().get("type").asText()).isEqualTo("revisions.succeeded");
    assertThat(post.json().get("text").asText()).isEqualTo(cloud.messages().get(0).text());
    assertThat(post.json().at("/data/days")).hasSize(2);
  }

  @Test
  void theMessageOfAnotherDatasetNamesItAndThePlaces() {
    key = KeySchema.PLACE_DATE;
    layDown();

    take();

    assertThat(cloud.messages().get(0).subject()).isEqualTo("Covid Table Revisions (world)");
    assertThat(cloud.messages().get(0).attributes()).containsEntry("dataset", "world");
    assertThat(cloud.messages().get(0).text())
        .contains("  Korea, South 2020-01-23  cases 2 -> 3, deaths 1 -> none\n");
  }

  @ParameterizedTest
  @EnumSource
  void aDryRunShowsOldAndNewFiguresAndWritesNothing(KeySchema schema) {
    key = schema;
    layDown();
    List<String> before = cloud.keys("");

    RevisionReport report = application().previewRevisions(DaySelection.ALL);

    assertThat(RevisionSummary.preview(report, key, 1))
        .containsExactly(
            "2 revision(s) would be taken from version %s; 1 published day(s) are not in the"
                    .formatted(VERSION)
                + " table, which a run adds",
            key == KeySchema.DATE
                ? "2020-01-23  cases 2 -> 3"
                : "Korea, South 2020-01-23  cases 2 -> 3, deaths 1 -> none",
            "and 1 more");
    assertThat(items()).containsExactlyInAnyOrderElementsOf(items(stored()));
    assertThat(cloud.keys("")).isEqualTo(before);
    assertThat(cloud.messages()).isEmpty();
    assertThat(cloud.requests())
        .noneMatch(request -> request.contains(" PUT ") || request.contains("UpdateItem"));
  }

  @ParameterizedTest
  @EnumSource
  void withNothingToTakeThereIsNoRecordAndNoMessage(KeySchema schema) {
    key = schema;
    publish(published());
    taken().forEach(this::store);

    RevisionReport report = take();

    assertThat(report.status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(report.days()).isEmpty();
    assertThat(keys("revisions/")).isEmpty();
    assertThat(keys("open-runs/")).isEmpty();
    assertThat(cloud.messages()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void onlyTheDaysThatAreAskedForAreTaken(KeySchema schema) {
    key = schema;
    layDown();
    LocalDate day = revised(3).date();

    assertThat(take(new DaySelection(Optional.empty(), day.plusDays(1), LocalDate.MAX)).taken())
        .isZero();
    assertThat(take(new DaySelection(Optional.empty(), day, day)).with(Outcome.TAKEN))
        .extracting(RevisedDay::published)
        .containsExactly(revised(3));
    assertThat(take(new DaySelection(Optional.empty(), LocalDate.MIN, day)).with(Outcome.TAKEN))
        .extracting(RevisedDay::published)
        .containsExactly(revised(1));
  }

  @Test
  void onlyThePlaceThatIsAskedForIsReadAndTaken() {
    key = KeySchema.PLACE_DATE;
    layDown();
    publish(List.of(day(0, 4), revised(1)));

    RevisionReport report =
        take(new DaySelection(Optional.of(new Place("DE")), LocalDate.MIN, LocalDate.MAX));

    assertThat(report.with(Outcome.TAKEN))
        .extracting(RevisedDay::published)
        .containsExactly(day(0, 4));
    assertThat(count("DynamoDB Query")).isEqualTo(1);
  }

  @Test
  void daysThatTheSetLacksAreAMistake() {
    key = KeySchema.PLACE_DATE;
    layDown();
    LocalDate day = LocalDate.parse("2031-01-01");

    assertThat(take(new DaySelection(Optional.of(new Place("FR")), day, LocalDate.MAX)).reason())
        .isEqualTo("The published set has no day of FR from 2031-01-01 on.");
    assertThat(take(new DaySelection(Optional.empty(), day, day)).reason())
        .isEqualTo("The published set has no day on 2031-01-01.");
  }

  @Test
  void withoutAPublishedSetThereIsNothingToTake() {
    RevisionReport report = take();

    assertThat(report.status()).isEqualTo(RunStatus.FAILED);
    assertThat(report.reason())
        .isEqualTo("No set is published yet, so there are no revisions to take.");
    assertThat(RevisionSummary.of(report, KeySchema.DATE).text()).doesNotContain("Version");
    assertThat(cloud.messages()).isEmpty();
    assertThat(keys("open-runs/")).isEmpty();
  }

  @Test
  void aSetWithOtherColumnsIsNotTaken() {
    cloud
        .s3Client()
        .putObject(
            put -> put.bucket(cloud.bucket()).key("CovidData.csv"),
            RequestBody.fromString("Place,Date,Cases\nUS,2020-01-22,1\n"));

    assertThat(take().reason())
        .isEqualTo(
            "The published set has other columns than the dataset: let a run publish it anew"
                + " first.");
  }

  @Test
  void whatIsNotAFigureStays() {
    layDown();
    Map<String, AttributeValue> item = new HashMap<>(layout().item(stored().get(1), ""));
    item.put("Note", AttributeValue.fromS("checked"));
    store(item);

    take();

    Map<String, AttributeValue> now = new HashMap<>(layout().item(revised(1), ""));
    now.put("Note", AttributeValue.fromS("checked"));
    assertThat(items()).contains(now);
  }

  @ParameterizedTest
  @EnumSource
  void anItemThatCannotBeReadIsLeftAndNamed(KeySchema schema) {
    key = schema;
    layDown();
    Map<String, AttributeValue> item = new HashMap<>(layout().item(stored().get(1), "earlier"));
    item.put("Deaths", AttributeValue.fromS("many"));
    store(item);

    RevisionReport report = take();

    assertThat(report.status()).isEqualTo(RunStatus.PARTIAL);
    assertThat(report.taken()).isEqualTo(1);
    assertThat(report.with(Outcome.LEFT))
        .containsExactly(
            new RevisedDay(
                revised(1), null, Outcome.LEFT, "Its item cannot be read as a day: correct it."));
    assertThat(items()).contains(item);
    assertThat(RevisionSummary.of(report, key).text())
        .contains("2020-01-23  Its item cannot be read as a day: correct it.\n");
  }

  @Test
  void anItemOfAnotherPlaceIsLeftAndNamed() {
    layDown();
    Day other = day("France", 1, Map.of(Metric.CASES, 2L, Metric.DEATHS, 0L, Metric.RECOVERED, 0L));
    store(other);

    RevisionReport report = take();

    assertThat(report.with(Outcome.LEFT))
        .extracting(RevisedDay::reason)
        .containsExactly("Its item is of France.");
    assertThat(items()).contains(layout().item(other, ""));
  }

  /** From the feeds on. */
  @Test
  void aRevisionOfTheFeedsIsReportedUntilItIsTaken() throws Exception {
    application().run();
    TestApplication.nyt(feeds(), TestApplication.NYT.replace("2020-01-23,2,1", "2020-01-23,3,1"));
    RunReport revised = application().run();
    assertThat(revised.days().revised()).isEqualTo(1);

    RevisionReport report = take();

    assertThat(report.version()).isEqualTo(revised.archive().version());
    assertThat(report.with(Outcome.TAKEN))
        .extracting(RevisedDay::change)
        .containsExactly("cases 2 -> 3");
    assertThat(application().run().days().revised()).isZero();
  }

  @Test
  void oneRunAtATimeAlsoForRevisions() throws Exception {
    layDown();
    CountDownLatch reading = new CountDownLatch(1);
    CountDownLatch over = new CountDownLatch(1);
    cloud.intercept(
        call -> {
          if (call.is(Service.DYNAMODB, "Scan")) {
            reading.countDown();
            awaits(over);
          }
          return Fault.none();
        });
    application();
    Thread first = new Thread(this::take);
    first.start();
    reading.await();

    assertThat(take()).isNull();
    assertThat(application().run()).isNull();

    over.countDown();
    first.join();
    assertThat(items()).containsExactlyInAnyOrderElementsOf(items(taken()));
  }

  private static void awaits(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private RevisionReport take(DaySelection days) {
    return application().takeRevisions(days);
  }
}
