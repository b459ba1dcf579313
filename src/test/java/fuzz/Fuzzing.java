package fuzz;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * What came of fuzzing a target.
 *
 * @param executions how many inputs were tried
 * @param perSecond as many in a second
 * @param edges branches of the program that any input has taken, from the first time on
 * @param corpus how many inputs are kept, each of which has reached something that no other one
 *     does
 * @param findings how many inputs broke a promise in different ways, or hung
 * @param log what the fuzzer said
 */
record Fuzzing(
    Target target,
    long executions,
    long perSecond,
    long edges,
    long corpus,
    int findings,
    Path log) {
  private static final Path FOLDER = Path.of("target", "fuzz");

  /** An input that takes longer hangs. */
  private static final int MOST_SECONDS = 20;

  /** A finding is told apart from others by where it is thrown. */
  private static final int MOST_FINDINGS = 20;

  private static final int MOST_BYTES = 8_192;

  /** For the start, the first inputs and a hanging one. */
  private static final int PATIENCE_SECONDS = 180;

  /** The program, without libraries. */
  private static final String PROGRAM =
      "app.**:aws.**:chart.**:chunks.**:covid.**:feeds.**:routes.**:serve.**:versions.**:web.**"
          + ":webhooks.**";

  private static final Pattern PROGRESS =
      Pattern.compile("#(\\d+)\\s+\\w+\\s+cov: (\\d+) .*corp: (\\d+)/.* exec/s: (\\d+)");

  private static final Pattern FINDING =
      Pattern.compile("(?m)^(== Java Exception|==\\d+== ERROR: libFuzzer)");

  /**
   * Fuzzes a target in a process of its own.
   *
   * @throws IllegalStateException if the fuzzer itself failed
   */
  static Fuzzing of(Target target, int seconds) throws IOException, InterruptedException {
    Path own = FOLDER.resolve(target.toString());
    Path corpus = Files.createDirectories(own.resolve("corpus"));
    Path found = Files.createDirectories(own.resolve("found"));
    Path log = own.resolve("log");
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            "-Xmx1g",
            "-XX:+UseSerialGC",
            // Jazzer attaches its agent to its own JVM.
            "-Djdk.attach.allowAttachSelf=true",
            "-XX:+EnableDynamicAgentLoading",
            "--enable-native-access=ALL-UNNAMED",
            "-Dlog.level=OFF",
            "com.code_intelligence.jazzer.Jazzer",
            "--target_class=" + target.type().getName(),
            "--instrumentation_includes=" + PROGRAM,
            "--custom_hook_includes=" + PROGRAM,
            // The target of requests has a local bucket.
            "--disabled_hooks=com.code_intelligence.jazzer.sanitizers.ServerSideRequestForgery",
            "--keep_going=" + MOST_FINDINGS,
            "--reproducer_path=" + found,
            "-artifact_prefix=" + found + "/",
            "-max_total_time=" + seconds,
            "-max_len=" + MOST_BYTES,
            "-timeout=" + MOST_SECONDS,
            "-rss_limit_mb=0",
            corpus.toString(),
            target.seeds().toString());
    Process fuzzer =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(Redirect.to(log.toFile()))
            .start();
    if (!fuzzer.waitFor(seconds + PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      fuzzer.destroyForcibly().waitFor();
    }
    return of(target, log);
  }

  private static Fuzzing of(Target target, Path log) throws IOException {
    String text = Files.readString(log);
    List<MatchResult> progress = PROGRESS.matcher(text).results().toList();
    if (progress.isEmpty()) {
      throw new IllegalStateException("The fuzzer did not start, see " + log);
    }
    MatchResult last = progress.get(progress.size() - 1);
    return new Fuzzing(
        target,
        Long.parseLong(last.group(1)),
        Long.parseLong(last.group(4)),
        Long.parseLong(last.group(2)),
        Long.parseLong(last.group(3)),
        (int) FINDING.matcher(text).results().count(),
        log);
  }

  /** As a row of a table. */
  String row() {
    return String.format(
        Locale.ROOT,
        "| `%s` | %,d | %,d | %,d | %,d | %d |",
        target,
        executions,
        perSecond,
        edges,
        corpus,
        findings);
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%-12s  %,12d executions, %,7d a second, %,6d edges, %,6d inputs kept, %d found%s",
        target,
        executions,
        perSecond,
        edges,
        corpus,
        findings,
        findings == 0 ? "" : ": see " + log);
  }
}
