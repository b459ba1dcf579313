package routes;

import chunks.Chunk;
import chunks.ChunkMessage;
import chunks.ChunkResult;
import chunks.Plan;
import covid.DayColumns;
import covid.DayKey;
import covid.DeadLetter;
import covid.Fact;
import covid.Run;
import covid.RunFailedException;
import covid.StoreFact;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.camel.Exchange;

/**
 * The chunks of the open run, as its coordinator waits for their results. Thread-safe.
 *
 * <p>Nothing of it has to outlast the process: another one finds plan and results in the bucket.
 */
final class OpenChunks {
  private static final String VARIABLE = "chunks";

  private final Plan plan;
  private final DayColumns days;
  private final Map<DayKey, DeadLetter> left = new TreeMap<>();
  private final Clock clock;
  private final Set<Integer> settled = new HashSet<>();
  private final Set<Integer> sealed = new HashSet<>();
  private Instant lastProgress;
  private boolean sent;

  /**
   * @param plan of the run
   * @param joined the joined days of the run
   * @param clock tells whether there is progress
   * @throws RunFailedException if the plan is of other days, as one that another version of this
   *     program has made of the same bodies may be
   */
  OpenChunks(Plan plan, DayColumns joined, Clock clock) throws RunFailedException {
    this.plan = plan;
    this.days = Plan.days(joined, plan.left());
    this.clock = clock;
    this.lastProgress = clock.instant();
    if (days.size() != plan.records()
        || plan.chunks().stream()
            .anyMatch(chunk -> days.of(chunk.place()).size() != chunk.records())) {
      throw new RunFailedException(
          "The days of run %s are not those of its plan, which another process has made: the next run stores what is missing."
              .formatted(plan.run()));
    }
    plan.left().forEach(letter -> left.put(letter.day().key(), letter));
  }

  /** Keeps it for the steps that follow. */
  void keep(Exchange exchange) {
    exchange.setVariable(VARIABLE, this);
  }

  /** Those of an exchange. */
  static OpenChunks of(Exchange exchange) {
    return exchange.getVariable(VARIABLE, OpenChunks.class);
  }

  Plan plan() {
    return plan;
  }

  /** Whether each chunk has a result. */
  synchronized boolean isSettled() {
    return settled.size() == plan.chunks().size();
  }

  /** The chunks without a result. */
  synchronized List<ChunkMessage> unsettled() {
    return plan.chunks().stream()
        .filter(chunk -> !settled.contains(chunk.number()))
        .map(chunk -> chunk.message(plan.run()))
        .toList();
  }

  /** The days of a chunk. */
  DayColumns days(ChunkMessage chunk) {
    return DayColumns.copyOf(days.of(plan.chunks().get(chunk.chunk()).place()));
  }

  /** Those of some results that are of the plan and not known yet. */
  synchronized List<Integer> unknown(List<Integer> results) {
    return results.stream()
        .filter(number -> number < plan.chunks().size() && !settled.contains(number))
        .toList();
  }

  /** The chunks that the coordinator had to settle itself. */
  synchronized List<Chunk> sealed() {
    return plan.chunks().stream().filter(chunk -> sealed.contains(chunk.number())).toList();
  }

  /** Whether there has been no progress for so long that the chunks are to be sent again. */
  synchronized boolean isStuck(Duration after) {
    return !clock.instant().isBefore(lastProgress.plus(after));
  }

  /** Whether the run has taken longer than it may. */
  boolean isOverdue(Duration deadline) {
    return !clock.instant().isBefore(plan.at().plus(deadline));
  }

  /**
   * Notes that the unsettled chunks are sent.
   *
   * @return whether they have been sent before
   */
  synchronized boolean sending() {
    boolean again = sent;
    sent = true;
    lastProgress = clock.instant();
    return again;
  }

  /**
   * Notes the result of a chunk, as facts of the run.
   *
   * @return whether it is new
   */
  boolean settle(Run run, Chunk chunk, ChunkResult result) {
    synchronized (this) {
      if (!settled.add(chunk.number())) {
        return false;
      }
      if (result.sealed()) {
        sealed.add(chunk.number());
      }
      lastProgress = clock.instant();
    }
    result
        .facts(chunk.place(), days.of(chunk.place()), run.joined().days().of(chunk.place()))
        .stream()
        .map(this::withEarlier)
        .forEach(run::note);
    return true;
  }

  /** A dead letter that an earlier run left counts its attempts too, once. */
  private Fact withEarlier(Fact fact) {
    if (!(fact instanceof StoreFact.DayDeadLettered failed)) {
      return fact;
    }
    DeadLetter letter = failed.letter();
    DeadLetter earlier = left.get(letter.day().key());
    return earlier == null || !earlier.lastFailure().isBefore(letter.lastFailure())
        ? fact
        : new StoreFact.DayDeadLettered(
            earlier.again(letter.error(), letter.attempts(), letter.lastFailure()));
  }
}
