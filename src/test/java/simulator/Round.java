package simulator;

import java.util.List;
import java.util.Map;

/**
 * One round of a schedule: processes that each make one run, or take revisions, and those that
 * store days of runs, taking turns at their calls.
 *
 * @param feeds what the feeds are like in it
 * @param changesAfter so many requests for a feed they become so; before, they are as they were
 * @param plans one for each process that makes a run
 * @param workers one for each process that stores chunks of runs
 * @param turns decides whose turn it is
 */
record Round(Feeds feeds, int changesAfter, List<Plan> plans, List<Plan> workers, long turns) {
  /** What the feeds are like. What is new or revised stays so; the rest is over with the round. */
  enum Feeds {
    /** As before. */
    SAME,
    /** One more day. */
    NEW_DAY,
    /** Another figure for a day. */
    REVISED,
    /** The newest days are gone. */
    DAYS_LOST,
    /** One answers 404. */
    AWAY,
    /** One ends before the length that it announced. */
    CUT_SHORT
  }

  Round {
    plans = List.copyOf(plans);
    workers = List.copyOf(workers);
  }

  /** One without workers. */
  Round(Feeds feeds, int changesAfter, List<Plan> plans, long turns) {
    this(feeds, changesAfter, plans, List.of(), turns);
  }

  /** One process whose run nothing disturbs, with a worker if there is a queue. */
  static Round undisturbed(Store store) {
    return new Round(
        Feeds.SAME,
        0,
        List.of(Plan.of(Map.of())),
        store.isQueued() ? List.of(Plan.of(Map.of())) : List.of(),
        0);
  }

  /** One process that takes revisions, and that nothing disturbs. */
  static Round takingRevisions() {
    return new Round(Feeds.SAME, 0, List.of(Plan.of(Map.of()).takingRevisions()), 0);
  }

  /** One process. */
  static Round of(Map<Integer, Fate> fates) {
    return new Round(Feeds.SAME, 0, List.of(Plan.of(fates)), 0);
  }
}
