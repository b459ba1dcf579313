package covid;

import java.util.List;

/**
 * Decides from the facts of a run so far whether to continue writing to the table, in constant
 * time.
 *
 * @param log the facts of the run
 */
public record TableWatch(FactLog log) {
  /** After this many consecutive failed days, the cause is not the days. */
  private static final int MOST_FAILURES_IN_A_ROW = 10;

  /**
   * Whether the table accepts no days at the moment, so that retrying each of them would take
   * forever. The first day that it accepts ends this.
   */
  public boolean isAway() {
    List<StoreFact.StoreOutcome> last =
        log.newest(MOST_FAILURES_IN_A_ROW, StoreFact.StoreOutcome.class);
    return last.size() == MOST_FAILURES_IN_A_ROW
        && last.stream().allMatch(StoreFact.StoreOutcome::failed);
  }

  /** Whether days can only be written one by one. */
  public boolean refusesBatches() {
    return log.has(StoreFact.BatchesRefused.class);
  }

  /** Whether an error affects every write. */
  public boolean isStopped() {
    return log.has(StoreFact.StoreStopped.class);
  }

  /**
   * Ends the run if an error affects every write.
   *
   * @throws RunFailedException with the first one
   */
  public void check() throws RunFailedException {
    if (isStopped()) {
      throw new RunFailedException(log.first(StoreFact.StoreStopped.class).orElseThrow().cause());
    }
  }
}
