package covid;

import static covid.Reports.assertReport;
import static covid.Samples.date;
import static covid.Samples.day;
import static covid.Samples.days;
import static covid.Samples.jhu;
import static covid.Samples.key;
import static covid.Samples.nyt;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RunTest {
  private static final Instant START = Instant.parse("2020-06-01T20:00:00Z");
  private static final Instant END = Instant.parse("2020-06-01T20:00:07.250Z");

  private static final String STALLED =
      "Feed nyt has stalled: its newest day is 2020-03-01, older than feed.stalled-after allows. This"
          + " is reported once.";

  private final Run run = Run.begin("r-2", "schedule", START);

  @Test
  void reportsARunThatHasJustBegun() {
    assertReport(report())
        .isEqualTo(Reports.of("r-2", START, Duration.between(START, END)).report());
  }

  @Test
  void reportsAWholeRun() {
    RunMarker died =
        new RunMarker("r-1", "schedule", START, new RunMarker.Owner("mill", 42, START));
    RunReport.Archive archive =
        new RunReport.Archive("CovidData.csv", 3, date(3), "ab", null, null);
    run.note(new RunFact.UnfinishedRunFound(died));
    run.note(new RunFact.Warned("mind the gap"));
    join(nyt(1, 2, 3, 4), jhu(1, 2, 3));
    run.note(new StoreFact.DaysStored(stored(day(1))));
    run.note(new StoreFact.DayAdded(day(2).key()));
    DeadLetter letter = DeadLetter.first(day(3), "throttled", 6, START);
    run.note(new StoreFact.DayDeadLettered(letter));
    run.note(new PublicationFact.SetPublished(archive));
    assertReport(report())
        .isEqualTo(
            Reports.of("r-2", START, Duration.between(START, END))
                .ended(RunStatus.PARTIAL, null)
                .added(1)
                .feeds(
                    Reports.feed("jhu", 3, 0, 0, date(3), 0),
                    Reports.feed("nyt", 4, 0, 0, date(4), 1))
                .days(3, 1, 1, 0, 1)
                .deadLetters(letter)
                .archive(archive)
                .unfinishedRuns(died)
                .warnings("mind the gap")
                .report());
  }

  @Test
  void reportsAFeedWithoutADay() {
    run.note(new PullFact.FeedPulled(jhu()));
    assertThat(report().feeds()).containsExactly(Reports.feed("jhu", 0, 0, 0, null, 0));
  }

  @Test
  void asksForTheDaysThatTheTableLacks() {
    join(nyt(1, 2, 3, 4), jhu(1, 2, 3, 4));
    assertThat(run.days().missing()).isEqualTo(days(1, 4));
    run.note(new StoreFact.DaysStored(stored(day(2), day(9))));
    run.note(new StoreFact.DaysStored(stored(day(3))));
    assertThat(run.days().missing()).containsExactly(day(1), day(4));
    run.note(new StoreFact.DayAdded(day(1).key()));
    run.note(new StoreFact.DayDeadLettered(DeadLetter.first(day(4), "throttled", 6, START)));
    assertThat(run.days().missing()).isEmpty();
  }

  @Test
  void countsReplayedDaysAsAdded() {
    run.note(new RunFact.DeadLetterFound(DeadLetter.first(day(1), "throttled", 6, START)));
    run.note(new RunFact.DeadLetterFound(DeadLetter.first(day(2), "throttled", 6, START)));
    run.note(new RunFact.DeadLetterFound(DeadLetter.first(day(3), "throttled", 6, START)));
    run.note(new RunFact.DeadLetterFound(DeadLetter.first(day(9), "throttled", 6, START)));
    assertThat(run.days().left())
        .extracting(DeadLetter::day)
        .containsExactly(day(1), day(2), day(3), day(9));
    run.note(new StoreFact.DayAdded(day(1).key()));
    run.note(new StoreFact.DayPresent(day(2).key()));
    run.note(new StoreFact.DayDeadLettered(run.days().left().get(2).again("unreachable", 2, END)));
    run.note(new StoreFact.DayAdded(day(9).key()));
    assertThat(run.days().replayed()).containsExactly(day(1), day(2), day(9));

    join(nyt(1, 2, 3, 4), jhu(1, 2, 3, 4));
    run.note(new StoreFact.DaysStored(stored(day(1), day(2), day(9))));
    assertThat(run.days().missing()).containsExactly(day(4));
    run.note(new StoreFact.DayAdded(day(4).key()));

    RunReport report = report();
    assertThat(report.added()).isEqualTo(3);
    assertThat(report.days()).isEqualTo(new RunReport.Days(4, 2, 1, 0, 1));
    assertThat(report.replay())
        .isEqualTo(new RunReport.Replay(List.of(key(1), key(9)), List.of(key(2)), List.of(key(3))));
    assertThat(report.deadLetters())
        .containsExactly(new DeadLetter(day(3), "unreachable", 8, START, END));
    assertThat(report.status()).isEqualTo(RunStatus.PARTIAL);
  }

  @Test
  void doesNotRecoverADayThatWasNotTried() {
    run.note(new RunFact.DeadLetterFound(DeadLetter.first(day(1), "throttled", 6, START)));
    assertThat(run.days().replayed()).isEmpty();
    assertThat(report().replay()).isEqualTo(new RunReport.Replay(List.of(), List.of(), List.of()));
  }

  @Test
  void listsAPresentDayWithOtherFiguresAsRevised() {
    Day other = Day.of(date(2), "US", 1, 1, 1);
    join(nyt(1, 2, 3), jhu(1, 2, 3));
    run.note(
        new StoreFact.DaysStored(Map.of(key(1), Optional.of(day(1)), key(2), Optional.of(other))));
    run.note(new StoreFact.DaysStored(Map.of(key(3), Optional.empty())));
    assertThat(report().days()).isEqualTo(new RunReport.Days(3, 0, 3, 2, 0));
    assertThat(report().revised())
        .containsExactly(
            new RunReport.Revision(day(2), other), new RunReport.Revision(day(3), null));
    assertThat(report().status()).isEqualTo(RunStatus.SUCCEEDED);
  }

  @Test
  void hasNoDeadLetterOfADayThatIsInTheTableWhicheverItNotedFirst() {
    join(nyt(1, 2), jhu(1, 2));
    run.note(new StoreFact.DayDeadLettered(DeadLetter.first(day(1), "throttled", 6, START)));
    run.note(new StoreFact.DayAdded(key(1)));
    run.note(new StoreFact.DayPresent(key(2)));
    run.note(new StoreFact.DayDeadLettered(DeadLetter.first(day(2), "throttled", 6, START)));
    assertThat(report().days()).isEqualTo(new RunReport.Days(2, 1, 1, 0, 0));
    assertThat(report().deadLetters()).isEmpty();
  }

  @Test
  void saysOfADayThatFailedTwiceWhatTheLastFailureWas() {
    DeadLetter again = DeadLetter.first(day(1), "throttled", 6, START).again("away", 1, END);
    run.note(new StoreFact.DayDeadLettered(DeadLetter.first(day(1), "throttled", 6, START)));
    run.note(new StoreFact.DayDeadLettered(again));
    assertThat(report().deadLetters()).containsExactly(again);
  }

  @Test
  void doesNotCallADayRevisedThatItAddedItself() {
    join(nyt(1), jhu(1));
    run.note(new StoreFact.DayAdded(day(1).key()));
    run.note(new StoreFact.DaysStored(stored(day(1))));
    assertThat(report().days()).isEqualTo(new RunReport.Days(1, 1, 0, 0, 0));
  }

  @Test
  void endsWithTheFirstCauseThatConcernsEveryWrite() {
    assertThat(run.table().isStopped()).isFalse();
    assertThatCode(() -> run.table().check()).doesNotThrowAnyException();
    run.note(new StoreFact.StoreStopped("the table is missing"));
    run.note(new StoreFact.StoreStopped("and once more"));
    assertThat(run.table().isStopped()).isTrue();
    assertThatExceptionOfType(RunFailedException.class)
        .isThrownBy(() -> run.table().check())
        .withMessage("the table is missing");
  }

  @Test
  void namesEveryFeedThatCouldNotBeHad() throws Exception {
    run.note(new PullFact.FeedPulled(nyt(1)));
    assertThat(run.pulls().complete()).containsExactly(nyt(1));
    run.note(new PullFact.PullFailed("nyt", "it answered 500."));
    run.note(new PullFact.PullFailed("jhu", "it took too long."));
    assertThatExceptionOfType(RunFailedException.class)
        .isThrownBy(() -> run.pulls().complete())
        .withMessage("Feed jhu: it took too long. Feed nyt: it answered 500.");
  }

  @Test
  void gathersTheQuarantineOfAllFeeds() {
    QuarantinedRow one = new QuarantinedRow("nyt", 3, "x", "bad");
    QuarantinedRow two = new QuarantinedRow("jhu", 2, "y", "worse");
    run.note(new PullFact.FeedPulled(quarantining(nyt(1), one)));
    run.note(new PullFact.FeedPulled(quarantining(jhu(1), two)));
    assertThat(run.pulls().quarantine()).containsExactly(two, one);
    run.note(new RunFact.StagesEnded(END));
    assertThat(run.report().quarantine()).containsExactly(two, one);
  }

  @Test
  void reportsTheFirstTwentyQuarantinedRows() {
    List<QuarantinedRow> rows =
        IntStream.range(0, 21).mapToObj(i -> new QuarantinedRow("nyt", i + 2, "x", "bad")).toList();
    FeedSet feed = nyt(1);
    run.note(
        new PullFact.FeedPulled(
            new FeedSet(feed.origin(), List.of(), feed.counts(), feed.days(), feed.gaps(), rows)));
    run.note(new RunFact.StagesEnded(END));
    assertThat(run.report().quarantine()).isEqualTo(rows.subList(0, 20));
  }

  @Test
  void keepsTheFirstReasonOfAFailure() {
    run.note(new RunFact.RunFailed("first"));
    run.note(new RunFact.RunFailed("second"));
    assertThat(report().status()).isEqualTo(RunStatus.FAILED);
    assertThat(report().reason()).isEqualTo("first");
    assertThat(report().warnings()).containsExactly("second");
  }

  @Test
  void staysRefusedWhateverFailsAfterwards() {
    run.note(new RunFact.RunRefused("no such column"));
    run.note(new RunFact.RunFailed("the report could not be put"));
    assertThat(report().status()).isEqualTo(RunStatus.REFUSED);
    assertThat(report().reason()).isEqualTo("no such column");
    assertThat(report().warnings()).containsExactly("the report could not be put");
  }

  @Test
  void warnsOnceOfWhatTwoPullsHaveInCommon() {
    run.note(new RunFact.Warned("mind the gap"));
    run.forgetPull();
    run.note(new RunFact.Warned("mind the gap"));
    assertThat(report().warnings()).containsExactly("mind the gap");
  }

  @Test
  void losesNoReasonIfItFailsAndIsRefused() {
    run.note(new RunFact.RunFailed("first"));
    run.note(new RunFact.RunRefused("second"));
    RunReport report = report();
    assertThat(report.warnings()).hasSize(1);
    assertThat(List.of(report.reason(), report.warnings().get(0)))
        .containsExactlyInAnyOrder("first", "second");
  }

  @Test
  void failsEvenIfDaysWereLeft() {
    join(nyt(1), jhu(1));
    run.note(new StoreFact.DayDeadLettered(DeadLetter.first(day(1), "throttled", 6, START)));
    run.note(new RunFact.RunFailed("the set could not be put"));
    assertThat(report().status()).isEqualTo(RunStatus.FAILED);
  }

  @Test
  void warnsIfNobodyCouldBeTold() {
    assertThat(run.log().has(RunFact.NotAnnounced.class)).isFalse();
    run.note(new RunFact.NotAnnounced("no such topic"));
    assertThat(run.log().has(RunFact.NotAnnounced.class)).isTrue();
    assertThat(report().warnings()).containsExactly("no such topic");
    assertThat(report().status()).isEqualTo(RunStatus.SUCCEEDED);
  }

  @Test
  void namesAStalledFeedUntilAMessageHasNamedIt() {
    run.note(new PullFact.FeedPulled(nyt(1)));
    run.note(new PullFact.FeedPulled(jhu(1)));
    assertThat(run.pulls().stalled()).isEmpty();
    assertThat(run.pulls().news()).isEmpty();

    run.note(new PullFact.FeedStalled("nyt"));
    assertThat(run.pulls().stalled()).containsExactly("nyt");
    assertThat(run.pulls().news()).containsExactly(STALLED);

    run.note(new RunFact.ReportedBefore(List.of("nyt"), List.of()));
    assertThat(run.pulls().stalled()).containsExactly("nyt");
    assertThat(run.pulls().news()).isEmpty();

    RunMarker earlier =
        new RunMarker("r-1", "schedule", START, new RunMarker.Owner("mill", 42, START));
    RunMarker told =
        earlier.left("1 row(s) have been added", List.of("webhook 1 (https://a.test)"));
    run.note(new RunFact.UnfinishedRunFound(told));
    assertThat(run.pulls().news()).isEmpty();

    run.note(new RunFact.UnfinishedRunFound(earlier));
    assertThat(report().unfinishedRuns()).containsExactly(told, earlier);
    assertThat(run.pulls().news()).containsExactly(STALLED);
  }

  @Test
  void forgetsWhatItHasPulledAndFoundForThePullOfAnotherProcess() {
    run.note(new RunFact.Warned("mind the gap"));
    run.note(new RunFact.DeadLetterFound(DeadLetter.first(day(1), "throttled", 6, START)));
    run.note(new PullFact.RawOf("r-1"));
    run.note(new PullFact.PullBegan(START));
    run.note(new PullFact.FeedStalled("nyt"));
    join(nyt(1, 2), jhu(1, 2));

    run.forgetPull();

    assertThat(run.days().left()).isEmpty();
    assertThat(run.pulledAt()).isEmpty();
    assertThat(run.pulls().stalled()).isEmpty();
    assertThat(run.pulls().bodies()).isEmpty();
    run.note(new PullFact.PullBegan(END));
    join(nyt(1), jhu(1));
    run.note(new RunFact.DeadLetterFound(DeadLetter.first(day(3), "throttled", 6, START)));
    assertThat(run.pulledAt()).contains(END);
    assertThat(run.pulled().days().size()).isEqualTo(1);
    assertThat(run.days().left()).hasSize(1);
    assertThat(report().rawOf()).isEqualTo("r-1");
    assertThat(report().warnings()).containsExactly("mind the gap");
  }

  @Test
  void namesAPartThatHasEndedUntilAMessageHasNamedIt() {
    run.note(new PullFact.FeedPulled(nyt(1)));
    run.note(new PullFact.FeedPulled(ending(jhu(1), "West")));
    assertThat(run.pulls().news())
        .containsExactly(
            "Feed jhu has had no figure of West (last on 2020-03-01) for 28 days: later days are"
                + " published without. This is reported once.");

    run.note(new RunFact.ReportedBefore(List.of(), run.pulls().endedParts()));
    assertThat(run.pulls().news()).isEmpty();

    run.note(
        new RunFact.UnfinishedRunFound(
            new RunMarker("r-1", "schedule", START, new RunMarker.Owner("mill", 42, START))));
    assertThat(run.pulls().news()).hasSize(1);
  }

  @Test
  void takesTheTableForAwayAfterTenFailuresInARowUntilItTakesADay() {
    for (int i = 1; i <= 9; i++) {
      run.note(new StoreFact.DayDeadLettered(DeadLetter.first(day(i), "throttled", 6, START)));
    }
    assertThat(run.table().isAway()).isFalse();
    run.note(new StoreFact.DayDeadLettered(DeadLetter.first(day(10), "throttled", 6, START)));
    assertThat(run.table().isAway()).isTrue();
    run.note(new StoreFact.DayPresent(day(11).key()));
    assertThat(run.table().isAway()).isFalse();
    run.note(new StoreFact.DayDeadLettered(DeadLetter.first(day(12), "throttled", 6, START)));
    assertThat(run.table().isAway()).isFalse();
  }

  @Test
  void isOverWhenItsEndWasNotedHoweverItEnded() {
    run.note(new RunFact.RunFailed("the bucket is away"));
    assertThat(run.log().has(RunFact.RunEnded.class)).isFalse();
    run.note(new RunFact.RunEnded());
    assertThat(run.log().has(RunFact.RunEnded.class)).isTrue();
  }

  @Test
  void addsUpWhateverManyThreadsNote() {
    int[] numbers = IntStream.rangeClosed(1, 600).toArray();
    join(nyt(numbers), jhu(numbers));
    run.note(new StoreFact.DaysStored(stored(day(1), day(2))));
    run.days().missing().parallelStream()
        .forEach(
            day -> {
              switch (day.date().getDayOfMonth() % 3) {
                case 0 -> run.note(new StoreFact.DayAdded(day.key()));
                case 1 -> run.note(new StoreFact.DayPresent(day.key()));
                default ->
                    run.note(
                        new StoreFact.DayDeadLettered(
                            DeadLetter.first(day, "throttled", 6, START)));
              }
              RunReport.Days sofar = report().days();
              assertThat(sofar.added() + sofar.present() + sofar.deadLettered())
                  .isLessThanOrEqualTo(600);
            });
    RunReport.Days days = report().days();
    assertThat(run.days().settled()).isEqualTo(600);
    assertThat(days.added() + days.present() + days.deadLettered()).isEqualTo(600);
    assertThat(days.joined()).isEqualTo(600);
    assertThat(report().deadLetters())
        .hasSize(days.deadLettered())
        .extracting(letter -> letter.day().date())
        .isSorted();
  }

  private RunReport report() {
    run.note(new RunFact.StagesEnded(END));
    return run.report();
  }

  private void join(FeedSet... feeds) {
    Arrays.stream(feeds).forEach(feed -> run.note(new PullFact.FeedPulled(feed)));
    run.note(new PullFact.DaysJoined(JoinedDays.of(List.of(feeds))));
  }

  private static Map<DayKey, Optional<Day>> stored(Day... days) {
    return Arrays.stream(days).collect(toMap(Day::key, Optional::of));
  }

  private static FeedSet ending(FeedSet feed, String part) {
    Gaps gaps = new Gaps(List.of(), List.of(new EndedPart(part, date(1))));
    return new FeedSet(feed.origin(), List.of(), feed.counts(), feed.days(), gaps, List.of());
  }

  private static FeedSet quarantining(FeedSet feed, QuarantinedRow row) {
    return new FeedSet(
        feed.origin(), List.of(), feed.counts(), feed.days(), feed.gaps(), List.of(row));
  }
}
