package app;

import covid.Dataset;
import covid.Run;
import covid.RunId;
import covid.RunReport;
import covid.RunStatus;
import covid.RunSummary;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.apache.camel.main.Main;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import routes.Reason;
import routes.RunRoutes;

/** The command line. */
@Command(
    name = "event-driven-camel",
    description =
        "Pulls feeds of COVID-19 figures, joins them by place and day, and keeps them in AWS.",
    versionProvider = Commands.Version.class,
    mixinStandardHelpOptions = true,
    sortOptions = false,
    subcommands = {
      TakeRevisionsCommand.class,
      RollbackCommand.class,
      ReleaseCommand.class,
      ImportCommand.class
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:failed",
      "2:done, but some days went to the dead letter or were left, or some places were refused",
      "3:the gate refused the pull",
      "64:an unknown argument, or a wrong or missing setting"
    },
    footerHeading = "%nSettings: config/application.properties, or the environment.%n")
final class Commands implements Callable<Integer> {
  private static final int USAGE = 64;

  @Spec private CommandSpec spec;

  @Option(
      names = "--dataset",
      paramLabel = "NAME",
      scope = CommandLine.ScopeType.INHERIT,
      description = "The dataset: config/datasets/NAME.properties, or a packed one. Default: us.")
  private @Nullable String dataset;

  /**
   * Runs one command.
   *
   * @param args its words
   * @return the exit code
   */
  static int execute(String... args) {
    configureLog(args);
    return new CommandLine(new Commands())
        .setParameterExceptionHandler(Commands::wrongWord)
        .setExecutionExceptionHandler(Commands::failed)
        .execute(args);
  }

  /** The default command. */
  @Override
  public Integer call() throws Exception {
    return serve();
  }

  @Command(
      description = "Runs on schedule and serves over HTTP, until stopped. The default.",
      mixinStandardHelpOptions = true)
  int serve() throws Exception {
    return untilStopped(Application.serving(dataset()));
  }

  private static int untilStopped(Main main) throws Exception {
    try (GracefulStop stop = GracefulStop.of(main)) {
      stop.end(0);
      main.start();
      new CountDownLatch(1).await();
      return 0;
    }
  }

  @Command(
      description =
          "Stores days of runs of other processes, which come through the queue chunks.from, until"
              + " stopped.",
      mixinStandardHelpOptions = true)
  int work() throws Exception {
    return untilStopped(Application.working(dataset()));
  }

  @Command(description = "One run now, without a server.", mixinStandardHelpOptions = true)
  int run(
      @Option(
              names = "--dry-run",
              description = "Stop after the gate: print what would be added, write nothing.")
          boolean dryRun,
      @Option(
              names = "--raw",
              paramLabel = "RUN",
              description =
                  "Take the bodies that an earlier run pulled, in place of the feeds: its id, as in its"
                      + " report.")
          @Nullable String raw)
      throws Exception {
    if (raw != null && !RunId.isId(raw)) {
      throw new CommandLine.ParameterException(
          spec.commandLine(),
          "--raw: '%s' is not the id of a run, such as 2026-11-22T21-00-00Z-7f3a".formatted(raw));
    }
    Main main = Application.running(dataset());
    try (GracefulStop stop = GracefulStop.of(main)) {
      main.start();
      if (dryRun) {
        return stop.end(preview(main, raw));
      }
      OneRun run = new OneRun(main, out());
      return stop.end(raw == null ? run.now() : run.on(raw));
    } finally {
      main.stop();
    }
  }

  @Command(
      name = "publish-site",
      description =
          "Publishes the dashboard and its data as plain files under site/ in the bucket.",
      mixinStandardHelpOptions = true)
  int publishSite() throws Exception {
    Main main = Application.publishing(dataset());
    try (GracefulStop stop = GracefulStop.of(main)) {
      main.start();
      List<?> files = main.getCamelTemplate().requestBody("direct:publish-site", null, List.class);
      out().printf(Locale.ROOT, "%d files published under site/%n", files.size());
      return stop.end(0);
    } finally {
      main.stop();
    }
  }

  @Command(
      description =
          "Asks a `serve` process with the same settings whether it is ready: 0, or 1 if not.",
      mixinStandardHelpOptions = true)
  int health() {
    Optional<String> trouble = Application.whyNotReady(dataset());
    out().println(trouble.map("not ready: "::concat).orElse("ready"));
    return trouble.isEmpty() ? 0 : 1;
  }

  /** The dataset of the command line. */
  Optional<String> dataset() {
    return Optional.ofNullable(dataset);
  }

  /** The dataset of an application that has started. */
  static Dataset dataset(Main main) {
    return main.getCamelContext().getRegistry().findSingleByType(Dataset.class);
  }

  private int preview(Main main, @Nullable String raw) throws Exception {
    Map<String, Object> headers = raw == null ? Map.of() : Map.of(RunRoutes.RAW_OF, raw);
    Run run =
        main.getCamelTemplate()
            .requestBodyAndHeaders("direct:preview", "command", headers, Run.class);
    RunReport report = run.report();
    if (report.status() == RunStatus.SUCCEEDED) {
      Preview.of(run.days().missing(), dataset(main)).forEach(line -> out().println(line));
    } else {
      out().println(RunSummary.of(report, dataset(main).key()).text());
    }
    return report.status().exitCode();
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }

  private static int wrongWord(CommandLine.ParameterException e, String[] args) {
    complain(e.getCommandLine(), e.getMessage() + "; see --help");
    return USAGE;
  }

  private static int failed(Exception e, CommandLine command, CommandLine.ParseResult result) {
    List<String> problems = SettingException.problemsOf(e);
    if (problems.isEmpty()) {
      complain(command, Reason.of(e));
      return RunStatus.FAILED.exitCode();
    }
    problems.forEach(problem -> complain(command, problem));
    return USAGE;
  }

  /** Standard error is also the log: with JSON it must contain nothing else. */
  private static void complain(CommandLine command, String text) {
    if (LogFormat.current() == LogFormat.JSON) {
      LoggerFactory.getLogger("command").error(text);
    } else {
      command.getErr().println(text);
    }
  }

  private static void configureLog(String... args) {
    LogFormat.apply();
    boolean bar = args.length == 1 && args[0].equals("run");
    if (bar && Progress.isWanted() && System.getProperty("log.level") == null) {
      // The progress bar replaces the log lines, which would tear it.
      System.setProperty("log.level", "WARN");
    }
  }

  /** Reads the version from the jar's manifest. */
  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {line()};
    }

    static String line() {
      String version = Commands.class.getPackage().getImplementationVersion();
      return "event-driven-camel " + (version == null ? "unpacked" : version);
    }
  }
}
