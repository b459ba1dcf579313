package app;

import static java.util.Objects.requireNonNull;

import covid.Dataset;
import covid.DaySelection;
import covid.KeySchema;
import covid.Place;
import covid.RevisionReport;
import covid.RevisionSummary;
import covid.RunStatus;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.apache.camel.main.Main;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Takes published revisions into the table. */
@Command(
    name = "take-revisions",
    description =
        "Takes published revisions into the table: days that it has with other figures get the"
            + " published ones. What was there before is recorded under revisions/ in the bucket.",
    mixinStandardHelpOptions = true)
final class TakeRevisionsCommand extends OneCommand {
  /** So many days of a table of many places does a dry run show. */
  private static final int MOST_SHOWN = 100;

  @Option(
      names = "--day",
      paramLabel = "DATE",
      converter = Date.class,
      description = "Only this day, as in 2020-01-23.")
  private @Nullable LocalDate day;

  @Option(
      names = "--since",
      paramLabel = "DATE",
      converter = Date.class,
      description = "Only this day and later ones.")
  private @Nullable LocalDate since;

  @Option(names = "--place", paramLabel = "PLACE", description = "Only this place. Default: all.")
  private @Nullable String place;

  @Option(
      names = "--dry-run",
      description = "Print old and new figures of what would be taken, write nothing.")
  private boolean dryRun;

  /** Reads a date. */
  static final class Date implements ITypeConverter<LocalDate> {
    @Override
    public LocalDate convert(String text) {
      try {
        return LocalDate.parse(text);
      } catch (DateTimeException e) {
        throw new TypeConversionException("'%s' is not a day such as 2020-01-23".formatted(text));
      }
    }
  }

  @Override
  public Integer call() throws Exception {
    Main main = Task.TAKE_REVISIONS.on(choice());
    try (GracefulStop stop = GracefulStop.of(main)) {
      main.start();
      Dataset dataset = RunCommand.dataset(main);
      RevisionReport report =
          main.getCamelTemplate()
              .requestBody(
                  dryRun ? "direct:preview-revisions" : "direct:take-revisions",
                  selection(dataset),
                  RevisionReport.class);
      RunStatus status = requireNonNull(report.status());
      if (dryRun || !isQuiet() || status != RunStatus.SUCCEEDED) {
        lines(report, dataset.key()).forEach(out()::println);
      }
      return stop.end(status.exitCode());
    } finally {
      main.stop();
    }
  }

  private DaySelection selection(Dataset dataset) {
    if (day != null && since != null) {
      throw wrong("--day and --since exclude each other: give one");
    }
    Optional<Place> only = Optional.ofNullable(place).map(Place::new);
    if (only.isPresent() && !dataset.places().has(only.get())) {
      throw wrong(
          "--place is '%s', and the dataset %s is of %s: choose a place of it"
              .formatted(place, dataset.name(), dataset.places()));
    }
    LocalDate first = day != null ? day : since != null ? since : LocalDate.MIN;
    return new DaySelection(only, first, day != null ? day : LocalDate.MAX);
  }

  private List<String> lines(RevisionReport report, KeySchema key) {
    if (!dryRun || report.status() == RunStatus.FAILED) {
      return RevisionSummary.of(report, key).text().lines().toList();
    }
    int most = key == KeySchema.DATE ? Integer.MAX_VALUE : MOST_SHOWN;
    return RevisionSummary.preview(report, key, most);
  }
}
