package check;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Function;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/**
 * Whether the bucket may be listed and read. Whether it may be written cannot be shown without
 * writing: stand-ins for S3 ignore the condition of a put.
 *
 * @param s3 the client
 * @param bucket its name
 * @param folder of the reports of runs
 * @param set the key of the published set
 * @param reason puts a failure into a sentence
 */
public record BucketCheck(
    S3Client s3, String bucket, String folder, String set, Function<Throwable, String> reason) {
  private static final String SUBJECT = "bucket";

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

  private Finding finding() {
    try {
      return Finding.ok(
          SUBJECT,
          "%s may be listed and read, and has %s; that it may be written shows only in a run"
              .formatted(bucket, published()));
    } catch (SdkException e) {
      return Finding.wrong(SUBJECT, reason.apply(e));
    }
  }

  /** Not by HEAD, whose refusal says nothing of why. */
  private String published() {
    try (ResponseInputStream<GetObjectResponse> object =
        s3.getObject(ask -> ask.bucket(bucket).key(set))) {
      object.abort();
      return "%s of %s"
          .formatted(set, object.response().lastModified().truncatedTo(ChronoUnit.SECONDS));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NoSuchKeyException e) {
      return "no published set yet";
    }
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
