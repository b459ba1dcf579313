package routes;

import covid.ArchivedSet;
import covid.RunFailedException;
import covid.RunJournal;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.camel.Body;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Variable;
import web.Answer;
import web.DashboardFile;
import web.RunLine;
import web.RunPage;

/**
 * What {@link SiteRoutes} publishes.
 *
 * @param figures answers of the set
 * @param json how the runs are written
 */
public record SiteSteps(FigureSteps figures, Json json) {
  /** The runs that the page shows. */
  static final ReportSteps.Page RUNS = new ReportSteps.Page(10, "");

  /**
   * A file of the site.
   *
   * @param path from the page
   * @param content of the file
   */
  public record SiteFile(String path, Answer content) {}

  /**
   * Lets the set pass if the bucket gave it.
   *
   * @param age how old the copy is, if the bucket did not answer
   * @throws RunFailedException if it is only a copy: what is published already is no older
   */
  public void requireCurrent(@ExchangeProperty(Answer.STALE) Duration age)
      throws RunFailedException {
    if (age != null) {
      throw new RunFailedException("The set could not be read anew.");
    }
  }

  /**
   * The files, the page being the last: what it reads is there before it.
   *
   * @param runs that have ended
   * @param run that publishes; null if none does
   */
  public List<SiteFile> files(
      @Body List<RunLine> runs, @Variable("set") ArchivedSet set, @Variable("run") RunJournal run)
      throws ExecutionException, InterruptedException, TimeoutException {
    List<RunLine> lines =
        Stream.concat(Stream.ofNullable(run).map(on -> RunLine.of(on.report())), runs.stream())
            .limit(RUNS.limit())
            .toList();
    List<SiteFile> data =
        List.of(
            new SiteFile("totals.json", figures.totals(set)),
            new SiteFile("days.json", figures.allDays(set)),
            new SiteFile("runs.json", Answer.of(Answer.JSON, json.write(new RunPage(lines, null)))),
            new SiteFile("chart.png", figures.png(set)),
            new SiteFile("chart.svg", figures.svg(set)),
            new SiteFile("CovidData.csv", figures.archive(set)));
    Stream<SiteFile> page =
        DashboardFile.all().stream()
            .map(file -> file.path().equals(DashboardFile.PAGE) ? file.forFiles() : file)
            .map(file -> new SiteFile(file.path(), Answer.of(file.type(), file.body())));
    return Stream.concat(data.stream(), page).toList();
  }
}
