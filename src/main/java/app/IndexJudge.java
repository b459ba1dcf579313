package app;

import aws.AwsErrors;
import aws.BucketKeys;
import aws.ForeignObject;
import aws.ObjectSizes;
import check.Finding;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Function;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import versions.VersionIndex;
import web.Json;

/**
 * Whether the index of versions is one: readers do without a damaged one, and lack the versions
 * that only it names.
 *
 * @param s3 the client
 * @param bucket its name
 * @param prefix of the dataset's keys
 * @param json how the index is read
 * @param reason says why S3 did not answer
 */
record IndexJudge(
    S3Client s3, String bucket, String prefix, Json json, Function<SdkException, String> reason) {
  private static final String SUBJECT = "versions";
  private static final String REMEDY = "restore it from a copy; until then versions may be missing";

  /** What is wrong, or not known; empty if nothing is, or there is no index yet. */
  Optional<Finding> find() {
    String key = prefix + BucketKeys.INDEX;
    try (ResponseInputStream<GetObjectResponse> index =
        s3.getObject(get -> get.bucket(bucket).key(key))) {
      long bytes = index.response().contentLength();
      if (bytes > ObjectSizes.MOST) {
        index.abort();
        return Optional.of(wrong(key, ObjectSizes.tooLong(bytes)));
      }
      if (json.read(index.readAllBytes(), VersionIndex.class).isPresent()) {
        return Optional.empty();
      }
    } catch (NoSuchKeyException e) {
      return Optional.empty();
    } catch (SdkException e) {
      // That the bucket does not answer has a line of its own.
      return AwsErrors.isDenied(e)
          ? Optional.of(Finding.unknown(SUBJECT, reason.apply(e)))
          : Optional.empty();
    } catch (IOException e) {
      // It is none, or breaks off.
    }
    return Optional.of(wrong(key, "is not the index of versions"));
  }

  private Finding wrong(String key, String finding) {
    return Finding.wrong(SUBJECT, new ForeignObject(bucket, key, finding, REMEDY).forOperators());
  }
}
