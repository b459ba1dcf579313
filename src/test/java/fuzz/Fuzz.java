package fuzz;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Fuzzes one target after the other; see {@code docs/fuzz.md}. */
@Command(
    name = "bench/fuzz",
    description =
        "Fuzzes one target after the other. What it learns stays in target/fuzz for the next time.",
    mixinStandardHelpOptions = true)
public final class Fuzz implements Callable<Integer> {
  private static final Path DOC = Path.of("docs", "fuzz.md");
  private static final String FIGURES = "## Figures\n";

  @Parameters(paramLabel = "MINUTES", description = "How long, for all targets together.")
  private int minutes;

  @Option(
      names = "--only",
      converter = TargetConverter.class,
      description = "One target only: feed, settings, dataset-file, request or bucket.")
  private Target only;

  @Option(names = "--write", description = "Write the figures into docs/fuzz.md.")
  private boolean write;

  @Spec private CommandSpec spec;

  private final PrintStream out;

  private static final class TargetConverter implements CommandLine.ITypeConverter<Target> {
    @Override
    public Target convert(String text) {
      return Stream.of(Target.values())
          .filter(one -> one.toString().equals(text))
          .findFirst()
          .orElseThrow(() -> new CommandLine.TypeConversionException("no such target: " + text));
    }
  }

  private Fuzz(PrintStream out) {
    this.out = out;
  }

  /**
   * Exits with 0 if nothing was found, with 1 if anything was.
   *
   * @param args see the options
   */
  public static void main(String... args) {
    System.exit(new CommandLine(new Fuzz(System.out)).execute(args));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (minutes < 1) {
      throw new ParameterException(spec.commandLine(), "MINUTES must be 1 or more");
    }
    List<Target> targets = only == null ? List.of(Target.values()) : List.of(only);
    int seconds = minutes * 60 / targets.size();
    List<Fuzzing> done = new ArrayList<>();
    for (Target target : targets) {
      Fuzzing fuzzing = Fuzzing.of(target, seconds);
      out.println(fuzzing);
      done.add(fuzzing);
    }
    int findings = done.stream().mapToInt(Fuzzing::findings).sum();
    out.printf(
        Locale.ROOT,
        "%,d executions in %d min: %s%n",
        done.stream().mapToLong(Fuzzing::executions).sum(),
        minutes,
        findings == 0 ? "nothing was found" : findings + " found");
    if (write) {
      write(done);
    }
    return findings == 0 ? 0 : 1;
  }

  private void write(List<Fuzzing> done) throws IOException {
    StringBuilder table = new StringBuilder();
    table.append(
        "\n`bench/fuzz %d` on %s, with JDK %s, one worker on two cores:\n\n"
            .formatted(minutes, LocalDate.now(ZoneOffset.UTC), Runtime.version().feature()));
    table.append(
        "| target | executions | per second | edges | inputs kept | found |\n"
            + "| --- | ---: | ---: | ---: | ---: | ---: |\n");
    done.forEach(fuzzing -> table.append(fuzzing.row()).append('\n'));
    String doc = Files.readString(DOC);
    int begin = doc.indexOf(FIGURES) + FIGURES.length();
    Files.writeString(DOC, doc.substring(0, begin) + table);
  }
}
