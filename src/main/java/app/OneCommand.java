package app;

import static java.util.stream.Collectors.joining;

import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What all commands have: where they print, and the options of the whole command line. */
abstract class OneCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  /** The settings that the command line chooses. */
  final SettingChoice choice() {
    return root().given();
  }

  /** Whether to print no more than is needed. */
  final boolean isQuiet() {
    return root().isToBeQuiet();
  }

  private Commands root() {
    return (Commands) spec.root().userObject();
  }

  /** Where to print what was asked for. */
  final PrintWriter out() {
    return spec.commandLine().getOut();
  }

  /** Prints what was done, unless it is to be quiet. */
  final void say(String text) {
    if (!isQuiet()) {
      out().println(text);
    }
  }

  /**
   * The command with its options as they were given, but for one.
   *
   * @param option such as {@code --before}
   */
  final String givenWithout(String option) {
    return spec.root().commandLine().getParseResult().asCommandLineList().stream()
        .flatMap(line -> line.getParseResult().matchedOptions().stream())
        .filter(given -> !given.longestName().equals(option))
        .map(given -> " " + given.longestName() + " " + quoted(given.originalStringValues().get(0)))
        .collect(joining("", spec.name(), ""));
  }

  /** As a shell takes it for one word. */
  static String quoted(String value) {
    return value.matches("[\\w./:@%+=,-]+") ? value : "'" + value.replace("'", "'\\''") + "'";
  }

  /** Ends the command if one of these options is given, which only a list has. */
  final void refuseBesideId(String... options) {
    for (String option : options) {
      if (spec.commandLine().getParseResult().hasMatchedOption(option)) {
        throw wrong("%s is for the list: leave it out, or the ID".formatted(option));
      }
    }
  }

  /** Ends the command, since one of its words cannot be meant. */
  final ParameterException wrong(String sentence) {
    return new ParameterException(spec.commandLine(), sentence);
  }

  /** From which level on it logs; empty for the usual one. */
  Optional<String> logLevel() {
    return isQuiet() ? Optional.of("WARN") : Optional.empty();
  }
}
