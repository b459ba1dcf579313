package app;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Sets entries of the dead letter aside. */
@Command(
    name = "set-aside",
    description =
        "Moves entries to dead-letter-damaged/, so that no run replays them: of days that the table"
            + " is not to have. A run in progress may have read them already, and writes them. A day"
            + " that is still in the feeds is tried again by the next run.",
    mixinStandardHelpOptions = true)
final class DeadLetterSetAsideCommand extends ReadCommand {
  @Parameters(
      arity = "1..*",
      paramLabel = "NAME",
      description = "The names, as `dead-letter list` shows them.")
  private List<String> names;

  /**
   * An entry that has been set aside.
   *
   * @param key that its object has now
   */
  record SetAside(String name, String key) {}

  @Override
  int read(BucketReaders bucket) throws Exception {
    List<SetAside> done = new ArrayList<>();
    try {
      for (String name : names) {
        String key = bucket.deadLetters().setAside(name);
        done.add(new SetAside(name, key));
        if (!isJson()) {
          say("%s is now %s".formatted(name, key));
        }
      }
    } finally {
      // Also those before one that could not be.
      if (isJson()) {
        print(bucket.json().write(done));
      }
    }
    return 0;
  }
}
