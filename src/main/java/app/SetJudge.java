package app;

import static java.nio.charset.StandardCharsets.UTF_8;

import aws.ForeignObject;
import aws.ObjectSizes;
import check.BucketCheck;
import covid.KeySchema;
import feeds.ArchiveRecords;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.util.Map;
import java.util.Optional;

/**
 * Whether the object in place of the published set is one that a run and readers would take: it is
 * read to its end, since a single wrong record fails both.
 *
 * @param bucket its name
 * @param key of the object
 * @param form of the dataset's sets
 */
record SetJudge(String bucket, String key, KeySchema form) implements BucketCheck.Judge {
  static SetJudge of(Settings settings) {
    return new SetJudge(
        settings.archive().bucket(),
        settings.dataset().prefix() + settings.archive().key(),
        settings.dataset().key());
  }

  @Override
  public Optional<String> wrong(long bytes, Map<String, String> metadata, InputStream content)
      throws IOException {
    return finding(bytes, metadata, content)
        .map(finding -> new ForeignObject(bucket, key, finding, ArchiveRecords.REMEDY))
        .map(ForeignObject::forOperators);
  }

  private Optional<String> finding(long bytes, Map<String, String> metadata, InputStream content)
      throws IOException {
    if (bytes > ObjectSizes.ofSet(form)) {
      return Optional.of(ObjectSizes.tooLong(bytes));
    }
    try {
      boolean isOfOnePlace =
          ArchiveRecords.read(new InputStreamReader(content, UTF_8), metadata)
              .format()
              .isOfOnePlace();
      if (isOfOnePlace == (form == KeySchema.DATE)) {
        return Optional.empty();
      }
      throw new ArchiveRecords.NotASetException(
          isOfOnePlace ? "it is of one place" : "it is of many places", null);
    } catch (ArchiveRecords.NotASetException e) {
      return Optional.of(e.finding());
    }
  }
}
