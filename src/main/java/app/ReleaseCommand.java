package app;

import org.apache.camel.main.Main;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import versions.VersionId;

/** Lets what a rollback withheld be published again. */
@Command(
    name = "release",
    description = "Lets what a rollback withheld be published again by the next run.",
    mixinStandardHelpOptions = true)
final class ReleaseCommand extends OneCommand {
  @Parameters(
      arity = "0..1",
      defaultValue = "",
      paramLabel = "VERSION",
      description = "The id of the withdrawn version. Default: all that are withheld.")
  private String version;

  @Override
  public Integer call() throws Exception {
    if (!version.isEmpty() && !VersionId.isId(version)) {
      throw wrong("VERSION '%s' is not the id of a version".formatted(version));
    }
    Main main = Task.RUN.on(choice());
    try (GracefulStop stop = GracefulStop.of(main)) {
      main.start();
      String released =
          main.getCamelTemplate().requestBody("direct:release", version, String.class);
      say("Released: " + released);
      return stop.end(0);
    } finally {
      main.stop();
    }
  }
}
