package serve;

import aws.BucketKeys;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import versions.VersionIndex;
import web.Json;

/**
 * The index of versions in the bucket.
 *
 * @param bucket the bucket of the set
 * @param json how the index is read
 * @param failures explains why it cannot be read
 */
record PublishedIndex(BucketObjects bucket, Json json, Failures failures) {
  private static final Logger LOG = LoggerFactory.getLogger("published-versions");

  /**
   * What the bucket has.
   *
   * @param index the versions; none if there is no such object, or it is damaged
   * @param etag of the object, quotes included; empty if it has not been read
   * @param damage the sentence about it for HTTP clients; null if it is not damaged
   */
  record State(VersionIndex index, Optional<String> etag, @Nullable String damage) {}

  /**
   * Reads the index.
   *
   * @param known what was read before, which is returned again if the object is unchanged
   * @throws software.amazon.awssdk.core.exception.SdkException if S3 does not answer or refuses
   */
  State read(Optional<State> known) throws IOException {
    try {
      BucketObjects.Read read =
          bucket.read(BucketKeys.INDEX, known.flatMap(State::etag), Manifests.REMEDY);
      if (read instanceof BucketObjects.Unchanged) {
        return known.orElseThrow();
      }
      return read instanceof BucketObjects.Found found
          ? new State(parse(found.content()), Optional.of(found.etag()), null)
          : new State(VersionIndex.EMPTY, Optional.empty(), null);
    } catch (ForeignObjectException e) {
      LOG.warn("{}", failures.forOperators(e), e);
      return new State(VersionIndex.EMPTY, Optional.empty(), LastingObjects.damaged(e));
    }
  }

  private VersionIndex parse(byte[] content) throws ForeignObjectException {
    try {
      return json.read(content, VersionIndex.class).orElseThrow(IOException::new);
    } catch (IOException e) {
      throw bucket.foreign(BucketKeys.INDEX, "is not the index of versions", Manifests.REMEDY, e);
    }
  }
}
