package app;

import covid.RunStatus;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;
import routes.Reason;
import web.Problem;
import web.ProblemException;

/** What commands say when they cannot do what was asked for, and their exit codes then. */
final class CommandErrors {
  /** A wrong word, or a wrong or missing setting. */
  static final int USAGE = 64;

  private static final int BAD_REQUEST = 400;

  private CommandErrors() {}

  /** A word that cannot be meant. */
  static int wrongWord(ParameterException e, String[] args) {
    LogFormat.apply(SettingChoice.NONE);
    complain(
        e.getCommandLine(),
        e.getMessage() + meant(e).map("; did you mean %s?"::formatted).orElse("; see --help"));
    return USAGE;
  }

  private static Optional<String> meant(ParameterException e) {
    if (!(e instanceof UnmatchedArgumentException unmatched)) {
      return Optional.empty();
    }
    String word = unmatched.getUnmatched().get(0).replaceFirst("=.*", "");
    CommandSpec command = e.getCommandLine().getCommandSpec();
    Stream<String> known =
        word.startsWith("-")
            ? command.optionsMap().keySet().stream().filter(option -> option.startsWith("--"))
            : command.subcommands().keySet().stream();
    return SettingNames.nearest(word, known.toList());
  }

  /** A command that failed. */
  static int failed(Exception e, CommandLine command, ParseResult result) {
    List<String> problems = SettingException.problemsOf(e);
    if (!problems.isEmpty()) {
      problems.forEach(problem -> complain(command, problem));
      return USAGE;
    }
    if (e instanceof ProblemException found && e.getCause() == null) {
      complain(command, words(found.problem()));
      return found.problem().status() == BAD_REQUEST ? USAGE : RunStatus.FAILED.exitCode();
    }
    complain(command, Reason.of(e));
    return RunStatus.FAILED.exitCode();
  }

  /** The problem of a request in the words of the command line. */
  private static String words(Problem problem) {
    return problem
        .detail()
        .replaceFirst("^Parameter 'from' is", "FROM is")
        .replaceFirst("^Parameter 'to' is", "TO is")
        .replaceFirst("^Parameter '(\\w+)' is", "--$1 is")
        // The other options are parameters of every dataset.
        .replaceFirst("^There is no parameter 'place'.*", "A dataset of one place has no --place.")
        .replace("with the parameter 'place'", "with --place")
        .replace("as /versions and /runs have them", "as the commands versions and runs have them")
        .replaceFirst("; /(runs|versions) lists them", "; the command $1 lists them")
        // No command does.
        .replaceFirst("(;|\\.) /places lists (all|them)\\.$", ".");
  }

  /** Standard error is also the log: with JSON it must contain nothing else. */
  private static void complain(CommandLine command, String text) {
    if (LogFormat.current() == LogFormat.JSON) {
      LoggerFactory.getLogger("command").error(text);
    } else {
      command.getErr().println(text);
    }
  }
}
