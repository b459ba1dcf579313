package app;

import picocli.CommandLine.Command;

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
final class DeadLetterCommand {}
