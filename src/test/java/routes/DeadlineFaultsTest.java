package routes;

import static local.Faults.THROTTLED;
import static local.Faults.always;
import static local.Faults.first;
import static local.Faults.to;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import covid.Day;
import covid.DeadLetter;
import covid.RunReport;
import covid.RunStatus;
import local.Fault;
import local.LocalCloud;
import local.Service;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Runs whose chunks no worker has stored by their deadline, which passes at once. */
class DeadlineFaultsTest extends ChunksTestBase {
  private static final String ERROR = "No worker has stored it by run.deadline.";
  private static final Day DE_3 = day(DE, "2021-01-03", 10, 1);
  private static final Day DE_10 = day(DE, "2021-01-10", 12, 2);
  private static final Day FR_3 = day(FR, "2021-01-03", 20, 3);

  DeadlineFaultsTest(LocalCloud cloud) {
    super(cloud);
  }

  @BeforeEach
  void begin() {
    serve("DE,2021-01-03,10,1", "DE,2021-01-10,12,2", "FR,2021-01-03,20,3");
  }

  private RunReport run() throws Exception {
    return coordinator("run.deadline", "1ms").run();
  }

  @Test
  void deadLettersTheDaysOfChunksThatNoWorkerStoresAndTheNextRunReplaysThem() throws Exception {
    RunReport report = run();
    RunReport next = alone().run();

    assertThat(report.status()).isEqualTo(RunStatus.PARTIAL);
    assertThat(report.days()).isEqualTo(new RunReport.Days(3, 0, 0, 0, 3));
    assertThat(report.deadLetters())
        .extracting(DeadLetter::day, DeadLetter::attempts, DeadLetter::error)
        .containsExactly(tuple(DE_3, 0, ERROR), tuple(DE_10, 0, ERROR), tuple(FR_3, 0, ERROR));
    assertThat(report.warnings())
        .containsExactly(
            "No worker stored 2 of 2 chunks by run.deadline; what the table lacks of them is in the"
                + " dead letter: DE; FR. Look for their messages in the queue's dead-letter queue,"
                + " and into the logs of the workers.");
    assertAddsUp(report);
    assertThat(next.status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(next.replay().added()).containsExactly(DE_3.key(), DE_10.key(), FR_3.key());
    assertThat(cloud.keys("who/dead-letter")).isEmpty();
  }

  @Test
  void namesTheFirstPlacesOnlyInOneLineEach() throws Exception {
    serve(
        "A,2021-01-03,1,1",
        "B,2021-01-03,1,1",
        "C,2021-01-03,1,1",
        "D,2021-01-03,1,1",
        "E,2021-01-03,1,1",
        "F,2021-01-03,1,1");

    assertThat(run().warnings())
        .singleElement()
        .asString()
        .startsWith("No worker stored 6 of 6 chunks")
        .contains("dead letter: A; B; C; D; E; and more. Look");
  }

  @Test
  void countsWhatAWorkerInsertedThatDiedBeforeItsResult() throws Exception {
    cloud.intercept(
        call -> {
          if (call.is(Service.SQS, "SendMessage") && message(call).get("chunk").intValue() == 0) {
            put(DE_3, message(call).get("run").textValue());
          }
          return Fault.none();
        });

    RunReport report = run();

    assertThat(report.days()).isEqualTo(new RunReport.Days(3, 1, 0, 0, 2));
    assertThat(report.deadLetters()).extracting(DeadLetter::day).containsExactly(DE_10, FR_3);
    assertAddsUp(report);
  }

  @Test
  void findsInTheNextRunWhatAFrozenWorkerInsertsAfterTheDeadline() throws Exception {
    RunReport report = run();
    put(DE_3, report.id());
    put(DE_10, report.id());
    put(FR_3, report.id());

    RunReport next = run();

    assertThat(next.status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(next.days()).isEqualTo(new RunReport.Days(3, 0, 3, 0, 0));
    assertThat(next.replay().present()).containsExactly(DE_3.key(), DE_10.key(), FR_3.key());
    assertThat(cloud.keys("who/dead-letter")).isEmpty();
    assertAddsUp(next);
  }

  @Test
  void keepsAllAttemptsOfADayThatNoWorkerStoresAgain() throws Exception {
    refuse("2021-01-10");
    RunReport first = alone().run();
    cloud.intercept(call -> Fault.none());

    RunReport report = run();

    assertThat(report.replay().failed()).containsExactly(DE_10.key());
    assertThat(report.deadLetters())
        .extracting(DeadLetter::attempts, DeadLetter::error, DeadLetter::firstFailure)
        .containsExactly(tuple(2, ERROR, first.deadLetters().get(0).firstFailure()));
    assertThat(cloud.object("who/dead-letter/DE.json").orElseThrow())
        .contains("\"attempts\":2", ERROR);
    assertAddsUp(report);
  }

  @Test
  void deadLettersDaysWhoseObjectIsGoneOrDamaged() throws Exception {
    cloud.intercept(
        call -> {
          if (call.is(Service.SQS, "SendMessage")) {
            String key = chunk(message(call));
            if (message(call).get("chunk").intValue() == 0) {
              removeObject(key);
            } else {
              putObject(key, "x");
            }
          }
          return Fault.none();
        });

    RunReport report = run();

    assertThat(report.status()).isEqualTo(RunStatus.PARTIAL);
    assertThat(report.deadLetters()).extracting(DeadLetter::day).containsExactly(DE_3, DE_10, FR_3);
    assertAddsUp(report);
  }

  @Test
  void readsTheTableAgainWhenItIsBusyForAMoment() throws Exception {
    cloud.intercept(first(1, to(Service.DYNAMODB, "Query"), THROTTLED));

    assertThat(run().days()).isEqualTo(new RunReport.Days(3, 0, 0, 0, 3));
  }

  @Test
  void failsWhenTheTableCannotBeReadAtTheDeadline() throws Exception {
    cloud.intercept(always(to(Service.DYNAMODB, "Query"), THROTTLED));

    RunReport report = run();

    assertThat(report.status()).isEqualTo(RunStatus.FAILED);
    assertThat(report.reason()).startsWith("DynamoDB throttles Query on table CovidPlaces");
    assertEnds(report);
  }

  @Test
  void takesTheResultOfAWorkerThatIsFasterThanTheDeadline() throws Exception {
    cloud.intercept(
        call -> {
          if (call.operation().startsWith("PUT covid-data/who/work/")
              && call.operation().endsWith("/results/1.json")) {
            String key = call.operation().replace("PUT covid-data/", "");
            String run = key.split("/", -1)[2];
            put(FR_3, run);
            putObject(
                key,
                "{\"run\":\"%s\",\"chunk\":1,\"joined\":1,\"added\":[\"2021-01-03\"],\"present\":[],\"revised\":[],\"unreadable\":[],\"deadLetters\":[],\"sealed\":false}"
                    .formatted(run));
          }
          return Fault.none();
        });

    RunReport report = run();

    assertThat(report.days()).isEqualTo(new RunReport.Days(3, 1, 0, 0, 2));
    assertThat(report.warnings()).singleElement().asString().contains("1 of 2 chunks", ": DE. ");
    assertAddsUp(report);
  }
}
