package simulator;

import covid.KeySchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.camel.spi.InterceptStrategy;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Runs the program through schedules of faults, and says which promises it breaks. A seed, or a
 * schedule, decides everything that happens.
 */
final class Simulation implements AutoCloseable {
  private static final String REGION = "aws.region";

  private final KeySchema key;
  private final Optional<String> region = Optional.ofNullable(System.getProperty(REGION));
  private final List<InterceptStrategy> interceptors;
  private final List<SimulatedProcess> processes = new ArrayList<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();

  /**
   * @param key of the table
   */
  Simulation(KeySchema key) {
    this(key, List.of());
  }

  /**
   * @param key of the table
   * @param interceptors of the routes of each process
   */
  Simulation(KeySchema key, List<InterceptStrategy> interceptors) {
    this.key = key;
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

  /** Goes through a schedule, and then makes one run that nothing disturbs. */
  Outcome run(Schedule schedule) {
    World world = new World(key);
    for (int i = 0; i < schedule.stored(); i++) {
      store(world, i);
    }
    List<Trace> runs = new ArrayList<>();
    for (Round round : schedule.rounds()) {
      runs.addAll(run(world, round));
    }
    List<Trace> last = run(world, Round.undisturbed());
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
                world.key() == KeySchema.DATE ? "Country" : "Place",
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
      processes.add(new SimulatedProcess(processes.size(), key, interceptors));
    }
  }

  private List<Trace> run(World world, Round round) {
    world.feeds().begin(round.feeds(), round.changesAfter());
    int count = round.plans().size();
    enter(count);
    Turns turns = new Turns(round.turns(), count);
    List<Future<Trace>> started = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      processes.get(i).enter(world, round.plans().get(i), turns, count == 1);
      started.add(threads.submit(processes.get(i)::run));
    }
    List<Trace> runs = started.stream().map(Simulation::ended).toList();
    runs.forEach(run -> Promises.ofRun(world, run));
    return runs;
  }

  private static Trace ended(Future<Trace> run) {
    try {
      return run.get();
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException("A simulated run did not end.", e);
    }
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
