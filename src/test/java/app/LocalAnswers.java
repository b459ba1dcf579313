package app;

import covid.KeySchema;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import local.LocalCloud;
import org.apache.camel.impl.DefaultCamelContext;
import serve.BucketObjects;
import serve.Bulkhead;
import serve.DiffAnswers;
import serve.Failures;
import serve.FigureAnswers;
import serve.HistoryAnswers;
import serve.PageAnswers;
import serve.ParallelReads;
import serve.PublishedReports;
import serve.RunAnswers;
import serve.VersionAnswers;
import web.DashboardPage;
import web.Json;

/** The answers that a server has of a local bucket, which is read once, without a server. */
public record LocalAnswers(
    FigureAnswers figures,
    VersionAnswers versions,
    DiffAnswers diffs,
    HistoryAnswers histories,
    RunAnswers runs,
    PageAnswers page) {

  /** Those of a dataset. */
  public static LocalAnswers of(LocalCloud cloud, String dataset) {
    Settings settings = settings(cloud, dataset);
    Clock clock = Clock.systemUTC();
    Json json = new Json(settings.dataset().key());
    Failures failures = new Failures(Throwable::toString);
    BucketObjects bucket =
        new BucketObjects(cloud.s3Client(), cloud.bucket(), settings.dataset().prefix());
    PublishedReports reports =
        new PublishedReports(bucket, json, clock, settings.http().refresh(), failures);
    ExecutorService threads = Executors.newCachedThreadPool(LocalAnswers::daemon);
    Readers readers =
        new Readers(
            bucket, settings, clock, json, failures, reports, threads, new ParallelReads(threads));
    FigureAnswers figures = readers.figures(Bulkhead.UNBOUNDED);
    boolean ofPlaces = settings.dataset().key() == KeySchema.PLACE_DATE;
    DashboardPage page = DashboardPage.of(ofPlaces, Optional.empty());
    return new LocalAnswers(
        figures,
        readers.versions(Bulkhead.UNBOUNDED),
        readers.diffs(Bulkhead.UNBOUNDED),
        readers.histories(Bulkhead.UNBOUNDED),
        new RunAnswers(reports, Optional::empty, Optional.empty(), json, Bulkhead.UNBOUNDED),
        new PageAnswers(page, figures, reports, threads, Bulkhead.UNBOUNDED));
  }

  private static Settings settings(LocalCloud cloud, String dataset) {
    Properties files = SettingNames.packedFile();
    files.setProperty("archive.bucket", cloud.bucket());
    files.setProperty("http.refresh", "1000d");
    return Settings.read(
        new DefaultCamelContext(),
        new SettingSources(Map.of(), new Properties(), files).withDataset(Optional.of(dataset)));
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "local-answers");
    thread.setDaemon(true);
    return thread;
  }
}
