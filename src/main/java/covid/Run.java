package covid;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * One run. Its stages note what they did; all else that is known of it follows from these facts.
 *
 * @param id names the run; ids sort by the time of the start
 * @param trigger what started it
 * @param startedAt when
 * @param log what has happened in it
 */
public record Run(String id, String trigger, Instant startedAt, FactLog log) {

  public Run {
    requireNonNull(id, "id");
    requireNonNull(log, "log");
  }

  /** A run in which nothing has happened yet. */
  public static Run begin(String id, String trigger, Instant startedAt) {
    return new Run(id, trigger, startedAt, new FactLog());
  }

  /** Notes what has happened. */
  public void note(Fact fact) {
    log.note(fact);
  }

  /** What has happened so far. */
  public Facts facts() {
    return log.facts();
  }

  /** What was pulled so far. */
  public Pulls pulls() {
    return Pulls.of(facts());
  }

  /** What became of each day so far. */
  public StoredDays days() {
    return StoredDays.of(facts());
  }

  /** Whether to go on writing. */
  public TableWatch table() {
    return new TableWatch(log);
  }

  /** All that is to be said of the run, whose stages are done. */
  public RunReport report() {
    return RunReport.of(id, trigger, startedAt, facts());
  }
}
