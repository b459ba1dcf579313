package app;

import covid.PublicationFact;
import covid.Run;
import covid.RunReport;
import feeds.FeedFiles;
import feeds.FeedSource;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.camel.main.Main;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import routes.Import;

/** Makes feeds of an earlier time a version of that time. */
@Command(
    name = "import-version",
    description =
        "Adds feeds of an earlier time to the versions of the published set, as one of that time."
            + " The table and the topic are left alone.",
    mixinStandardHelpOptions = true)
final class ImportCommand extends OneCommand {
  @Option(
      names = "--at",
      required = true,
      paramLabel = "TIME",
      converter = PastTime.class,
      description = "When the feeds were as the files are: 2020-10-06T21:00:00Z.")
  private Instant at;

  @Option(
      names = "--feeds-dir",
      required = true,
      paramLabel = "DIR",
      description =
          "Where the files are: NAME.csv of the feed NAME, or the file name of its address. Each"
              + " may also be there as .gz.")
  private Path folder;

  @Override
  public Integer call() throws Exception {
    Main main = Task.RUN.on(choice());
    try (GracefulStop stop = GracefulStop.of(main)) {
      main.start();
      return stop.end(importVersion(main, at, folder, isQuiet(), out()));
    } finally {
      main.stop();
    }
  }

  /**
   * Imports the feeds of a folder, and prints a line, and one for each warning.
   *
   * @param main has been started
   * @param quiet whether to print nothing of what went well
   * @return the exit code
   * @throws SettingException if the folder lacks a file
   */
  static int importVersion(Main main, Instant at, Path folder, boolean quiet, PrintWriter out)
      throws Exception {
    Import one = new Import(at, files(main, folder));
    Run run = main.getCamelTemplate().requestBody("direct:import-version", one, Run.class);
    RunReport report = run.report();
    Optional<String> sentence =
        Optional.ofNullable(report.reason())
            .or(
                () ->
                    run.log()
                        .first(PublicationFact.ImportEnded.class)
                        .map(PublicationFact.ImportEnded::sentence)
                        .filter(done -> !quiet));
    Stream.concat(sentence.stream(), report.warnings().stream().distinct()).forEach(out::println);
    return report.status().exitCode();
  }

  private static Map<String, Path> files(Main main, Path folder) {
    try {
      return FeedFiles.in(
          folder, main.getCamelContext().getRegistry().findByType(FeedSource.class));
    } catch (FeedFiles.MissingException e) {
      throw new SettingException("--feeds-dir: " + e.getMessage());
    }
  }
}
