package serve;

import covid.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import serve.FigureAnswers.SiteFile;
import web.Answer;
import web.DashboardFile;
import web.DashboardPage;
import web.FirstPicture;
import web.Json;
import web.ProblemException;
import web.Request;
import web.RunLine;
import web.RunPage;

/** The files of the site: what the page reads, the page, and what is put only once. */
public final class SiteFiles {
  /** The number of runs on the page. */
  private static final PublishedReports.Page RUNS = new PublishedReports.Page(10, "");

  private final FigureAnswers figures;
  private final List<DashboardFile> assets;
  private final DashboardPage page;
  private final PublishedReports reports;
  private final Json json;

  /**
   * @param figures answers of the published set
   * @param assets what the page is made of
   * @param page the page for plain files, without a picture
   * @param reports of the runs that ended
   * @param json how the runs are written
   */
  public SiteFiles(
      FigureAnswers figures,
      List<DashboardFile> assets,
      DashboardPage page,
      PublishedReports reports,
      Json json) {
    this.figures = figures;
    this.assets = assets;
    this.page = page;
    this.reports = reports;
    this.json = json;
  }

  /**
   * All files, in the order in which they are put. A page that finds no versions does without them.
   *
   * @param run which publishes the site; its report is put when it is complete
   * @param withFilesForGood whether those that are put only once are among them
   * @throws ProblemException if the set cannot be read, or only a stale copy of it
   */
  public List<SiteFile> all(Optional<Run> run, boolean withFilesForGood) throws Exception {
    List<RunLine> runs = runs(run);
    List<SiteFile> files = new ArrayList<>(figures.files());
    files.add(
        new SiteFile(
            SitePaths.RUNS, () -> Answer.of(Answer.JSON, json.write(new RunPage(runs, null)))));
    Stream.concat(assets.stream(), pages(runs).stream())
        .map(file -> new SiteFile(file.path(), () -> Answer.of(file.type(), file.body())))
        .forEach(files::add);
    if (withFilesForGood) {
      runs.stream()
          .filter(RunLine::isReadable)
          .filter(line -> run.filter(on -> on.id().equals(line.id())).isEmpty())
          .map(this::report)
          .forEach(files::add);
      files.addAll(figures.versionFiles());
    }
    return files;
  }

  /** The picture alone is at a path of its own, since headers go by path here. */
  private List<DashboardFile> pages(List<RunLine> runs) throws Exception {
    FirstPicture picture = figures.picture(Request.of("/", Map.of()), Bulkhead.UNBOUNDED).content();
    return List.of(
        page.with(picture, true, runs).file(DashboardPage.EMBEDDED),
        page.with(picture, false, runs).file(DashboardPage.PATH));
  }

  private SiteFile report(RunLine line) {
    return SiteFile.forGood(
        SitePaths.report(line.id()), () -> reports.report(line.id(), Bulkhead.UNBOUNDED));
  }

  private List<RunLine> runs(Optional<Run> run) throws Exception {
    List<RunLine> ended = reports.lines(RUNS, Bulkhead.UNBOUNDED).content();
    return Stream.concat(run.map(on -> RunLine.of(on.report())).stream(), ended.stream())
        .limit(RUNS.limit())
        .toList();
  }
}
