package app;

import aws.BucketKeys;
import aws.ForeignObject;
import check.Finding;
import java.io.IOException;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
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
 */
record IndexJudge(S3Client s3, String bucket, String prefix, Json json) {
  private static final String REMEDY = "restore it from a copy; until then versions may be missing";

  /** What is wrong; empty if nothing is, or there is no index yet. */
  Optional<Finding> find() {
    String key = prefix + BucketKeys.INDEX;
    try {
      byte[] index = s3.getObjectAsBytes(get -> get.bucket(bucket).key(key)).asByteArray();
      if (json.read(index, VersionIndex.class).isPresent()) {
        return Optional.empty();
      }
    } catch (SdkException e) {
      // That the bucket does not answer, or refuses, has a line of its own.
      return Optional.empty();
    } catch (IOException e) {
      // Neither is this one.
    }
    return Optional.of(
        Finding.wrong(
            "versions",
            new ForeignObject(bucket, key, "is not the index of versions", REMEDY).forOperators()));
  }
}
