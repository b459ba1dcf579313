package routes;

import covid.Run;
import covid.RunFailedException;
import java.util.List;
import java.util.stream.Stream;
import org.apache.camel.Variable;
import serve.Bulkhead;
import serve.Figures;
import serve.PublishedReports;
import web.Answer;
import web.DashboardFile;
import web.Json;
import web.RunLine;
import web.RunPage;

/**
 * What {@link SiteRoutes} publishes.
 *
 * @param figures answers of the published set
 * @param reports of the runs that ended
 * @param json how the runs are written
 */
public record SiteSteps(Figures figures, PublishedReports reports, Json json) {
  /** The runs that the page shows. */
  private static final PublishedReports.Page RUNS = new PublishedReports.Page(10, "");

  /**
   * A file of the site.
   *
   * @param path from the page
   * @param content of the file
   */
  public record SiteFile(String path, Answer content) {}

  /**
   * The files, the page being the last: what it reads is there before it.
   *
   * @param run that publishes; null if none does
   * @throws RunFailedException if the set is an old copy: what is published already is no older
   * @throws web.ProblemException if the set or the reports cannot be read
   */
  public List<SiteFile> files(@Variable("run") Run run) throws Exception {
    Figures.Snapshot now = figures.now();
    if (now.isStale()) {
      throw new RunFailedException("The set could not be read anew.");
    }
    List<SiteFile> data =
        List.of(
            new SiteFile("totals.json", now.totals()),
            new SiteFile("days.json", now.allDays()),
            new SiteFile("runs.json", Answer.of(Answer.JSON, json.write(runs(run)))),
            new SiteFile("chart.png", now.png()),
            new SiteFile("chart.svg", now.svg()),
            new SiteFile("CovidData.csv", now.csv()));
    Stream<SiteFile> page =
        DashboardFile.all().stream()
            .map(file -> file.path().equals(DashboardFile.PAGE) ? file.forFiles() : file)
            .map(file -> new SiteFile(file.path(), Answer.of(file.type(), file.body())));
    return Stream.concat(data.stream(), page).toList();
  }

  private RunPage runs(Run run) throws Exception {
    List<RunLine> ended = reports.lines(RUNS, Bulkhead.UNBOUNDED).content();
    List<RunLine> lines =
        Stream.concat(Stream.ofNullable(run).map(on -> RunLine.of(on.report())), ended.stream())
            .limit(RUNS.limit())
            .toList();
    return new RunPage(lines, null);
  }
}
