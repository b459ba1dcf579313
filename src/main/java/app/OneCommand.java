package app;

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

  /** Ends the command, since one of its words cannot be meant. */
  final ParameterException wrong(String sentence) {
    return new ParameterException(spec.commandLine(), sentence);
  }

  /** From which level on it logs; empty for the usual one. */
  Optional<String> logLevel() {
    return isQuiet() ? Optional.of("WARN") : Optional.empty();
  }
}
