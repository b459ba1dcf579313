package covid;

import static covid.Samples.day;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import java.time.Instant;
import java.util.List;
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
    RunJournal run = new RunJournal("r-2", "schedule", NOW);
    run.days().replaying(partial.deadLetters().get(0));
    run.days().added(day(1));
    run.failed("the feed is away");
    run.finished(NOW);

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

  private static RunReport succeeded(String id, FeedSet... feeds) {
    RunJournal run = new RunJournal(id, "schedule", NOW);
    List.of(feeds).forEach(run::pulled);
    run.finished(NOW);
    return run.report();
  }

  private static RunReport partial(String id) {
    RunJournal run = new RunJournal(id, "schedule", NOW);
    run.pulled(Samples.nyt(1));
    run.days().deadLettered(day(1), "throttled", 6, NOW);
    run.finished(NOW);
    return run.report();
  }

  private static RunReport failed(String id) {
    RunJournal run = new RunJournal(id, "schedule", NOW);
    run.failed("the bucket is away");
    run.finished(NOW);
    return run.report();
  }
}
