package app;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import management.Management;
import routes.ApiRoutes;
import routes.Dashboard;
import routes.Problems;
import routes.Reason;
import routes.RunRequests;
import routes.Runs;
import routes.SiteRoutes;
import serve.BucketObjects;
import serve.Bulkhead;
import serve.Failures;
import serve.FigureAnswers;
import serve.PageAnswers;
import serve.ParallelReads;
import serve.PublishedOpenRun;
import serve.PublishedReports;
import serve.PublishedSite;
import serve.RunAnswers;
import serve.SeriesObjects;
import serve.SiteFiles;
import web.DashboardFile;
import web.DashboardPage;
import web.Json;
import web.WebServer;

/**
 * The read side: the readers of the bucket, and the site and the servers that have their answers.
 */
final class ReadWiring {
  private final Wiring wiring;
  private final BucketObjects bucket;
  private final PublishedReports reports;
  private final Readers readers;

  ReadWiring(Wiring wiring, BucketObjects bucket) {
    this.wiring = wiring;
    this.bucket = bucket;
    Settings settings = wiring.settings();
    Failures failures = new Failures(Reason::of);
    this.reports =
        new PublishedReports(
            bucket, wiring.json(), wiring.clock(), settings.http().refresh(), failures);
    this.readers =
        new Readers(
            bucket,
            settings,
            wiring.clock(),
            wiring.json(),
            failures,
            reports,
            thread("draw-chart"),
            reading());
  }

  private Executor thread(String name) {
    return wiring.context().getExecutorServiceManager().newSingleThreadExecutor(this, name);
  }

  private ParallelReads reading() {
    return new ParallelReads(
        wiring
            .context()
            .getExecutorServiceManager()
            .newFixedThreadPool(this, "read-versions", SeriesObjects.READERS));
  }

  /** The reports of ended runs. */
  PublishedReports reports() {
    return reports;
  }

  /** Makes the next reader read the reports again. */
  void expireReports() {
    reports.expire();
  }

  /** Makes the next reader read the set again. */
  void expireSet() {
    readers.expireSet();
  }

  /** The site of plain files. */
  void site() {
    wiring.bind(
        "siteRoutes",
        new SiteRoutes(
            new SiteFiles(
                readers.figures(Bulkhead.UNBOUNDED),
                assets(),
                page().forFiles(),
                reports,
                wiring.json()),
            new PublishedSite(bucket),
            wiring.json()));
  }

  private List<DashboardFile> assets() {
    return DashboardFile.all(wiring.ofPlaces());
  }

  private DashboardPage page() {
    return DashboardPage.of(wiring.ofPlaces(), wiring.settings().site().url());
  }

  /** The main server. */
  void api() throws Exception {
    Settings.Http http = wiring.settings().http();
    Json json = wiring.json();
    Runs runs = wiring.runs();
    Bulkhead bulkhead = new Bulkhead(WebServer.MOST_WAITING);
    FigureAnswers figures = readers.figures(bulkhead);
    wiring.bind("problems", new Problems());
    wiring.bind(
        "apiRoutes",
        new ApiRoutes(
            figures,
            new ApiRoutes.Versions(
                readers.versions(bulkhead), readers.diffs(bulkhead), readers.histories(bulkhead)),
            new RunAnswers(reports, runs::current, openRun(), json, bulkhead),
            new RunRequests(runs, http.token(), json),
            new PageAnswers(page(), figures, reports, thread("read-page"), bulkhead),
            new Dashboard(assets(), json)));
    WebServer.in(wiring.context(), http.host(), http.port());
  }

  private Optional<PublishedOpenRun> openRun() {
    return wiring.isQueued()
        ? Optional.of(
            new PublishedOpenRun(
                bucket,
                wiring.json(),
                wiring.clock(),
                wiring.settings().http().refresh(),
                new Failures(Reason::of)))
        : Optional.empty();
  }

  /** The management server of a worker, which has no runs. */
  void managementOfWorker() throws Exception {
    Management.in(wiring.context(), wiring.settings().http().operator());
    wiring.context().addStartupListener(StartLog.worker(wiring.settings()));
  }

  /** The management server. */
  void management() throws Exception {
    Management.in(wiring.context(), wiring.settings().http().operator());
    Management.show(wiring.context(), wiring.history());
    if (wiring.isQueued()) {
      Management.show(wiring.context(), wiring.chunks());
    }
  }
}
