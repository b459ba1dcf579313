package app;

import picocli.CommandLine.Command;

/** Stores days of runs of other processes. */
@Command(
    name = "work",
    description =
        "Stores days of runs of other processes, which come through the queue chunks.from, until"
            + " stopped.",
    mixinStandardHelpOptions = true)
final class WorkCommand extends OneCommand {
  @Override
  public Integer call() throws Exception {
    return ServeCommand.untilStopped(Task.WORK.on(choice()));
  }
}
