package app;

import covid.DayKey;
import covid.KeySchema;
import covid.Run;
import covid.RunReport;
import covid.RunStatus;
import java.util.Locale;
import org.apache.camel.main.Main;
import picocli.CommandLine.Command;

/** Replays the dead letter. */
@Command(
    name = "replay",
    description =
        "Writes the days of the dead letter to the table, as each run does before it pulls; those"
            + " that are in the table then are removed from it.",
    mixinStandardHelpOptions = true)
final class DeadLetterReplayCommand extends OneCommand {
  @Override
  public Integer call() throws Exception {
    Main main = Task.REPLAY.on(choice());
    try (GracefulStop stop = GracefulStop.of(main)) {
      main.start();
      Run run = main.getCamelTemplate().requestBody("direct:replay", "command", Run.class);
      return stop.end(print(run.report(), RunCommand.dataset(main).key()));
    } finally {
      main.stop();
    }
  }

  private int print(RunReport report, KeySchema key) {
    RunReport.Replay replay = report.replay();
    if (report.status() == RunStatus.FAILED) {
      out().println(report.reason());
    } else {
      String sentence =
          String.format(
              Locale.ROOT,
              "%,d day(s) replayed: %,d added, %,d present, %,d failed again",
              replay.added().size() + replay.present().size() + replay.failed().size(),
              replay.added().size(),
              replay.present().size(),
              replay.failed().size());
      if (!isQuiet() || !replay.failed().isEmpty()) {
        out().println(sentence);
      }
    }
    report
        .deadLetters()
        .forEach(letter -> out().println(named(letter.day().key(), key) + "  " + letter.error()));
    report.warnings().stream().distinct().forEach(out()::println);
    return report.status().exitCode();
  }

  private static String named(DayKey day, KeySchema key) {
    return key == KeySchema.DATE ? day.date().toString() : day.place() + " " + day.date();
  }
}
