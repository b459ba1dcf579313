package app;

import java.util.concurrent.Callable;
import org.apache.camel.main.Main;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;
import versions.VersionId;

/** Lets what a rollback withheld be published again. */
@Command(
    name = "release",
    description = "Lets what a rollback withheld be published again by the next run.",
    mixinStandardHelpOptions = true)
final class ReleaseCommand implements Callable<Integer> {
  @ParentCommand private Commands commands;
  @Spec private CommandSpec spec;

  @Parameters(
      arity = "0..1",
      defaultValue = "",
      paramLabel = "VERSION",
      description = "The id of the withdrawn version. Default: all that are withheld.")
  private String version;

  @Override
  public Integer call() throws Exception {
    if (!version.isEmpty() && !VersionId.isId(version)) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "VERSION '%s' is not the id of a version".formatted(version));
    }
    Main main = Application.running(commands.dataset());
    try (GracefulStop stop = GracefulStop.of(main)) {
      main.start();
      String released =
          main.getCamelTemplate().requestBody("direct:release", version, String.class);
      spec.commandLine().getOut().println("Released: " + released);
      return stop.end(0);
    } finally {
      main.stop();
    }
  }
}
