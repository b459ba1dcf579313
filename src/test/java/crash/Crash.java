package crash;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import local.LocalCloud;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Kills and freezes processes of the program in many rounds; see {@code docs/reliability.md}. */
@Command(
    name = "bench/crash",
    description = "Kills and freezes processes of coordinator and workers at random.",
    mixinStandardHelpOptions = true)
public final class Crash implements Callable<Integer> {
  @Option(names = "--rounds", description = "How many rounds. Default: ${DEFAULT-VALUE}.")
  private int rounds = 200;

  @Option(
      names = "--seed",
      description = "The seed of the first round; each next one has the next. Default: 1.")
  private long seed = 1;

  @Spec private CommandSpec spec;

  private final PrintStream out;

  private Crash(PrintStream out) {
    this.out = out;
  }

  /**
   * Exits with 0 if all sums were right, with 1 if one was wrong.
   *
   * @param args see the options
   */
  public static void main(String... args) {
    System.exit(new CommandLine(new Crash(System.out)).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    if (rounds < 1) {
      throw new ParameterException(spec.commandLine(), "--rounds must be 1 or more");
    }
    Instant start = Instant.now();
    List<Round.Outcome> outcomes = new ArrayList<>();
    try (LocalCloud cloud = LocalCloud.inMemory()) {
      // Killed processes cut their connections.
      Configurator.setLevel("org.eclipse.jetty", Level.OFF);
      for (long next = seed; next < seed + rounds; next++) {
        outcomes.add(round(next, cloud));
      }
    }
    long wrong = outcomes.stream().filter(outcome -> !outcome.findings().isEmpty()).count();
    out.printf(
        "%,d rounds in %d s: %,d runs, %,d processes killed, %,d frozen, %,d calls disturbed, %,d chunks sealed; wrong: %,d%n",
        rounds,
        Duration.between(start, Instant.now()).toSeconds(),
        outcomes.stream().mapToInt(Round.Outcome::runs).sum(),
        outcomes.stream().mapToInt(Round.Outcome::killed).sum(),
        outcomes.stream().mapToInt(Round.Outcome::frozen).sum(),
        outcomes.stream().mapToInt(Round.Outcome::disturbed).sum(),
        outcomes.stream().mapToInt(Round.Outcome::sealed).sum(),
        wrong);
    return wrong == 0 ? 0 : 1;
  }

  private Round.Outcome round(long next, LocalCloud cloud) throws Exception {
    Instant start = Instant.now();
    Path folder = Path.of("target", "crash", Long.toString(next)).toAbsolutePath();
    delete(folder);
    Schedule schedule = Schedule.of(next);
    Round.Outcome outcome = Round.run(schedule, cloud, folder);
    out.printf(
        "%s  %d s, %d killed, %d frozen, %d disturbed, %d sealed%n",
        schedule,
        Duration.between(start, Instant.now()).toSeconds(),
        outcome.killed(),
        outcome.frozen(),
        outcome.disturbed(),
        outcome.sealed());
    if (outcome.findings().isEmpty()) {
      delete(folder);
    } else {
      outcome.findings().forEach(finding -> out.println("WRONG " + finding));
      out.printf(
          "what the processes said: %s; again: bench/crash --rounds 1 --seed %d%n", folder, next);
    }
    return outcome;
  }

  private static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> all = Files.walk(folder)) {
        for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(one);
        }
      }
    }
  }
}
