package simulator;

import covid.KeySchema;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.camel.spi.InterceptStrategy;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Runs the program through schedules of faults, and says which promises it breaks. A seed, or a
 * schedule, decides everything that happens.
 */
final class Simulation implements AutoCloseable {
  private static final String REGION = "aws.region";
  private static final String PROCESS = "simulated process";

  /** A round takes milliseconds; nothing in it waits for the clock of the machine. */
  private static final Duration LONGEST = Duration.ofMinutes(2);

  private final Store store;
  private final Optional<String> region = Optional.ofNullable(System.getProperty(REGION));
  private final List<InterceptStrategy> interceptors;
  private final List<SimulatedProcess> processes = new ArrayList<>();
  private final ExecutorService threads =
      Executors.newCachedThreadPool(task -> new Thread(task, PROCESS));

  /**
   * @param store where days are stored
   */
  Simulation(Store store) {
    this(store, List.of());
  }

  /**
   * @param store where days are stored
   * @param interceptors of the routes of each process
   */
  Simulation(Store store, List<InterceptStrategy> interceptors) {
    this.store = store;
    this.interceptors = interceptors;
    // The clients that the ends replace do not come about without one.
    System.setProperty(REGION, "us-east-1");
    enter(1);
  }

  /**
   * What came of a schedule.
   *
   * @param findings broken promises; empty: all were kept
   * @param journal every call with its fate
   * @param runs what each run did; the last one was not disturbed
   */
  record Outcome(List<String> findings, List<String> journal, List<Trace> runs) {}

  /**
   * Goes through a schedule, and then makes one run that nothing disturbs. With a queue it makes
   * two, as the first one may continue another. A schedule that takes revisions does so once more
   * before that.
   */
  Outcome run(Schedule schedule) {
    World world = new World(store);
    for (int i = 0; i < schedule.stored(); i++) {
      store(world, i);
    }
    List<Trace> runs = new ArrayList<>();
    for (Round round : schedule.rounds()) {
      runs.addAll(run(world, round));
    }
    if (store.isQueued()) {
      runs.addAll(run(world, Round.undisturbed(store)));
    }
    if (schedule.takesRevisions()) {
      runs.addAll(run(world, Round.takingRevisions()));
      RevisionPromises.whenTaken(world);
    }
    List<Trace> last = run(world, Round.undisturbed(store));
    runs.addAll(last);
    Promises.atTheEnd(world, last.get(0), runs);
    return new Outcome(List.copyOf(world.findings()), world.journal(), runs);
  }

  private static void store(World world, int day) {
    String date = SimulatedFeeds.FIRST.plusDays(2L * day).toString();
    world
        .table()
        .store(
            Map.of(
                "Date",
                AttributeValue.fromS(date),
                world.store().key() == KeySchema.DATE ? "Country" : "Place",
                AttributeValue.fromS("US"),
                "Cases",
                AttributeValue.fromN("1"),
                "Deaths",
                AttributeValue.fromN("1"),
                "Recovered",
                AttributeValue.fromN("1")));
  }

  /** Sees to it that there are so many processes. */
  private void enter(int count) {
    while (processes.size() < count) {
      processes.add(new SimulatedProcess(processes.size(), store, interceptors));
    }
  }

  private List<Trace> run(World world, Round round) {
    world.feeds().begin(round.feeds(), round.changesAfter());
    world.beginRound();
    world.queue().disorder(new Random(round.turns()));
    int count = round.plans().size();
    int workers = round.workers().size();
    enter(count + workers);
    Turns turns = new Turns(round.turns(), world, count, workers);
    List<Future<Trace>> started = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      processes.get(i).enter(world, round.plans().get(i), turns, count == 1);
      started.add(threads.submit(processes.get(i)::run));
    }
    List<Future<Trace>> working = new ArrayList<>();
    for (int i = 0; i < workers; i++) {
      SimulatedProcess worker = processes.get(count + i);
      worker.enter(world, round.workers().get(i), turns, false);
      working.add(threads.submit(worker::work));
    }
    List<Trace> runs = started.stream().map(this::ended).toList();
    working.forEach(this::ended);
    runs.stream().filter(run -> !run.takesRevisions()).forEach(run -> Promises.ofRun(world, run));
    runs.stream().filter(Trace::takesRevisions).forEach(run -> RevisionPromises.of(world, run));
    if (store.isQueued()) {
      new QueuePromises(world).ofRound(round);
    }
    return runs;
  }

  private Trace ended(Future<Trace> process) {
    try {
      return process.get(LONGEST.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      throw new IllegalStateException(
          "A simulated process did not end; something in it waits for real time, not for a turn:\n"
              + stacks(),
          e);
    }
  }

  private static String stacks() {
    return Thread.getAllStackTraces().entrySet().stream()
        .filter(thread -> thread.getKey().getName().startsWith(PROCESS))
        .map(thread -> thread.getKey().getName() + "\n  " + List.of(thread.getValue()))
        .collect(Collectors.joining("\n"));
  }

  /** The simplest schedule that still breaks a promise, by leaving out one thing after another. */
  Schedule shrink(Schedule failing) {
    for (Schedule simpler : failing.simpler()) {
      if (!run(simpler).findings().isEmpty()) {
        return shrink(simpler);
      }
    }
    return failing;
  }

  @Override
  public void close() {
    threads.shutdownNow();
    processes.forEach(SimulatedProcess::close);
    region.ifPresentOrElse(
        value -> System.setProperty(REGION, value), () -> System.clearProperty(REGION));
  }
}
