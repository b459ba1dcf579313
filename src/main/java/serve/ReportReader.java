package serve;

import covid.RunReport;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import web.Json;
import web.Problem;
import web.ProblemException;

/** Reads reports of the bucket, and refuses objects that are none, or not whole. */
final class ReportReader {
  private static final Logger LOG = LoggerFactory.getLogger("published-reports");

  private final BucketObjects bucket;
  private final Json json;
  private final Failures failures;

  ReportReader(BucketObjects bucket, Json json, Failures failures) {
    this.bucket = bucket;
    this.json = json;
    this.failures = failures;
  }

  /**
   * The report of an entry of the list; empty if it was removed since.
   *
   * @throws ForeignObjectException if the object is not that report
   * @throws ProblemException with status 503 if it cannot be read
   */
  Optional<RunReport> read(ReportList.Entry entry) throws ForeignObjectException, ProblemException {
    try {
      return bucket.read(entry.key(), Optional.empty(), ReportList.REMEDY)
              instanceof BucketObjects.Found found
          ? Optional.of(parse(entry, found.content()))
          : Optional.empty();
    } catch (SdkException | IOException e) {
      LOG.warn("{} cannot be read: {}", entry.key(), failures.forOperators(e), e);
      throw new ProblemException(Problem.away(failures.forReaders(e)), e);
    }
  }

  /**
   * The report that an object holds.
   *
   * @throws ForeignObjectException if it holds none, or that of another run
   */
  RunReport parse(ReportList.Entry entry, byte[] text) throws ForeignObjectException {
    try {
      Optional<RunReport> report = json.read(text, RunReport.class);
      if (report.isPresent() && report.get().id().equals(entry.id())) {
        return report.get();
      }
      String finding =
          report
              .map(other -> "is the report of run " + other.id())
              .orElse("is not the report of a run");
      throw bucket.foreign(entry.key(), finding, ReportList.REMEDY, null);
    } catch (IOException e) {
      throw bucket.foreign(entry.key(), "is not the report of a run", ReportList.REMEDY, e);
    }
  }

  /**
   * A report of which nothing is missing.
   *
   * @throws ForeignObjectException if something is
   */
  RunReport whole(ReportList.Entry entry, RunReport report) throws ForeignObjectException {
    Optional<String> missing = report.missing();
    if (missing.isPresent()) {
      throw bucket.foreign(
          entry.key(),
          "is a damaged report, of which '%s' is missing or not whole".formatted(missing.get()),
          ReportList.REMEDY,
          null);
    }
    return report;
  }
}
