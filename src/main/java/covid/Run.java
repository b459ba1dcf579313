package covid;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/**
 * One run. Its stages note facts, from which its state and report follow.
 *
 * @param id names the run; ids sort by the time of the start
 * @param trigger what started it
 * @param startedAt when
 * @param log its facts
 */
public record Run(String id, String trigger, Instant startedAt, FactLog log) {

  public Run {
    requireNonNull(id, "id");
    requireNonNull(log, "log");
  }

  /** A new run without facts. */
  public static Run begin(String id, String trigger, Instant startedAt) {
    return new Run(id, trigger, startedAt, new FactLog());
  }

  /** Notes a fact. */
  public void note(Fact fact) {
    log.note(fact);
  }

  /**
   * Forgets what it has pulled and found in the dead letter, for what another process of this run
   * has pulled and found.
   */
  public void forgetPull() {
    log.remove(
        fact ->
            fact instanceof RunFact.DeadLetterFound
                || fact instanceof PullFact && !(fact instanceof PullFact.RawOf));
  }

  /** The facts so far. */
  public Facts facts() {
    return log.facts();
  }

  /** The feeds pulled so far. */
  public Pulls pulls() {
    return Pulls.of(facts());
  }

  /** When the pull began; empty before that. */
  public Optional<Instant> pulledAt() {
    return log.first(PullFact.PullBegan.class).map(PullFact.PullBegan::at);
  }

  /**
   * The join of the feeds before the gate.
   *
   * @throws java.util.NoSuchElementException if they are not joined yet
   */
  public JoinedDays pulled() {
    return log.first(PullFact.DaysJoined.class).orElseThrow().days();
  }

  /** The join of the feeds so far; empty before that. */
  public JoinedDays joined() {
    return JoinedDays.of(log.last(PullFact.DaysJoined.class));
  }

  /** The outcome of each day so far. */
  public StoredDays days() {
    return StoredDays.of(facts());
  }

  /** How far workers are with its chunks; empty before there is a plan, and without a queue. */
  public Optional<ChunkProgress> chunks() {
    return log.first(StoreFact.ChunksPlanned.class)
        .map(
            planned ->
                new ChunkProgress(
                    planned.chunks(), (int) facts().all(StoreFact.ChunkSettled.class).count()));
  }

  /** Whether to go on writing. */
  public TableWatch table() {
    return new TableWatch(log);
  }

  /** The set that it has published; empty before that. */
  public Optional<RunReport.Archive> published() {
    return log.first(PublicationFact.SetPublished.class).map(PublicationFact.SetPublished::set);
  }

  /** The report of the run, whose stages have ended. */
  public RunReport report() {
    return RunReport.of(id, trigger, startedAt, facts());
  }
}
