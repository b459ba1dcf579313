package app;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;

/** The command line: its commands, and the options that all of them have. */
@Command(
    name = "event-driven-camel",
    description =
        "Pulls feeds of COVID-19 figures, joins them by place and day, and keeps them in AWS.",
    versionProvider = Commands.Version.class,
    mixinStandardHelpOptions = true,
    sortOptions = false,
    subcommands = {
      ServeCommand.class,
      RunCommand.class,
      WorkCommand.class,
      HealthCommand.class,
      CheckCommand.class,
      RunsCommand.class,
      VersionsCommand.class,
      DiffCommand.class,
      QuarantineCommand.class,
      DeadLetterCommand.class,
      TakeRevisionsCommand.class,
      RollbackCommand.class,
      ReleaseCommand.class,
      ImportCommand.class,
      PublishSiteCommand.class,
      AutoComplete.GenerateCompletion.class
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
final class Commands extends OneCommand {
  @Option(
      names = "--dataset",
      paramLabel = "NAME",
      scope = CommandLine.ScopeType.INHERIT,
      completionCandidates = Datasets.class,
      description = "The dataset: config/datasets/NAME.properties, or a packed one. Default: us.")
  private @Nullable String dataset;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      scope = CommandLine.ScopeType.INHERIT,
      description = "The file of settings. Default: config/application.properties, if it is there.")
  private @Nullable Path config;

  @Option(
      names = "--quiet",
      scope = CommandLine.ScopeType.INHERIT,
      description =
          "Print less: nothing of what was done as it should be; of a list only the names. Log"
              + " warnings and errors only.")
  private boolean quiet;

  /**
   * Runs one command.
   *
   * @param args its words
   * @return the exit code
   */
  static int execute(String... args) {
    return line().execute(args);
  }

  /** Runs one command, which prints here in place of standard output and standard error. */
  static int execute(PrintWriter out, PrintWriter err, String... args) {
    return line().setOut(out).setErr(err).execute(args);
  }

  /** The command line. */
  static CommandLine line() {
    return new CommandLine(new Commands())
        .setExecutionStrategy(Commands::execute)
        .setParameterExceptionHandler(CommandErrors::wrongWord)
        .setExecutionExceptionHandler(CommandErrors::failed);
  }

  private static int execute(ParseResult parsed) {
    List<CommandLine> all = parsed.asCommandLineList();
    CommandLog.apply(all.get(all.size() - 1).getCommand());
    return new CommandLine.RunLast().execute(parsed);
  }

  /** The default command. */
  @Override
  public Integer call() throws Exception {
    return ServeCommand.serve(choice());
  }

  /** The options of the command line that choose settings. */
  SettingChoice given() {
    return new SettingChoice(Optional.ofNullable(config), Optional.ofNullable(dataset));
  }

  /** Whether it has the option --quiet. */
  boolean isToBeQuiet() {
    return quiet;
  }

  /** The names of datasets for the completion of words in a shell. */
  static final class Datasets implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return DatasetFile.known().iterator();
    }
  }

  /** Reads the version from the jar's manifest. */
  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {line()};
    }

    static String line() {
      return "event-driven-camel " + number();
    }

    static String number() {
      String version = Commands.class.getPackage().getImplementationVersion();
      return version == null ? "unpacked" : version;
    }
  }
}
