package covid;

import java.util.List;

/**
 * Whether it makes sense to go on writing to the table, as the facts of a run say so far. Each
 * answer takes as long after many days as after a few.
 *
 * @param log the facts of the run
 */
public record TableWatch(FactLog log) {
  /** So many days in a row that cannot be written are not about the days. */
  private static final int MOST_FAILURES_IN_A_ROW = 10;

  /**
   * Whether the table takes no day at the moment, whatever the day: then waiting for each of them
   * would take for ever. It ends with the first day that the table takes.
   */
  public boolean isAway() {
    List<Fact.DayOutcome> last = log.last(MOST_FAILURES_IN_A_ROW, Fact.DayOutcome.class);
    return last.size() == MOST_FAILURES_IN_A_ROW
        && last.stream().allMatch(Fact.DayDeadLettered.class::isInstance);
  }

  /** Whether a cause was found that concerns every write. */
  public boolean isStopped() {
    return log.has(Fact.StoreStopped.class);
  }

  /**
   * Ends the run if a cause was found that concerns every write.
   *
   * @throws RunFailedException with the first one
   */
  public void check() throws RunFailedException {
    if (isStopped()) {
      throw new RunFailedException(log.first(Fact.StoreStopped.class).orElseThrow().cause());
    }
  }
}
