package covid;

import org.jspecify.annotations.Nullable;

/** What the command {@code take-revisions} reads, records and changes. */
public sealed interface RevisionFact extends Fact {
  /**
   * The published set was read, whose figures the table is to take.
   *
   * @param version its id; null if it has none
   */
  record SetRead(@Nullable String version) implements RevisionFact {}

  /** The revisions are recorded in the bucket: from now on the table may be changed. */
  record RevisionsRecorded() implements RevisionFact {}

  /** The outcome of a day whose published figures were to be taken. */
  sealed interface RevisionOutcome extends RevisionFact, StoreFact.StoreOutcome {
    /** The day. */
    DayKey key();
  }

  /** The published figures of a day were taken. */
  record RevisionTaken(DayKey key) implements RevisionOutcome {}

  /** The table had the published figures of a day already when they were to be taken. */
  record RevisionPresent(DayKey key) implements RevisionOutcome {}

  /**
   * A day was left as it is in the table.
   *
   * @param reason why, in one sentence
   * @param failed whether a request failed, so that another run may take it
   */
  record RevisionLeft(DayKey key, String reason, boolean failed) implements RevisionOutcome {}
}
