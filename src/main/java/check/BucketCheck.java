package check;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/**
 * Whether the bucket may be listed and read, and has a published set where it should be. Whether it
 * may be written cannot be shown without writing: stand-ins for S3 ignore the condition of a put.
 *
 * @param s3 the client
 * @param bucket its name
 * @param folder of the reports of runs
 * @param set the key of the published set
 * @param judge of what is there
 * @param reason puts a failure into a sentence
 */
public record BucketCheck(
    S3Client s3,
    String bucket,
    String folder,
    String set,
    Judge judge,
    Function<Throwable, String> reason) {
  private static final String SUBJECT = "bucket";

  /** Says whether an object is a published set. */
  @FunctionalInterface
  public interface Judge {
    /**
     * Judges an object.
     *
     * @param bytes its length
     * @param metadata user-defined
     * @param content read as far as it takes
     * @return what is wrong with it and what to do; empty if it is a set that a run would take
     * @throws IOException if the connection breaks before
     */
    Optional<String> wrong(long bytes, Map<String, String> metadata, InputStream content)
        throws IOException;
  }

  /**
   * What S3 answers.
   *
   * @param date the header of its answer; empty if none came
   */
  public record Found(Finding finding, Optional<String> date) {}

  /** Asks S3 twice. */
  public Found find() {
    try {
      ListObjectsV2Response list =
          s3.listObjectsV2(ask -> ask.bucket(bucket).prefix(folder).maxKeys(1));
      return new Found(finding(), date(Optional.ofNullable(list.sdkHttpResponse())));
    } catch (SdkException e) {
      return new Found(Finding.wrong(SUBJECT, reason.apply(e)), date(response(e)));
    }
  }

  /** Not by HEAD, whose refusal says nothing of why. */
  private Finding finding() {
    try (ResponseInputStream<GetObjectResponse> object =
        s3.getObject(ask -> ask.bucket(bucket).key(set))) {
      GetObjectResponse head = object.response();
      Optional<String> wrong = judge.wrong(head.contentLength(), head.metadata(), object);
      object.abort();
      Instant put = head.lastModified().truncatedTo(ChronoUnit.SECONDS);
      return wrong
          .map(text -> Finding.wrong(SUBJECT, text))
          .orElseGet(() -> readable("%s of %s".formatted(set, put)));
    } catch (NoSuchKeyException e) {
      return readable("no published set yet");
    } catch (IOException e) {
      // In the words of a run, which reads it, too.
      return Finding.wrong(
          SUBJECT,
          reason.apply(
              SdkClientException.create("The published set broke off while it was read", e)));
    } catch (SdkException e) {
      return Finding.wrong(SUBJECT, reason.apply(e));
    }
  }

  private Finding readable(String published) {
    return Finding.ok(
        SUBJECT,
        "%s may be listed and read, and has %s; that it may be written shows only in a run"
            .formatted(bucket, published));
  }

  private static Optional<SdkHttpResponse> response(SdkException e) {
    return e instanceof AwsServiceException refused && refused.awsErrorDetails() != null
        ? Optional.ofNullable(refused.awsErrorDetails().sdkHttpResponse())
        : Optional.empty();
  }

  private static Optional<String> date(Optional<SdkHttpResponse> response) {
    return response.flatMap(answer -> answer.firstMatchingHeader("Date"));
  }
}
