package routes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import app.TestApplication;
import covid.RunReport;
import covid.RunStatus;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.LocalDate;
import java.util.function.LongUnaryOperator;
import java.util.stream.LongStream;
import local.LocalCloud;
import local.SampleFeeds;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A file of the same layout whose figures are others than those published before. */
class OtherFiguresTest extends IngestTestBase {
  private static final LocalDate FIRST = LocalDate.of(2020, 1, 22);
  private static final int DAYS = 298;

  /** Figures that rise as those of an epidemic do, fewer on some days of the week. */
  private static final LongUnaryOperator CUMULATIVE =
      day -> 40 * day * day + 700 * day + 100 * (day % 7);

  private static final LongUnaryOperator DAILY =
      day -> CUMULATIVE.applyAsLong(day + 1) - CUMULATIVE.applyAsLong(day);

  OtherFiguresTest(LocalCloud cloud) {
    super(cloud);
  }

  @Test
  void refusesDailyFiguresWhereCumulativeOnesWerePublished() throws Exception {
    serve(CUMULATIVE);
    assertThat(run().days().added()).isEqualTo(DAYS);
    String published = cloud.object("CovidData.csv").orElseThrow();
    serve(DAILY);

    RunReport report = run();

    assertThat(report.status()).isEqualTo(RunStatus.REFUSED);
    assertThat(report.status().exitCode()).isEqualTo(3);
    assertThat(report.reason())
        .isEqualTo(
            "296 of the 298 days archived last have a figure less than half or more than double of"
                + " what it was, more than gate.max-changed-days allows: 2020-11-12 (cases 24,440, was 3,687,600),"
                + " 2020-11-13 (cases 24,520, was 3,712,040),"
                + " 2020-11-14 (cases 24,600, was 3,736,560)"
                + ": check what the feeds serve now; if it is right, let it"
                + " pass once with GATE_MAX_CHANGED_DAYS=100%.");
    assertThat(cloud.object("CovidData.csv")).contains(published);
    assertThat(cloud.messages().get(1).text()).startsWith(report.reason() + "\n\n");
  }

  @Test
  void refusesZerosWhereFiguresWerePublished() throws Exception {
    serve(CUMULATIVE);
    run();
    String published = cloud.object("CovidData.csv").orElseThrow();
    serve(day -> 0);

    RunReport report = run();

    assertThat(report.status()).isEqualTo(RunStatus.REFUSED);
    assertThat(report.reason()).startsWith("297 of the 298 days archived last have a figure less ");
    assertThat(cloud.object("CovidData.csv")).contains(published);
  }

  @Test
  void refusesDailyFiguresWhereNothingWasPublished() throws Exception {
    serve(DAILY);

    RunReport report = run();

    assertThat(report.status()).isEqualTo(RunStatus.REFUSED);
    assertThat(report.reason())
        .isEqualTo(
            "42 of the 298 days have a figure lower than the day before, more than"
                + " gate.max-changed-days allows: 2020-10-27 (cases 22,460, was 23,080),"
                + " 2020-11-03 (cases 23,020, was 23,640),"
                + " 2020-11-10 (cases 23,580, was 24,200)"
                + ": check whether the feeds serve cumulative figures; if they do, let them pass once"
                + " with GATE_MAX_CHANGED_DAYS=100%.");
    assertThat(cloud.object("CovidData.csv")).isEmpty();
    assertThat(cloud.items()).isEmpty();
  }

  @Test
  void letsOtherFiguresPassWhereAnOperatorAllowsThem() throws Exception {
    application("gate.max-changed-days", "100%");
    serve(DAILY);
    run();
    serve(CUMULATIVE);

    assertThat(run().days()).isEqualTo(new RunReport.Days(DAYS, 0, DAYS, DAYS, 0));
  }

  @Test
  void letsOrdinaryRevisionsOfEveryDayPass() throws Exception {
    serve(CUMULATIVE);
    run();
    serve(day -> CUMULATIVE.applyAsLong(day) * 101 / 100 + 10);

    assertThat(run().days()).isEqualTo(new RunReport.Days(DAYS, 0, DAYS, DAYS, 0));
  }

  @Test
  @Tag("slow")
  void letsTheCourseOfTheEpidemicPassInEverySnapshot() throws Exception {
    for (String day : new String[] {"2020-09-01", "2020-12-13", "2020-12-21", "2023-01-24"}) {
      serveSamplesUntil(day);
      RunReport report = run();
      assertThat(report.reason()).as(day).isNull();
      assertThat(report.status()).as(day).isEqualTo(RunStatus.SUCCEEDED);
    }
    assertThat(cloud.items()).hasSize(816);
  }

  private void serve(LongUnaryOperator cases) {
    TestApplication.nyt(
        feeds,
        LongStream.range(0, DAYS)
            .mapToObj(
                day -> "%s,%d,%d%n".formatted(FIRST.plusDays(day), cases.applyAsLong(day), day))
            .collect(joining("", "date,cases,deaths\n", "")));
    TestApplication.jhu(
        feeds,
        LongStream.range(0, DAYS)
            .mapToObj(day -> "%s,US,%d%n".formatted(FIRST.plusDays(day), day))
            .collect(joining("", "Date,Country/Region,Recovered\n", "")));
  }

  private void serveSamplesUntil(String day) throws IOException {
    ByteArrayOutputStream nyt = new ByteArrayOutputStream();
    ByteArrayOutputStream jhu = new ByteArrayOutputStream();
    new SampleFeeds().writeNyt(nyt);
    new SampleFeeds().writeJhu(jhu);
    TestApplication.nyt(feeds, until(day, nyt.toString(UTF_8)));
    TestApplication.jhu(feeds, until(day, jhu.toString(UTF_8)));
  }

  /** The header and the rows up to a day, which is the first column. */
  private static String until(String day, String csv) {
    return csv.lines()
        .filter(
            row -> !Character.isDigit(row.charAt(0)) || row.substring(0, 10).compareTo(day) <= 0)
        .collect(joining("\n"));
  }
}
