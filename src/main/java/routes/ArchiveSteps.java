package routes;

import covid.ArchivedSet;
import covid.Series;
import feeds.ArchiveRecords;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Header;
import org.apache.camel.component.aws2.s3.AWS2S3Constants;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.s3.model.S3Exception;
import web.Problem;
import web.ProblemException;

/**
 * The steps of {@link ArchiveRoutes} about the set.
 *
 * @param kept the copy
 */
public record ArchiveSteps(Kept<ArchivedSet> kept) {
  private static final Logger LOG = LoggerFactory.getLogger("refresh-set");

  /** The state that the copy is of, if that may still be the newest; otherwise null. */
  public String etag() {
    return kept.isExpired() ? null : kept.value().map(ArchivedSet::etag).orElse(null);
  }

  /** Keeps what was read. */
  public void keep(
      @Body List<List<String>> records,
      @ExchangeProperty("csv") String csv,
      @Header(AWS2S3Constants.E_TAG) String etag,
      @ExchangeProperty("updatedAt") Instant updatedAt)
      throws ArchiveRecords.NotASetException {
    kept.keep(new ArchivedSet(new Series(ArchiveRecords.days(records)), csv, etag, updatedAt));
  }

  /** The set is still the same; it may have been published once more. */
  public void unchanged(@ExchangeProperty(Exchange.EXCEPTION_CAUGHT) S3Exception notModified) {
    ArchivedSet same = kept.value().orElseThrow();
    Instant updatedAt =
        notModified
            .awsErrorDetails()
            .sdkHttpResponse()
            .firstMatchingHeader("Last-Modified")
            .map(text -> DateTimeFormatter.RFC_1123_DATE_TIME.parse(text, Instant::from))
            .orElse(same.updatedAt());
    kept.keep(new ArchivedSet(same.series(), same.csv(), same.etag(), updatedAt));
  }

  /** There is no set. */
  public void nothing() {
    kept.nothing();
  }

  /** Notes that the bucket is away, or holds something else. */
  public void failed(@ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Throwable error) {
    LOG.warn("The archived set cannot be read: {}", Reason.of(error));
    kept.failed(Problems.whyAway(error));
  }

  /**
   * Puts the copy into the body; if there may be something newer, the exchange says since when.
   *
   * @throws ProblemException if there is none
   */
  public void current(Exchange exchange) throws ProblemException {
    exchange.getMessage().setBody(CurrentCopy.of(kept, exchange, Problem.noSetYet()));
  }
}
