package routes;

import aws.BucketKeys;
import chunks.OpenRun;
import covid.RunFailedException;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Object;
import web.Answer;
import web.Json;

/**
 * The open run, of which there is at most one. Its object is put with {@code If-None-Match},
 * replaced with {@code If-Match}, and removed last.
 *
 * @param objects of the bucket
 */
record OpenRunObject(WorkObjects objects) {
  /** That of the application's bucket and dataset. */
  static OpenRunObject of(Exchange exchange, Json json) {
    return new OpenRunObject(WorkObjects.of(exchange, json));
  }

  /**
   * The open run as it is in the bucket.
   *
   * @param etag of the object, quotes included
   * @param lastModified when it was put
   */
  record Open(OpenRun run, String etag, Instant lastModified) {}

  /**
   * The open run; empty if none is.
   *
   * @throws RunFailedException if the object is not one
   */
  Optional<Open> open() throws RunFailedException {
    ResponseBytes<GetObjectResponse> object = objects.read(BucketKeys.OPEN_RUN);
    if (object == null) {
      return Optional.empty();
    }
    OpenRun run =
        objects.parse(
            object,
            OpenRun.class,
            BucketKeys.OPEN_RUN,
            "does not name the open run",
            "remove it, and the next run stores what is missing");
    return Optional.of(new Open(run, object.response().eTag(), object.response().lastModified()));
  }

  /**
   * Opens a run, or takes over the open one.
   *
   * @param etag of the object that it replaces; null if no run is open
   * @return whether it is done; otherwise another process was faster
   */
  boolean claim(OpenRun run, @Nullable String etag) {
    return objects.put(BucketKeys.OPEN_RUN, Answer.JSON, objects.json().write(run), etag);
  }

  /** Ends the open run, if it is still as it was read. */
  void release(Open open) {
    objects.remove(BucketKeys.OPEN_RUN, open.etag());
  }

  /** When anything of a run changed last; empty if it has no plan, chunk or result. */
  Optional<Instant> lastProgress(String run) {
    return objects
        .list(BucketKeys.work(run))
        .map(S3Object::lastModified)
        .max(Comparator.naturalOrder());
  }

  /**
   * Whether a run has sent its message, though the bucket took no report: it had a marker before it
   * had a plan.
   */
  boolean isAnnouncedOnly(String run) {
    return !isUnannounced(run)
        && !objects.isThere(BucketKeys.report(run))
        && objects.isThere(BucketKeys.plan(run));
  }

  /** Whether a message of a run is still to be sent: its marker goes after that. */
  boolean isUnannounced(String run) {
    return objects.isThere(BucketKeys.marker(run));
  }
}
