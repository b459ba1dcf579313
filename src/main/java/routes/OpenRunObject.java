package routes;

import aws.BucketKeys;
import chunks.OpenRun;
import covid.RunFailedException;
import covid.RunMarker;
import java.io.IOException;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.exception.SdkClientException;
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
  record Open(OpenRun run, String etag, Instant lastModified) {
    boolean isOf(String id) {
      return run.run().equals(id);
    }
  }

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

  /**
   * Ends the open run, if it is still as it was read.
   *
   * @return whether it is done; otherwise another process was faster
   */
  boolean release(Open open) {
    return objects.remove(BucketKeys.OPEN_RUN, open.etag());
  }

  /**
   * Notes something of a run, whichever process is to end it by now.
   *
   * @param change what it is then; the same run if that is noted already
   * @throws SdkClientException if another process changes the object just now; a retry tells
   * @throws RunFailedException if the object is damaged
   */
  void note(String run, UnaryOperator<OpenRun> change) throws RunFailedException {
    Optional<Open> open =
        open().filter(one -> one.isOf(run) && !change.apply(one.run()).equals(one.run()));
    if (open.isPresent() && !claim(change.apply(open.get().run()), open.get().etag())) {
      throw SdkClientException.create("The open run was changed just now");
    }
  }

  /** Whether a run is the open one, or may be, as the object is damaged. */
  boolean mayBe(String run) {
    try {
      return open().filter(one -> one.isOf(run)).isPresent();
    } catch (RunFailedException e) {
      return true;
    }
  }

  /** When anything of a run changed last; empty if it has no plan, chunk or result. */
  Optional<Instant> lastProgress(String run) {
    return objects
        .list(BucketKeys.work(run))
        .map(S3Object::lastModified)
        .max(Comparator.naturalOrder());
  }

  /** Whether a run has sent its message, though the bucket took no report. */
  boolean isAnnouncedOnly(OpenRun run) {
    return run.announced() && !objects.isThere(BucketKeys.report(run.run()));
  }

  /** Removes the marker of a run, if it is one of these. */
  void removeMarker(String run, Predicate<RunMarker> which) throws IOException {
    ResponseBytes<GetObjectResponse> object = objects.read(BucketKeys.marker(run));
    if (object != null
        && objects.json().read(object.asByteArray(), RunMarker.class).filter(which).isPresent()) {
      objects.remove(BucketKeys.marker(run), object.response().eTag());
    }
  }
}
