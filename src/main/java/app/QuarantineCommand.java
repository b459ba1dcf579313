package app;

import covid.QuarantinedRow;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Shows the quarantined rows of a run. */
@Command(
    name = "quarantine",
    description =
        "Shows the rows that a run has quarantined. The role of the program may only write them, so"
            + " this takes credentials that may read quarantine/.",
    mixinStandardHelpOptions = true)
final class QuarantineCommand extends ReadCommand {
  @Parameters(paramLabel = "RUN", description = "The id of the run.")
  private String run;

  @Override
  int read(BucketReaders bucket) throws Exception {
    List<QuarantinedRow> rows = bucket.quarantines().rows(run);
    if (isJson()) {
      print(bucket.json().write(rows));
    } else if (rows.isEmpty()) {
      say("Run %s has quarantined no row.".formatted(run));
    } else {
      TextTable table = new TextTable("Feed", "Line", "Reason", "Row");
      rows.forEach(row -> table.row(row.feed(), row.line(), row.reason(), row.raw()));
      table.lines().skip(isQuiet() ? 1 : 0).forEach(out()::println);
    }
    return 0;
  }
}
