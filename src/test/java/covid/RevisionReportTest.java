package covid;

import static org.assertj.core.api.Assertions.assertThat;

import covid.RevisedDay.Outcome;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The fold of the facts of take-revisions, and its words. */
class RevisionReportTest {
  private static final Instant BEGIN = Instant.parse("2026-11-29T06:00:00Z");
  private static final Instant END = BEGIN.plusMillis(1_500);

  private final Run run = Run.begin("2026-11-29T06-00-00Z-7f3a", "take-revisions", BEGIN);

  /** Six published days; the table lacks the first, and has the others but one differently. */
  private void compare() {
    run.note(new RevisionFact.SetRead("2026-11-28T06-00-00Z-00000001"));
    run.note(new PullFact.DaysJoined(new JoinedDays(Samples.days(1, 6), new TreeMap<>())));
    run.note(
        new StoreFact.DaysStored(
            Map.of(
                Samples.key(2), Optional.of(Samples.day(2)),
                Samples.key(3), Optional.of(other(3, 290)),
                Samples.key(4), Optional.of(other(4, 1_000_400)),
                Samples.key(5), Optional.of(other(5, 499)),
                Samples.key(6), Optional.empty())));
  }

  private static Day other(int day, long cases) {
    return Day.of(Samples.date(day), "US", cases, 10L * day, day);
  }

  private void end() {
    run.note(new RunFact.StagesEnded(END));
  }

  @Test
  void namesTheDaysThatDifferWhileNothingHasHappenedYet() {
    compare();

    RevisionReport report = RevisionReport.of(run);

    assertThat(report.published()).isEqualTo(6);
    assertThat(report.missing()).isEqualTo(1);
    assertThat(report.open())
        .extracting(RevisedDay::change)
        .containsExactly(
            "cases 290 -> 300", "cases 1,000,400 -> 400", "cases 499 -> 500", "unreadable");
    assertThat(report.status()).isNull();
    assertThat(report.finishedAt()).isNull();
    assertThat(RevisionSummary.preview(report, KeySchema.DATE, 2))
        .containsExactly(
            "4 revision(s) would be taken from version 2026-11-28T06-00-00Z-00000001; 1 published"
                + " day(s) are not in the table, which a run adds",
            "2020-03-03  cases 290 -> 300",
            "2020-03-04  cases 1,000,400 -> 400",
            "and 2 more");
  }

  @Test
  void countsEachDayByItsOutcome() {
    compare();
    run.note(new RevisionFact.RevisionTaken(Samples.key(3)));
    run.note(new RevisionFact.RevisionTaken(Samples.key(4)));
    run.note(new RevisionFact.RevisionPresent(Samples.key(5)));
    run.note(new RevisionFact.RevisionLeft(Samples.key(6), "It cannot be read.", false));
    end();

    RevisionReport report = RevisionReport.of(run);

    assertThat(report.status()).isEqualTo(RunStatus.PARTIAL);
    assertThat(report.open()).isEmpty();
    RunSummary summary = RevisionSummary.of(report, KeySchema.PLACE_DATE);
    assertThat(summary.subject()).isEqualTo("Covid Table Revisions");
    assertThat(summary.text())
        .isEqualTo(
            """
            2 revision(s) have been taken into the table

            Run       2026-11-29T06-00-00Z-7f3a by take-revisions: partial in 1.5 s
            Version   2026-11-28T06-00-00Z-00000001
            Days      6 published: 2 taken, 1 had the figures already, 1 left, 0 failed; 1 not in the table, which a run adds

            Taken, the largest change first:
              US 2020-03-04  cases 1,000,400 -> 400
              US 2020-03-03  cases 290 -> 300

            Left as they are in the table:
              US 2020-03-06  It cannot be read.
            """);
  }

  @Test
  void isPartialIfADayFailed() {
    compare();
    run.note(new RevisionFact.RevisionLeft(Samples.key(3), "Throttled.", true));
    end();

    RevisionReport report = RevisionReport.of(run);

    assertThat(report.status()).isEqualTo(RunStatus.PARTIAL);
    assertThat(report.with(Outcome.FAILED))
        .extracting(RevisedDay::reason)
        .containsExactly("Throttled.");
  }

  @Test
  void succeedsIfAllAreTakenOrThereAlready() {
    compare();
    for (int day = 3; day <= 5; day++) {
      run.note(new RevisionFact.RevisionTaken(Samples.key(day)));
    }
    run.note(new RevisionFact.RevisionPresent(Samples.key(6)));
    end();

    assertThat(RevisionReport.of(run).status()).isEqualTo(RunStatus.SUCCEEDED);
  }

  @Test
  void failsWithTheReasonAndSaysWhatWasNotTried() {
    compare();
    run.note(new RevisionFact.RevisionTaken(Samples.key(3)));
    run.note(new RunFact.RunFailed("No right to update."));
    end();

    RevisionReport report = RevisionReport.of(run);

    assertThat(report.status()).isEqualTo(RunStatus.FAILED);
    RunSummary summary = RevisionSummary.of(report, KeySchema.DATE);
    assertThat(summary.subject()).isEqualTo("Covid Table Revisions FAILED");
    assertThat(summary.text())
        .startsWith("No right to update.\n\n")
        .contains("\nOpen      3 were not tried\n", "  2020-03-03  cases 290 -> 300\n");
  }

  @Test
  void aChangeNamesEachFigureThatDiffersAndThoseThatComeOrGo() {
    Day before = new Day(Samples.key(1), Map.of(Metric.CASES, 5L, Metric.RECOVERED, 7L));
    Day after = new Day(Samples.key(1), Map.of(Metric.CASES, 5L, Metric.DEATHS, 1L));

    assertThat(RevisedDay.change(before, after)).isEqualTo("deaths none -> 1, recovered 7 -> none");
    assertThat(new RevisedDay(after, before, null, null).size()).isEqualTo(7);
  }

  @Test
  void aSelectionHasTheDaysFromTheFirstToTheLastOfThePlace() {
    DayColumns days =
        DayColumns.copyOf(
            List.of(
                Samples.day(1),
                Samples.day(2),
                Samples.day(3),
                Day.of(Samples.date(2), "France", 1, 0, 0)));
    LocalDate second = Samples.date(2);

    assertThat(DaySelection.ALL.of(days)).isEqualTo(days);
    assertThat(new DaySelection(Optional.empty(), second, second).of(days)).hasSize(2);
    assertThat(new DaySelection(Optional.of(Samples.US), second, LocalDate.MAX).of(days))
        .containsExactly(Samples.day(2), Samples.day(3));
    assertThat(new DaySelection(Optional.of(new Place("Peru")), second, second).of(days)).isEmpty();
  }

  @Test
  void aSelectionSaysWhatItIs() {
    LocalDate day = Samples.date(2);

    assertThat(new DaySelection(Optional.of(Samples.US), day, day))
        .hasToString("of US on 2020-03-02");
    assertThat(new DaySelection(Optional.of(Samples.US), day, LocalDate.MAX))
        .hasToString("of US from 2020-03-02 on");
    assertThat(new DaySelection(Optional.of(Samples.US), LocalDate.MIN, LocalDate.MAX))
        .hasToString("of US");
  }
}
