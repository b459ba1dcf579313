package app;

import covid.DeadLetter;
import covid.KeySchema;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
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
      entries.forEach(entry -> out().println(entry.name().replaceAll(TextTable.UNPRINTABLE, " ")));
    } else if (entries.isEmpty()) {
      out().println("The dead letter is empty.");
    } else {
      boolean ofPlaces = bucket.settings().dataset().key() == KeySchema.PLACE_DATE;
      TextTable table =
          ofPlaces
              ? new TextTable("Name", "Days", "From", "To", "Tried", "First", "Last", "Reason")
              : new TextTable("Name", "Tried", "First", "Last", "Reason");
      entries.forEach(entry -> table.row(row(entry, ofPlaces)));
      table.lines().forEach(out()::println);
    }
    return 0;
  }

  /** The entry of a day, or of a place with its days. */
  private static @Nullable Object[] row(DeadLetterEntry entry, boolean ofPlaces) {
    List<DeadLetter> days = entry.days();
    List<@Nullable Object> row = new ArrayList<>();
    row.add(entry.name());
    if (ofPlaces) {
      row.add(days.size());
      row.add(days.isEmpty() ? null : days.get(0).day().date());
      row.add(days.isEmpty() ? null : days.get(days.size() - 1).day().date());
    }
    row.add(days.stream().mapToInt(DeadLetter::attempts).sum());
    row.add(
        days.stream()
            .map(DeadLetter::firstFailure)
            .min(Instant::compareTo)
            .map(DeadLetterListCommand::second)
            .orElse(null));
    row.add(
        days.stream()
            .map(DeadLetter::lastFailure)
            .filter(Objects::nonNull)
            .max(Instant::compareTo)
            .map(DeadLetterListCommand::second)
            .orElse(null));
    row.add(reason(entry));
    return row.toArray();
  }

  private static String reason(DeadLetterEntry entry) {
    if (entry.isForeign()) {
      return "has a name that this program does not give: remove it";
    }
    return entry.days().isEmpty()
        ? "cannot be read: a run sets it aside"
        : entry.days().get(entry.days().size() - 1).error();
  }

  private static Instant second(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS);
  }
}
