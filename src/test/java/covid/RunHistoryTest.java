package covid;

import static covid.Samples.day;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RunHistoryTest {
  private static final Instant NOW = Instant.parse("2020-06-01T20:00:00Z");

  private final RunHistory history = new RunHistory();

  @Test
  void knowsTheDeadLetterOfTheNewestRunThatTriedIt() {
    RunReport partial = partial("r-1");
    history.ended(partial);
    history.ended(failed("r-2"));

    assertThat(history.last()).map(RunReport::id).contains("r-2");
    assertThat(history.deadLetters()).isEqualTo(partial.deadLetters()).hasSize(1);

    history.ended(succeeded("r-3"));
    assertThat(history.deadLetters()).isEmpty();
  }

  @Test
  void knowsThatARunEmptiedTheDeadLetterAndFailedLater() {
    RunReport partial = partial("r-1");
    history.ended(partial);
    Run run = Run.begin("r-2", "schedule", NOW);
    run.note(new RunFact.DeadLetterFound(partial.deadLetters().get(0)));
    run.note(new StoreFact.DayAdded(day(1).key()));
    run.note(new RunFact.RunFailed("the feed is away"));
    run.note(new RunFact.StagesEnded(NOW));

    history.ended(run.report());

    assertThat(history.deadLetters()).isEmpty();
  }

  @Test
  void knowsAFeedFromTheNewestRunThatPulledIt() {
    history.ended(succeeded("r-1", Samples.nyt(1, 2), Samples.jhu(1)));
    history.ended(succeeded("r-2", Samples.nyt(1, 2, 3)));
    history.ended(failed("r-3"));

    assertThat(history.feeds())
        .extracting(RunReport.Feed::name, RunReport.Feed::rows)
        .containsExactly(tuple("jhu", 1L), tuple("nyt", 3L));
  }

  @Test
  void learnsNothingNewFromOlderRuns() {
    history.ended(succeeded("r-2", Samples.nyt(1, 2)));
    history.recall(partial("r-1"));

    assertThat(history.last()).map(RunReport::id).contains("r-2");
    assertThat(history.deadLetters()).isEmpty();
    assertThat(history.feeds()).extracting(RunReport.Feed::rows).isEqualTo(List.of(2L));
  }

  @Test
  void countsWhatBecameOfDaysAndRowsInTheRunsOfThisProcess() {
    history.ended(eventful("r-1"));
    history.ended(eventful("r-2"));
    history.ended(failed("r-3"));
    history.recall(eventful("r-0"));

    assertThat(history.runs(RunStatus.PARTIAL)).isEqualTo(2);
    assertThat(history.runs(RunStatus.FAILED)).isEqualTo(1);
    assertThat(history.runs(RunStatus.SUCCEEDED)).isZero();
    assertThat(history.added()).isEqualTo(2);
    assertThat(history.present()).isEqualTo(4);
    assertThat(history.revised()).isEqualTo(2);
    assertThat(history.deadLettered()).isEqualTo(2);
    assertThat(history.quarantined()).isEqualTo(6);
  }

  @Test
  void knowsWhenARunEndedLastByItsStatusWhicheverIsHeardOfFirst() {
    assertThat(history.lastEnd(RunStatus.SUCCEEDED)).isEmpty();
    assertThat(history.lastSuccess()).isEmpty();

    history.ended(ended("r-2", RunStatus.SUCCEEDED, NOW.plusSeconds(20)));
    history.recall(ended("r-1", RunStatus.SUCCEEDED, NOW.plusSeconds(10)));
    history.ended(ended("r-4", RunStatus.FAILED, NOW.plusSeconds(40)));

    assertThat(history.lastEnd(RunStatus.SUCCEEDED)).contains(NOW.plusSeconds(20));
    assertThat(history.lastEnd(RunStatus.FAILED)).contains(NOW.plusSeconds(40));
    assertThat(history.lastSuccess()).contains(NOW.plusSeconds(20));

    history.ended(ended("r-3", RunStatus.PARTIAL, NOW.plusSeconds(30)));

    assertThat(history.lastSuccess()).contains(NOW.plusSeconds(30));
  }

  /** A day added, two present, one of them revised, one in the dead letter; three bad rows. */
  private static RunReport eventful(String id) {
    Run run = Run.begin(id, "schedule", NOW);
    FeedSet nyt = Samples.nyt(1, 2, 3, 4);
    FeedSet bad =
        new FeedSet(
            nyt.origin(),
            List.of(),
            new RowCounts(7, 4, 0, 3),
            nyt.days(),
            nyt.gaps(),
            nyt.quarantine());
    run.note(new PullFact.FeedPulled(bad));
    run.note(new PullFact.FeedPulled(Samples.jhu(1, 2, 3, 4)));
    run.note(new PullFact.DaysJoined(JoinedDays.of(List.of(bad, Samples.jhu(1, 2, 3, 4)))));
    run.note(
        new StoreFact.DaysStored(
            Map.of(day(2).key(), Optional.of(day(2)), day(3).key(), Optional.empty())));
    run.note(new StoreFact.DayAdded(day(1).key()));
    run.note(new StoreFact.DayDeadLettered(DeadLetter.first(day(4), "throttled", 6, NOW)));
    run.note(new RunFact.StagesEnded(NOW));
    return run.report();
  }

  private static RunReport ended(String id, RunStatus status, Instant at) {
    Run run = Run.begin(id, "schedule", NOW);
    switch (status) {
      case SUCCEEDED -> run.note(new PullFact.FeedPulled(Samples.nyt(1)));
      case PARTIAL ->
          run.note(new StoreFact.DayDeadLettered(DeadLetter.first(day(1), "throttled", 6, NOW)));
      case REFUSED -> run.note(new RunFact.RunRefused("a column is missing"));
      case FAILED -> run.note(new RunFact.RunFailed("the bucket is away"));
    }
    run.note(new RunFact.StagesEnded(at));
    assertThat(run.report().status()).isEqualTo(status);
    return run.report();
  }

  private static RunReport succeeded(String id, FeedSet... feeds) {
    Run run = Run.begin(id, "schedule", NOW);
    List.of(feeds).forEach(feed -> run.note(new PullFact.FeedPulled(feed)));
    run.note(new RunFact.StagesEnded(NOW));
    return run.report();
  }

  private static RunReport partial(String id) {
    Run run = Run.begin(id, "schedule", NOW);
    run.note(new PullFact.FeedPulled(Samples.nyt(1)));
    run.note(new StoreFact.DayDeadLettered(DeadLetter.first(day(1), "throttled", 6, NOW)));
    run.note(new RunFact.StagesEnded(NOW));
    return run.report();
  }

  private static RunReport failed(String id) {
    Run run = Run.begin(id, "schedule", NOW);
    run.note(new RunFact.RunFailed("the bucket is away"));
    run.note(new RunFact.StagesEnded(NOW));
    return run.report();
  }
}
