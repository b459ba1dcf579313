package serve;

import static java.util.stream.Collectors.toMap;

import java.util.Map;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * The site of plain files as it is in the bucket.
 *
 * @param bucket of the site
 */
public record PublishedSite(BucketObjects bucket) {
  private static final String FOLDER = "site/";

  /**
   * The entity tags of its files by path, quotes included. That of a file which S3 has not
   * encrypted with a key of KMS is the MD5 digest of its content, in hexadecimal.
   *
   * @throws SdkException if the bucket cannot be listed
   */
  public Map<String, String> files() {
    return bucket
        .list(FOLDER)
        .collect(
            toMap(object -> object.key().substring(FOLDER.length()), BucketObjects.Listed::etag));
  }
}
