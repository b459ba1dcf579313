package routes;

import static local.Faults.always;
import static local.Faults.to;
import static org.assertj.core.api.Assertions.assertThat;

import app.TestApplication;
import covid.DayKey;
import covid.IncompleteDay;
import covid.Place;
import covid.RunReport;
import covid.RunStatus;
import java.time.LocalDate;
import java.util.List;
import local.Fault;
import local.LocalCloud;
import local.Service;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A country of several parts, one of which has no figure on a day. */
class IncompleteDaysTest extends IngestTestBase {
  private static final String HEADER = "Date,Country/Region,Province/State,Recovered\n";

  /** Of both parts on the first two days; on the third the Far West is not counted yet. */
  private static final String LATE =
      HEADER
          + "2020-01-22,US,East,1\n2020-01-23,US,East,2\n2020-01-24,US,East,3\n"
          + "2020-01-22,US,Far West,10\n2020-01-23,US,Far West,20\n2020-01-24,US,Far West,\n";

  private static final String WHOLE = LATE.replace("24,US,Far West,", "24,US,Far West,30");

  private static final String TWO_DAYS =
      """
      Date,Cases,Deaths,Country,Recovered
      2020-01-22,1,0,US,11
      2020-01-23,2,1,US,22
      """;

  private static final String THREE_DAYS = TWO_DAYS + "2020-01-24,5,1,US,33\n";

  private static final String ENDED =
      "Feed jhu has had no figure of Far West (last on 2020-01-23) for 28 days: later days are"
          + " published without. This is reported once.";

  IncompleteDaysTest(LocalCloud cloud) {
    super(cloud);
  }

  @BeforeEach
  void serveTwoParts() {
    TestApplication.jhu(feeds, LATE);
  }

  @Test
  void holdsADayBackUntilEveryPartHasAFigure() throws Exception {
    RunReport late = run();

    assertThat(late.status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(late.days()).isEqualTo(new RunReport.Days(2, 2, 0, 0, 0));
    assertThat(cloud.object("CovidData.csv")).contains(TWO_DAYS);
    assertThat(cloud.items()).hasSize(2);

    TestApplication.jhu(feeds, WHOLE);
    RunReport whole = run();

    assertThat(whole.days()).isEqualTo(new RunReport.Days(3, 1, 2, 0, 0));
    assertThat(cloud.object("CovidData.csv")).contains(THREE_DAYS);
    assertThat(cloud.items()).contains(item(day("2020-01-24", 5, 1, 33)));
  }

  @Test
  void holdsADayBackWhosePartHasNoRow() throws Exception {
    TestApplication.jhu(feeds, LATE.replace("2020-01-24,US,Far West,\n", ""));

    assertThat(run().days()).isEqualTo(new RunReport.Days(2, 2, 0, 0, 0));
  }

  @Test
  void keepsTheFiguresThatWerePublishedWhole() throws Exception {
    TestApplication.jhu(feeds, WHOLE);
    run();
    TestApplication.jhu(feeds, LATE);

    RunReport late = run();

    assertThat(late.reason()).isNull();
    assertThat(late.days()).isEqualTo(new RunReport.Days(3, 0, 3, 0, 0));
    assertThat(cloud.object("CovidData.csv")).contains(THREE_DAYS);
  }

  @Test
  void keepsTheFiguresThatWerePublishedWholeWhenAPartCannotBeRead() throws Exception {
    application("gate.max-bad-rows", "20%");
    TestApplication.jhu(feeds, WHOLE);
    run();
    TestApplication.jhu(feeds, LATE.replace("24,US,Far West,", "24,US,Far West,x"));

    assertThat(run().days()).isEqualTo(new RunReport.Days(3, 0, 3, 0, 0));
    assertThat(cloud.object("CovidData.csv")).contains(THREE_DAYS);
  }

  @Test
  void refusesADayThatAnotherFeedHasLostAlthoughItIsIncompleteHere() throws Exception {
    TestApplication.jhu(feeds, WHOLE);
    run();
    TestApplication.jhu(feeds, LATE);
    TestApplication.nyt(feeds, TestApplication.NYT.replace("2020-01-24,5,1\n", ""));

    assertThat(run().reason())
        .isEqualTo(
            "1 of the 3 days archived last are gone (2020-01-24), more than"
                + " gate.max-lost-days allows: check which feed lost them.");
  }

  @Test
  void namesIncompleteDaysInReportAndMessage() throws Exception {
    RunReport report = run();

    assertThat(report.feeds())
        .extracting(RunReport.Feed::incomplete)
        .containsExactly(
            List.of(
                new IncompleteDay(
                    new DayKey(new Place("US"), LocalDate.parse("2020-01-24")),
                    1,
                    List.of("Far West"))),
            List.of());
    assertThat(cloud.object("runs/" + report.id() + ".json").orElseThrow())
        .containsIgnoringWhitespaces(
            "\"incomplete\":[{\"date\":\"2020-01-24\",\"missing\":1,\"parts\":[\"Far West\"]}]");
    assertThat(cloud.messages().get(0).text())
        .contains(
            "Feed jhu  6 rows to 2020-01-23, 1 empty, 0 quarantined, 0 days only here,"
                + " 1 incomplete days\n",
            "Feed nyt  4 rows to 2020-01-24, 0 empty, 0 quarantined, 2 days only here\n",
            "\nIncomplete in feed jhu, and held back unless published before:\n"
                + "  2020-01-24  without Far West\n");
  }

  @Test
  void waitsNoLongerForAPartThatHasEndedAndReportsItOnce() throws Exception {
    serveDaysWithoutTheFarWest(27);
    RunReport waiting = run();
    serveDaysWithoutTheFarWest(28);
    RunReport ended = run();
    serveDaysWithoutTheFarWest(29);
    RunReport later = run();

    assertThat(waiting.days()).isEqualTo(new RunReport.Days(2, 2, 0, 0, 0));
    assertThat(waiting.feeds().get(0).incomplete()).hasSize(27);
    assertThat(ended.days()).isEqualTo(new RunReport.Days(30, 28, 2, 0, 0));
    assertThat(later.days()).isEqualTo(new RunReport.Days(31, 1, 30, 0, 0));
    assertThat(waiting.warnings()).isEmpty();
    assertThat(ended.warnings()).containsExactly(ENDED);
    assertThat(later.warnings()).isEmpty();
    assertThat(cloud.messages())
        .extracting(message -> message.text().contains("\nPlease note:\n  " + ENDED + "\n"))
        .containsExactly(false, true, false);
  }

  @Test
  void reportsAnEndedPartAgainWhenTheFirstMessageDidNotGoOut() throws Exception {
    serveDaysWithoutTheFarWest(28);
    cloud.intercept(always(to(Service.SNS), Fault.dropBefore()));
    run();
    cloud.intercept(call -> Fault.none());

    assertThat(run().warnings()).containsExactly(ENDED);
    assertThat(run().warnings()).isEmpty();
  }

  private void serveDaysWithoutTheFarWest(int count) {
    StringBuilder nyt = new StringBuilder("date,cases,deaths\n2020-01-22,1,0\n2020-01-23,2,1\n");
    StringBuilder jhu = new StringBuilder(LATE.replace("2020-01-24,US,East,3\n", ""));
    for (int day = 0; day < count; day++) {
      LocalDate date = LocalDate.parse("2020-01-24").plusDays(day);
      nyt.append(date).append(",5,1\n");
      jhu.append(date).append(",US,East,30\n");
    }
    TestApplication.nyt(feeds, nyt.toString());
    TestApplication.jhu(feeds, jhu.toString());
  }
}
