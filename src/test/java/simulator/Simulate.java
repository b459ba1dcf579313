package simulator;

import covid.KeySchema;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs the program through random schedules of faults; see {@code docs/reliability.md}. */
@Command(
    name = "bench/simulate",
    description = "Runs the program through random schedules of faults.",
    mixinStandardHelpOptions = true)
public final class Simulate implements Callable<Integer> {
  private static final int STEP = 5_000;

  @Option(names = "--seeds", description = "How many schedules. Default: ${DEFAULT-VALUE}.")
  private long seeds = 1_000;

  @Option(names = "--from", description = "The first seed. Default: ${DEFAULT-VALUE}.")
  private long from;

  @Option(names = "--seed", description = "One seed only; prints every call.")
  private Long seed;

  @Option(names = "--jobs", description = "How many at once. Default: ${DEFAULT-VALUE}.")
  private int jobs = Runtime.getRuntime().availableProcessors();

  @Option(
      names = "--key",
      converter = KeyConverter.class,
      description = "The key of the table: date or place-date. Default: date.")
  private KeySchema key = KeySchema.DATE;

  @Option(
      names = "--queue",
      description = "With a table of many places, and workers that store their days.")
  private boolean queue;

  @Option(
      names = "--take-revisions",
      description = "Some processes take published revisions into the table; without --queue.")
  private boolean takeRevisions;

  @Spec private CommandSpec spec;

  private final PrintStream out;
  private final LongAdder done = new LongAdder();
  private final LongAdder runs = new LongAdder();
  private final LongAdder calls = new LongAdder();
  private final LongAdder broken = new LongAdder();

  private static final class KeyConverter implements CommandLine.ITypeConverter<KeySchema> {
    @Override
    public KeySchema convert(String text) {
      return Stream.of(KeySchema.values())
          .filter(one -> one.toString().equals(text))
          .findFirst()
          .orElseThrow(() -> new CommandLine.TypeConversionException("no such key: " + text));
    }
  }

  private Simulate(PrintStream out) {
    this.out = out;
  }

  /**
   * Exits with 0 if every promise was kept, with 1 if one was broken.
   *
   * @param args see the options
   */
  public static void main(String... args) {
    // As each simulation would, but these would set and clear it while others start.
    System.setProperty("aws.region", "us-east-1");
    // Each fault is one the program logs.
    Configurator.setRootLevel(Level.OFF);
    Configurator.setLevel(
        Map.of(
            "ingest",
            Level.OFF,
            "open-run",
            Level.OFF,
            "store-day",
            Level.OFF,
            "announce-run",
            Level.OFF,
            "send-summary",
            Level.OFF));
    System.exit(new CommandLine(new Simulate(System.out)).execute(args));
  }

  @Override
  public Integer call() {
    if (seeds < 1 || jobs < 1) {
      throw new ParameterException(spec.commandLine(), "--seeds and --jobs must be 1 or more");
    }
    if (takeRevisions && queue) {
      throw new ParameterException(spec.commandLine(), "--take-revisions excludes --queue");
    }
    return seed == null ? many() : one();
  }

  private Store store() {
    if (queue) {
      return Store.QUEUE;
    }
    return key == KeySchema.DATE ? Store.DATE : Store.PLACE_DATE;
  }

  private Schedule schedule(long seed) {
    return takeRevisions ? Schedule.takingRevisions(seed, store()) : Schedule.of(seed, store());
  }

  private int one() {
    try (Simulation simulation = new Simulation(store())) {
      Schedule schedule = schedule(seed);
      Simulation.Outcome outcome = simulation.run(schedule);
      out.print(schedule);
      outcome.journal().forEach(out::println);
      outcome.findings().forEach(finding -> out.println("BROKEN " + finding));
      return outcome.findings().isEmpty() ? 0 : 1;
    }
  }

  private int many() {
    Instant start = Instant.now();
    ExecutorService threads = Executors.newFixedThreadPool(jobs);
    try {
      List<Future<?>> parts =
          IntStream.range(0, jobs)
              .<Future<?>>mapToObj(job -> threads.submit(() -> part(job)))
              .toList();
      for (Future<?> part : parts) {
        part.get();
      }
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException("The simulator itself failed.", e);
    } finally {
      threads.shutdownNow();
    }
    out.printf(
        "%,d schedules, %,d runs, %,d calls in %d s: %s%n",
        done.sum(),
        runs.sum(),
        calls.sum(),
        Duration.between(start, Instant.now()).toSeconds(),
        broken.sum() == 0
            ? "every promise was kept"
            : "%,d broke a promise".formatted(broken.sum()));
    return broken.sum() == 0 ? 0 : 1;
  }

  /** Every so many seeds, each in a simulation of this thread's own. */
  private void part(int job) {
    try (Simulation simulation = new Simulation(store())) {
      for (long next = from + job; next < from + seeds; next += jobs) {
        Simulation.Outcome outcome = simulation.run(schedule(next));
        runs.add(outcome.runs().size());
        calls.add(outcome.journal().size());
        if (!outcome.findings().isEmpty()) {
          broken.increment();
          report(simulation, next, outcome);
        }
        done.increment();
        if (next % STEP == 0 && next > from) {
          out.printf("about %,d schedules%n", done.sum());
        }
      }
    }
  }

  private synchronized void report(
      Simulation simulation, long failing, Simulation.Outcome outcome) {
    out.printf("Seed %d: %s%n", failing, outcome.findings().get(0));
    out.printf("simplified: %s", simulation.shrink(schedule(failing)));
    out.printf(
        "again: bench/simulate %s%s --seed %d%n",
        store().options(), takeRevisions ? " --take-revisions" : "", failing);
  }
}
