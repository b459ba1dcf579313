package app;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The commands about the dead letter. */
@Command(
    name = "dead-letter",
    description = "Shows, replays or sets aside the days that could not be written to the table.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "(list | show | replay | set-aside)",
    subcommands = {
      DeadLetterListCommand.class,
      DeadLetterShowCommand.class,
      DeadLetterReplayCommand.class,
      DeadLetterSetAsideCommand.class
    })
final class DeadLetterCommand implements Runnable {
  @Spec private @Nullable CommandSpec spec;

  /** Without one of its commands. */
  @Override
  public void run() {
    CommandSpec own = requireNonNull(spec);
    throw new ParameterException(
        own.commandLine(),
        "%s needs one of %s".formatted(own.name(), String.join(", ", own.subcommands().keySet())));
  }
}
