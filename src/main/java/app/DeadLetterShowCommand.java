package app;

import static java.util.stream.Collectors.joining;

import covid.Day;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import serve.DeadLetterEntry;
import web.Problem;
import web.ProblemException;

/** Shows an entry of the dead letter. */
@Command(
    name = "show",
    description = "Shows the days of an entry, with their figures.",
    mixinStandardHelpOptions = true)
final class DeadLetterShowCommand extends ReadCommand {
  @Parameters(paramLabel = "NAME", description = "The name, as `dead-letter list` shows it.")
  private String name;

  @Override
  int read(BucketReaders bucket) throws Exception {
    DeadLetterEntry entry = bucket.deadLetters().one(name);
    if (isJson()) {
      print(bucket.json().write(entry));
      return 0;
    }
    if (entry.days().isEmpty()) {
      throw new ProblemException(
          Problem.of(404, "'%s' cannot be read; a run sets it aside.".formatted(name)));
    }
    TextTable table = new TextTable("Place", "Date", "Figures", "Tried", "Reason");
    entry
        .days()
        .forEach(
            letter ->
                table.row(
                    letter.day().place(),
                    letter.day().date(),
                    figures(letter.day()),
                    letter.attempts(),
                    letter.error()));
    table.lines().forEach(out()::println);
    return 0;
  }

  private static String figures(Day day) {
    return day.figures().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(figure -> String.format(Locale.ROOT, "%,d %s", figure.getValue(), figure.getKey()))
        .collect(joining(", "));
  }
}
