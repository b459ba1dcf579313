package serve;

import static java.nio.charset.StandardCharsets.UTF_8;

import aws.BucketKeys;
import covid.QuarantinedRow;
import covid.RunId;
import covid.RunReport;
import feeds.CsvFormats;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import web.Problem;
import web.ProblemException;

/** The rows that runs have quarantined. */
public final class PublishedQuarantines {
  private static final String REMEDY = "remove it";

  private final BucketObjects bucket;
  private final PublishedReports reports;

  /**
   * @param bucket the bucket of the rows
   * @param reports of the runs
   */
  public PublishedQuarantines(BucketObjects bucket, PublishedReports reports) {
    this.bucket = bucket;
    this.reports = reports;
  }

  /**
   * The rows of a run, in the order of its feeds.
   *
   * @param run its id
   * @throws ProblemException if there is no such run, or its rows are not there
   * @throws ForeignObjectException if there is something else in their place
   * @throws software.amazon.awssdk.core.exception.SdkException if S3 does not answer or refuses, as
   *     it does for the role of the program, which may only write them
   */
  public List<QuarantinedRow> rows(String run)
      throws ProblemException, ForeignObjectException, IOException {
    if (!RunId.isId(run)) {
      throw new ProblemException(Problem.noRun(run));
    }
    RunReport report = reports.parsed(run, Bulkhead.UNBOUNDED);
    if (report.feeds().stream().allMatch(feed -> feed.quarantined() == 0)) {
      return List.of();
    }
    String key = BucketKeys.quarantine(run);
    if (!(bucket.read(key, Optional.empty(), REMEDY) instanceof BucketObjects.Found found)) {
      throw new ProblemException(Problem.noQuarantine(run));
    }
    try {
      return CsvFormats.quarantined(new String(found.content(), UTF_8));
    } catch (IOException e) {
      throw bucket.foreign(key, "has no quarantined rows", REMEDY, e);
    }
  }
}
