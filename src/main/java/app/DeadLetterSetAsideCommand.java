package app;

import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Sets entries of the dead letter aside. */
@Command(
    name = "set-aside",
    description =
        "Moves entries to dead-letter-damaged/, so that no run replays them: of days that the table"
            + " is not to have. One that is still in the feeds is tried again by the next run.",
    mixinStandardHelpOptions = true)
final class DeadLetterSetAsideCommand extends ReadCommand {
  @Parameters(
      arity = "1..*",
      paramLabel = "NAME",
      description = "The names, as `dead-letter list` shows them.")
  private List<String> names;

  @Override
  int read(BucketReaders bucket) throws Exception {
    for (String name : names) {
      say("%s is now %s".formatted(name, bucket.deadLetters().setAside(name)));
    }
    return 0;
  }
}
