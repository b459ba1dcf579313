package app;

import covid.DeadLetter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import picocli.CommandLine.Command;
import serve.DeadLetterEntry;

/** Lists the dead letter. */
@Command(
    name = "list",
    description = "Lists the entries of the dead letter: days, or places with their days.",
    mixinStandardHelpOptions = true)
final class DeadLetterListCommand extends ReadCommand {
  @Override
  int read(BucketReaders bucket) throws Exception {
    List<DeadLetterEntry> entries = bucket.deadLetters().all();
    if (isJson()) {
      print(bucket.json().write(entries));
    } else if (isQuiet()) {
      entries.forEach(entry -> out().println(entry.name()));
    } else if (entries.isEmpty()) {
      out().println("The dead letter is empty.");
    } else {
      TextTable table =
          new TextTable("Name", "Days", "From", "To", "Tried", "First", "Last", "Reason");
      entries.forEach(entry -> row(table, entry));
      table.lines().forEach(out()::println);
    }
    return 0;
  }

  private static void row(TextTable table, DeadLetterEntry entry) {
    List<DeadLetter> days = entry.days();
    if (days.isEmpty()) {
      table.row(
          entry.name(), 0, null, null, null, null, null, "cannot be read: a run sets it aside");
      return;
    }
    DeadLetter last = days.get(days.size() - 1);
    table.row(
        entry.name(),
        days.size(),
        days.get(0).day().date(),
        last.day().date(),
        days.stream().mapToInt(DeadLetter::attempts).sum(),
        days.stream()
            .map(DeadLetter::firstFailure)
            .min(Instant::compareTo)
            .map(DeadLetterListCommand::second)
            .orElse(null),
        days.stream()
            .map(DeadLetter::lastFailure)
            .filter(Objects::nonNull)
            .max(Instant::compareTo)
            .map(DeadLetterListCommand::second)
            .orElse(null),
        last.error());
  }

  private static Instant second(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS);
  }
}
