package app;

import java.util.Locale;
import org.apache.camel.main.Main;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import versions.Version;
import versions.VersionId;

/** Goes back to the content of an earlier version. */
@Command(
    name = "rollback",
    description =
        "Publishes the content of an earlier version as a new one. The same feeds are not published"
            + " again until `release` says so.",
    mixinStandardHelpOptions = true)
final class RollbackCommand extends OneCommand {
  @Parameters(
      paramLabel = "VERSION",
      description = "The id of the version; the command versions lists them.")
  private String version;

  @Option(
      names = "--by",
      required = true,
      paramLabel = "NAME",
      description = "Who goes back to it.")
  private String by;

  @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why.")
  private String reason;

  @Override
  public Integer call() throws Exception {
    check(VersionId.isId(version), "VERSION '%s' is not the id of a version".formatted(version));
    check(!by.isBlank(), "--by is empty");
    check(!reason.isBlank(), "--reason is empty");
    Main main = Task.RUN.on(choice());
    try (GracefulStop stop = GracefulStop.of(main)) {
      main.start();
      Version made =
          main.getCamelTemplate()
              .requestBody(
                  "direct:rollback", new Version.Rollback(version, by, reason), Version.class);
      say(
          String.format(
              Locale.ROOT,
              "Published version %s with the content of %s: %,d days to %s; %,d added, %,d revised,"
                  + " %,d removed against %s, which is withheld",
              made.id(),
              version,
              made.rows(),
              made.newestDay(),
              made.changes().added(),
              made.changes().revised(),
              made.changes().removed(),
              made.parent()));
      return stop.end(0);
    } finally {
      main.stop();
    }
  }

  private void check(boolean good, String problem) {
    if (!good) {
      throw wrong(problem);
    }
  }
}
