package simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * All that happens to the program in one simulation, before the undisturbed run that ends it.
 *
 * @param stored how many days the table has from the start, with other figures than the feeds
 * @param rounds one after the other
 */
record Schedule(int stored, List<Round> rounds) {
  /** A first run of ten days makes about so many calls. */
  private static final int CALLS = 24;

  /** So many make a run with a queue, and its workers. */
  private static final int CALLS_WITH_QUEUE = 45;

  /** A fault that lasts for some calls outlives the retries, one of many an end that is away. */
  private static final int[] LENGTHS = {1, 1, 2, 3, 4, 20};

  /** Kinds of calls, such as an operator may have forgotten the right for. */
  private static final List<String> KINDS =
      List.of(
          "PutItem",
          "PutItem",
          "PutItem",
          "GetItem",
          "Scan",
          "Publish",
          "PUT CovidData.csv",
          "PUT dead-letter/",
          "PUT open-runs/",
          "PUT runs/",
          "DELETE",
          "LIST");

  /** The same with a table of many places. */
  private static final List<String> KINDS_OF_PLACES =
      List.of(
          "BatchExecuteStatement",
          "BatchExecuteStatement",
          "PutItem",
          "GetItem",
          "Query",
          "Publish",
          "PUT CovidData.csv",
          "GET dead-letter/",
          "PUT dead-letter/",
          "PUT open-runs/",
          "PUT runs/",
          "DELETE",
          "LIST");

  /** The same with a queue, of coordinators and workers. */
  private static final List<String> KINDS_OF_QUEUE =
      List.of(
          "BatchExecuteStatement",
          "BatchExecuteStatement",
          "Query",
          "Publish",
          "SendMessage",
          "ReceiveMessage",
          "DeleteMessage",
          "PUT CovidData.csv",
          "PUT dead-letter/",
          "PUT open-runs/",
          "PUT runs/",
          "PUT work/",
          "GET work/",
          "LIST work/",
          "DELETE",
          "LIST");

  Schedule {
    rounds = List.copyOf(rounds);
  }

  /** The schedule of a seed, always the same one. */
  static Schedule of(long seed, Store store) {
    Random random = new Random(seed);
    return new Schedule(
        Math.max(0, random.nextInt(8) - 3),
        Stream.generate(() -> round(random, store)).limit(1 + random.nextInt(3)).toList());
  }

  /** The same, but some of its processes take published revisions into the table. */
  static Schedule takingRevisions(long seed, Store store) {
    Random random = new Random(~seed);
    Schedule schedule = of(seed, store);
    return new Schedule(
        schedule.stored, schedule.rounds.stream().map(round -> taking(random, round)).toList());
  }

  private static Round taking(Random random, Round round) {
    List<Plan> plans =
        round.plans().stream()
            .map(plan -> random.nextInt(3) == 0 ? taking(random, plan) : plan)
            .toList();
    return new Round(round.feeds(), round.changesAfter(), plans, round.workers(), round.turns());
  }

  private static Plan taking(Random random, Plan plan) {
    Optional<String> away = plan.away().map(kind -> random.nextBoolean() ? "UpdateItem" : kind);
    return new Plan(true, plan.fates(), away);
  }

  /** Whether any process takes revisions. */
  boolean takesRevisions() {
    return rounds.stream().flatMap(round -> round.plans().stream()).anyMatch(Plan::takesRevisions);
  }

  private static List<String> kinds(Store store) {
    return switch (store) {
      case DATE -> KINDS;
      case PLACE_DATE -> KINDS_OF_PLACES;
      case QUEUE -> KINDS_OF_QUEUE;
    };
  }

  private static Round round(Random random, Store store) {
    Round.Feeds[] feeds = Round.Feeds.values();
    Round.Feeds state =
        random.nextBoolean() ? Round.Feeds.SAME : feeds[random.nextInt(feeds.length)];
    int processes = 1 + (random.nextInt(3) == 0 ? 1 + random.nextInt(2) : 0);
    return new Round(
        state,
        random.nextBoolean() ? 0 : 1 + random.nextInt(4),
        plans(random, store, processes),
        store.isQueued() ? plans(random, store, random.nextInt(4)) : List.of(),
        random.nextLong());
  }

  private static List<Plan> plans(Random random, Store store, int processes) {
    return Stream.generate(() -> plan(random, store)).limit(processes).toList();
  }

  private static Plan plan(Random random, Store store) {
    List<Fate> all = Fate.faults(store);
    List<String> kinds = kinds(store);
    SortedMap<Integer, Fate> fates = new TreeMap<>();
    int faults = random.nextInt(4);
    for (int i = 0; i < faults; i++) {
      int from = random.nextInt(store.isQueued() ? CALLS_WITH_QUEUE : CALLS);
      int calls = LENGTHS[random.nextInt(LENGTHS.length)];
      Fate fate = all.get(random.nextInt(all.size()));
      IntStream.range(from, from + calls).forEach(call -> fates.put(call, fate));
    }
    return new Plan(
        false,
        fates,
        random.nextInt(3) == 0
            ? Optional.of(kinds.get(random.nextInt(kinds.size())))
            : Optional.empty());
  }

  /** Schedules that are simpler by one thing: a round, a process, the feeds, a fault, the table. */
  List<Schedule> simpler() {
    List<Schedule> simpler = new ArrayList<>();
    for (int r = 0; r < rounds.size(); r++) {
      Round round = rounds.get(r);
      simpler.add(with(r, Optional.empty()));
      if (round.feeds() != Round.Feeds.SAME) {
        simpler.add(
            with(
                r,
                Optional.of(
                    new Round(
                        Round.Feeds.SAME, 0, round.plans(), round.workers(), round.turns()))));
      }
      for (int p = 0; p < round.plans().size(); p++) {
        if (round.plans().size() > 1) {
          simpler.add(with(r, Optional.of(plans(round, p, Optional.empty()))));
        }
        for (Plan plan : round.plans().get(p).simpler()) {
          simpler.add(with(r, Optional.of(plans(round, p, Optional.of(plan)))));
        }
      }
      for (int w = 0; w < round.workers().size(); w++) {
        if (round.workers().size() > 1) {
          simpler.add(with(r, Optional.of(workers(round, w, Optional.empty()))));
        }
        for (Plan plan : round.workers().get(w).simpler()) {
          simpler.add(with(r, Optional.of(workers(round, w, Optional.of(plan)))));
        }
      }
    }
    if (stored > 0) {
      simpler.add(new Schedule(0, rounds));
    }
    return simpler;
  }

  private Schedule with(int index, Optional<Round> round) {
    return new Schedule(stored, replaced(rounds, index, round));
  }

  private static Round plans(Round round, int index, Optional<Plan> plan) {
    return new Round(
        round.feeds(),
        round.changesAfter(),
        replaced(round.plans(), index, plan),
        round.workers(),
        round.turns());
  }

  private static Round workers(Round round, int index, Optional<Plan> plan) {
    return new Round(
        round.feeds(),
        round.changesAfter(),
        round.plans(),
        replaced(round.workers(), index, plan),
        round.turns());
  }

  private static <T> List<T> replaced(List<T> all, int index, Optional<T> one) {
    List<T> others = new ArrayList<>(all);
    others.remove(index);
    one.ifPresent(other -> others.add(index, other));
    return others;
  }

  @Override
  public String toString() {
    return IntStream.range(0, rounds.size())
        .mapToObj(r -> "  round %d, %s\n".formatted(r + 1, rounds.get(r)))
        .collect(Collectors.joining("", "%d days in the table\n".formatted(stored), ""));
  }
}
