package app;

import aws.AwsClients;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import routes.Reason;
import serve.BucketObjects;
import serve.Bulkhead;
import serve.DiffAnswers;
import serve.Failures;
import serve.ParallelReads;
import serve.PublishedDeadLetters;
import serve.PublishedOpenRun;
import serve.PublishedQuarantines;
import serve.PublishedReports;
import serve.RunAnswers;
import serve.SeriesObjects;
import serve.VersionAnswers;
import web.Json;

/** What commands read in the bucket: the answers that a server has, without a server. */
final class BucketReaders implements AutoCloseable {
  private final Settings settings;
  private final Clock clock = Clock.systemUTC();
  private final Failures failures = new Failures(Reason::of, true);
  private final ExecutorService threads = Executors.newFixedThreadPool(SeriesObjects.READERS);
  private final AwsClients aws;
  private final Json json;
  private final BucketObjects bucket;
  private final PublishedReports reports;

  /**
   * @throws SettingException if the AWS clients lack a region
   */
  BucketReaders(Settings settings) {
    this.settings = settings;
    this.aws = ClientWiring.aws(settings);
    aws.start();
    this.json = new Json(settings.dataset().key());
    this.bucket =
        new BucketObjects(aws.s3(), settings.archive().bucket(), settings.dataset().prefix());
    this.reports = new PublishedReports(bucket, json, clock, settings.http().refresh(), failures);
  }

  Settings settings() {
    return settings;
  }

  /** How answers are read. */
  Json json() {
    return json;
  }

  /** The answers about runs. */
  RunAnswers runs() {
    return new RunAnswers(reports, Optional::empty, openRun(), json, Bulkhead.UNBOUNDED);
  }

  private Optional<PublishedOpenRun> openRun() {
    return settings
        .chunks()
        .to()
        .map(
            queue ->
                new PublishedOpenRun(bucket, json, clock, settings.http().refresh(), failures));
  }

  /** The quarantined rows of runs. */
  PublishedQuarantines quarantines() {
    return new PublishedQuarantines(bucket, reports);
  }

  /** The dead letter. */
  PublishedDeadLetters deadLetters() {
    return new PublishedDeadLetters(bucket, json, settings.dataset());
  }

  /** The answers about versions. */
  VersionAnswers versions() {
    return readers().versions(Bulkhead.UNBOUNDED);
  }

  /** The answers about what versions differ in. */
  DiffAnswers diffs() {
    return readers().diffs(Bulkhead.UNBOUNDED);
  }

  private Readers readers() {
    return new Readers(
        bucket, settings, clock, json, failures, reports, threads, new ParallelReads(threads));
  }

  @Override
  public void close() {
    threads.shutdownNow();
    aws.stop();
  }
}
