package covid;

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
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RunJournalTest {
  private static final Instant START = Instant.parse("2020-06-01T20:00:00Z");
  private static final Instant END = Instant.parse("2020-06-01T20:00:07.250Z");

  private final RunJournal run = new RunJournal("r-2", "schedule", START);

  @Test
  void reportsARunThatHasJustBegun() {
    assertThat(report())
        .isEqualTo(
            new RunReport(
                "r-2",
                "schedule",
                START,
                END,
                Duration.ofMillis(7_250),
                RunStatus.SUCCEEDED,
                null,
                0,
                List.of(),
                new RunReport.Days(0, 0, 0, 0, 0),
                List.of(),
                List.of(),
                new RunReport.Replay(List.of(), List.of(), List.of()),
                null,
                List.of(),
                List.of()));
  }

  @Test
  void reportsAWholeRun() {
    OpenRun died =
        new OpenRun("r-1", "schedule", START, new OpenRun.Owner("mill", 42, START), null);
    RunReport.Archive archive = new RunReport.Archive("CovidData.csv", 3, date(3), "ab");
    run.found(died);
    run.warn("mind the gap");
    join(nyt(1, 2, 3, 4), jhu(1, 2, 3));
    run.days().stored(stored(day(1)));
    run.days().added(day(2));
    DeadLetter letter = run.days().deadLettered(day(3), "throttled", 6, START);
    run.archived(archive);
    assertThat(report())
        .isEqualTo(
            new RunReport(
                "r-2",
                "schedule",
                START,
                END,
                Duration.ofMillis(7_250),
                RunStatus.PARTIAL,
                null,
                1,
                List.of(
                    new RunReport.Feed(
                        "jhu",
                        "https://feeds.test/jhu",
                        "",
                        "00",
                        1_000,
                        3,
                        3,
                        0,
                        0,
                        date(3),
                        0,
                        false,
                        List.of()),
                    new RunReport.Feed(
                        "nyt",
                        "https://feeds.test/nyt",
                        "",
                        "00",
                        1_000,
                        4,
                        4,
                        0,
                        0,
                        date(4),
                        1,
                        false,
                        List.of())),
                new RunReport.Days(3, 1, 1, 0, 1),
                List.of(),
                List.of(letter),
                new RunReport.Replay(List.of(), List.of(), List.of()),
                archive,
                List.of(died),
                List.of("mind the gap")));
    assertThat(letter).isEqualTo(new DeadLetter(day(3), "throttled", 6, START, START));
  }

  @Test
  void reportsAFeedWithoutADay() {
    run.pulled(jhu());
    assertThat(report().feeds())
        .containsExactly(
            new RunReport.Feed(
                "jhu",
                "https://feeds.test/jhu",
                "",
                "00",
                1_000,
                0,
                0,
                0,
                0,
                null,
                0,
                false,
                List.of()));
  }

  @Test
  void asksForTheDaysThatTheTableLacks() {
    join(nyt(1, 2, 3, 4), jhu(1, 2, 3, 4));
    assertThat(run.days().missing()).isEqualTo(days(1, 4));
    run.days().stored(stored(day(2), day(9)));
    run.days().stored(stored(day(3)));
    assertThat(run.days().missing()).containsExactly(day(1), day(4));
    run.days().added(day(1));
    run.days().deadLettered(day(4), "throttled", 6, START);
    assertThat(run.days().missing()).isEmpty();
  }

  @Test
  void countsReplayedDaysAsAdded() {
    run.days().replaying(DeadLetter.first(day(1), "throttled", 6, START));
    run.days().replaying(DeadLetter.first(day(2), "throttled", 6, START));
    run.days().replaying(DeadLetter.first(day(3), "throttled", 6, START));
    run.days().replaying(DeadLetter.first(day(9), "throttled", 6, START));
    assertThat(run.days().left()).containsExactly(day(1), day(2), day(3), day(9));
    run.days().added(day(1));
    run.days().present(day(2));
    run.days().deadLettered(day(3), "unreachable", 2, END);
    run.days().added(day(9));
    assertThat(run.days().recovered()).containsExactly(day(1), day(2), day(9));

    join(nyt(1, 2, 3, 4), jhu(1, 2, 3, 4));
    run.days().stored(stored(day(1), day(2), day(9)));
    assertThat(run.days().missing()).containsExactly(day(4));
    run.days().added(day(4));

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
    run.days().replaying(DeadLetter.first(day(1), "throttled", 6, START));
    assertThat(run.days().recovered()).isEmpty();
    assertThat(report().replay()).isEqualTo(new RunReport.Replay(List.of(), List.of(), List.of()));
  }

  @Test
  void listsAPresentDayWithOtherFiguresAsRevised() {
    Day other = Day.of(date(2), "US", 1, 1, 1);
    join(nyt(1, 2, 3), jhu(1, 2, 3));
    run.days().stored(Map.of(date(1), Optional.of(day(1)), date(2), Optional.of(other)));
    run.days().stored(Map.of(date(3), Optional.empty()));
    assertThat(report().days()).isEqualTo(new RunReport.Days(3, 0, 3, 2, 0));
    assertThat(report().revised())
        .containsExactly(
            new RunReport.Revision(day(2), other), new RunReport.Revision(day(3), null));
    assertThat(report().status()).isEqualTo(RunStatus.SUCCEEDED);
  }

  @Test
  void doesNotCallADayRevisedThatItAddedItself() {
    join(nyt(1), jhu(1));
    run.days().added(day(1));
    run.days().stored(stored(day(1)));
    assertThat(report().days()).isEqualTo(new RunReport.Days(1, 1, 0, 0, 0));
  }

  @Test
  void endsWithTheFirstCauseThatConcernsEveryWrite() {
    assertThat(run.isStopped()).isFalse();
    assertThatCode(run::checkStop).doesNotThrowAnyException();
    run.stop("the table is missing");
    run.stop("and once more");
    assertThat(run.isStopped()).isTrue();
    assertThatExceptionOfType(RunFailedException.class)
        .isThrownBy(run::checkStop)
        .withMessage("the table is missing");
  }

  @Test
  void namesEveryFeedThatCouldNotBeHad() throws Exception {
    run.pulled(nyt(1));
    assertThat(run.feeds()).containsExactly(nyt(1));
    run.pullFailed("nyt", "it answered 500.");
    run.pullFailed("jhu", "it took too long.");
    assertThatExceptionOfType(RunFailedException.class)
        .isThrownBy(run::feeds)
        .withMessage("Feed jhu: it took too long. Feed nyt: it answered 500.");
  }

  @Test
  void gathersTheQuarantineOfAllFeeds() {
    QuarantinedRow one = new QuarantinedRow("nyt", 3, "x", "bad");
    QuarantinedRow two = new QuarantinedRow("jhu", 2, "y", "worse");
    run.pulled(quarantining(nyt(1), one));
    run.pulled(quarantining(jhu(1), two));
    assertThat(run.quarantine()).containsExactly(two, one);
  }

  @Test
  void keepsTheFirstReasonOfAFailure() {
    run.failed("first");
    run.failed("second");
    assertThat(report().status()).isEqualTo(RunStatus.FAILED);
    assertThat(report().reason()).isEqualTo("first");
    assertThat(report().warnings()).containsExactly("second");
  }

  @Test
  void staysRefusedWhateverFailsAfterwards() {
    run.refused("no such column");
    run.failed("the report could not be put");
    assertThat(report().status()).isEqualTo(RunStatus.REFUSED);
    assertThat(report().reason()).isEqualTo("no such column");
    assertThat(report().warnings()).containsExactly("the report could not be put");
  }

  @Test
  void losesNoReasonIfItFailsAndIsRefused() {
    run.failed("first");
    run.refused("second");
    RunReport report = report();
    assertThat(report.warnings()).hasSize(1);
    assertThat(List.of(report.reason(), report.warnings().get(0)))
        .containsExactlyInAnyOrder("first", "second");
  }

  @Test
  void failsEvenIfDaysWereLeft() {
    join(nyt(1), jhu(1));
    run.days().deadLettered(day(1), "throttled", 6, START);
    run.failed("the set could not be put");
    assertThat(report().status()).isEqualTo(RunStatus.FAILED);
  }

  @Test
  void warnsIfNobodyCouldBeTold() {
    assertThat(run.isAnnounced()).isTrue();
    run.notAnnounced("no such topic");
    assertThat(run.isAnnounced()).isFalse();
    assertThat(report().warnings()).containsExactly("no such topic");
    assertThat(report().status()).isEqualTo(RunStatus.SUCCEEDED);
  }

  @Test
  void namesAStalledFeedUntilAMessageHasNamedIt() {
    run.pulled(nyt(1));
    run.pulled(jhu(1));
    assertThat(run.stalledFeeds()).isEmpty();
    assertThat(run.newlyStalled()).isEmpty();

    run.stalled("nyt");
    assertThat(run.stalledFeeds()).containsExactly("nyt");
    assertThat(run.newlyStalled()).containsExactly(nyt(1));

    run.stalledBefore(List.of("nyt"));
    assertThat(run.stalledFeeds()).containsExactly("nyt");
    assertThat(run.newlyStalled()).isEmpty();

    OpenRun earlier =
        new OpenRun("r-1", "schedule", START, new OpenRun.Owner("mill", 42, START), null);
    run.found(earlier);
    assertThat(run.unfinishedRuns()).containsExactly(earlier);
    assertThat(run.newlyStalled()).containsExactly(nyt(1));
  }

  @Test
  void namesAPartThatHasEndedUntilAMessageHasNamedIt() {
    run.pulled(nyt(1));
    run.pulled(ending(jhu(1), "West"));
    assertThat(run.newlyEnded())
        .containsExactly(
            "Feed jhu has had no figure of West (last on 2020-03-01) for 28 days: later days are"
                + " published without. This is reported once.");

    run.endedBefore(run.endedParts());
    assertThat(run.newlyEnded()).isEmpty();

    run.found(new OpenRun("r-1", "schedule", START, new OpenRun.Owner("mill", 42, START), null));
    assertThat(run.newlyEnded()).hasSize(1);
  }

  @Test
  void takesTheTableForAwayAfterTenFailuresInARowUntilItTakesADay() {
    for (int i = 1; i <= 9; i++) {
      run.days().deadLettered(day(i), "throttled", 6, START);
    }
    assertThat(run.days().isTableAway()).isFalse();
    run.days().deadLettered(day(10), "throttled", 6, START);
    assertThat(run.days().isTableAway()).isTrue();
    run.days().present(day(11));
    assertThat(run.days().isTableAway()).isFalse();
    run.days().deadLettered(day(12), "throttled", 6, START);
    assertThat(run.days().isTableAway()).isFalse();
  }

  @Test
  void isOverWhenItsEndWasNotedHoweverItEnded() {
    run.failed("the bucket is away");
    assertThat(run.isOver()).isFalse();
    run.over();
    assertThat(run.isOver()).isTrue();
  }

  @Test
  void addsUpWhateverManyThreadsNote() {
    int[] numbers = IntStream.rangeClosed(1, 600).toArray();
    join(nyt(numbers), jhu(numbers));
    run.days().stored(stored(day(1), day(2)));
    run.days().missing().parallelStream()
        .forEach(
            day -> {
              switch (day.date().getDayOfMonth() % 3) {
                case 0 -> run.days().added(day);
                case 1 -> run.days().present(day);
                default -> run.days().deadLettered(day, "throttled", 6, START);
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
    run.finished(END);
    return run.report();
  }

  private void join(FeedSet... feeds) {
    Arrays.stream(feeds).forEach(run::pulled);
    run.noteJoin(JoinedDays.of(Samples.US, List.of(feeds)));
  }

  private static Map<LocalDate, Optional<Day>> stored(Day... days) {
    return Arrays.stream(days).collect(toMap(Day::date, Optional::of));
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
