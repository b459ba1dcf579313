package serve;

import aws.BucketKeys;
import covid.DeadLetter;
import covid.KeySchema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import web.Json;
import web.Problem;
import web.ProblemException;

/** The dead letter as it is in the bucket: one object for each day, or for each of many places. */
public final class PublishedDeadLetters {
  /** No folder, and nothing that a key could not have been made of. */
  private static final Pattern NAME = Pattern.compile("[\\w.-]{1,200}");

  private final BucketObjects bucket;
  private final Json json;
  private final KeySchema key;

  /**
   * @param bucket the bucket of the entries
   * @param json how they are read
   * @param key of the table
   */
  public PublishedDeadLetters(BucketObjects bucket, Json json, KeySchema key) {
    this.bucket = bucket;
    this.json = json;
    this.key = key;
  }

  /**
   * All entries, by name.
   *
   * @throws software.amazon.awssdk.core.exception.SdkException if S3 does not answer or refuses
   */
  public List<DeadLetterEntry> all() throws ForeignObjectException, IOException {
    List<String> names =
        bucket
            .list(BucketKeys.DEAD_LETTERS)
            .flatMap(object -> BucketKeys.name(BucketKeys.DEAD_LETTERS, object.key()).stream())
            .toList();
    List<DeadLetterEntry> entries = new ArrayList<>();
    for (String name : names) {
      // A run may have removed it meanwhile.
      find(name).ifPresent(entries::add);
    }
    return entries;
  }

  /**
   * One entry.
   *
   * @throws ProblemException if there is none of this name
   * @throws software.amazon.awssdk.core.exception.SdkException if S3 does not answer or refuses
   */
  public DeadLetterEntry one(String name)
      throws ProblemException, ForeignObjectException, IOException {
    Optional<DeadLetterEntry> entry = NAME.matcher(name).matches() ? find(name) : Optional.empty();
    return entry.orElseThrow(() -> new ProblemException(Problem.noDeadLetter(name)));
  }

  private Optional<DeadLetterEntry> find(String name) throws ForeignObjectException, IOException {
    return bucket.read(BucketKeys.deadLetter(name), Optional.empty())
            instanceof BucketObjects.Found found
        ? Optional.of(new DeadLetterEntry(name, days(found.content()), found.etag()))
        : Optional.empty();
  }

  private List<DeadLetter> days(byte[] content) {
    try {
      return key == KeySchema.DATE
          ? json.read(content, DeadLetter.class).stream().toList()
          : json.read(content, DeadLetter[].class).stream()
              .flatMap(Arrays::stream)
              .filter(Objects::nonNull)
              .toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  /**
   * Moves an entry to those that are set aside, so that no run replays it.
   *
   * @return the key that its object has now
   * @throws ProblemException if there is none of this name, or a run has changed it meanwhile
   * @throws software.amazon.awssdk.core.exception.SdkException if S3 does not answer or refuses
   */
  public String setAside(String name) throws ProblemException, ForeignObjectException, IOException {
    DeadLetterEntry entry = one(name);
    String aside = BucketKeys.damagedDeadLetter(name);
    if (!bucket.move(BucketKeys.deadLetter(name), aside, entry.etag())) {
      throw new ProblemException(
          Problem.of(409, "A run has changed '%s' meanwhile; try again.".formatted(name)));
    }
    return bucket.prefix() + aside;
  }
}
