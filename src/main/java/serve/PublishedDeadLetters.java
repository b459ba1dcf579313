package serve;

import aws.BucketKeys;
import aws.ReplayableDays;
import covid.Dataset;
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
  private final Dataset dataset;

  /**
   * @param bucket the bucket of the entries
   * @param json how they are read
   * @param dataset whose days they are
   */
  public PublishedDeadLetters(BucketObjects bucket, Json json, Dataset dataset) {
    this.bucket = bucket;
    this.json = json;
    this.dataset = dataset;
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
        ? Optional.of(new DeadLetterEntry(name, days(name, found.content()), found.etag()))
        : Optional.empty();
  }

  /** Its days, if the next run would replay them. */
  private List<DeadLetter> days(String name, byte[] content) {
    try {
      return dataset.key() == KeySchema.DATE
          ? json.readStrictly(content, DeadLetter.class).filter(ReplayableDays::isWhole).stream()
              .toList()
          : json.readStrictly(content, DeadLetter[].class)
              .map(Arrays::asList)
              .filter(days -> days.stream().allMatch(Objects::nonNull))
              .filter(days -> ReplayableDays.areOfPlace(days, name, dataset.metrics()))
              .orElse(List.of());
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
