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
import web.Json;
import web.Problem;
import web.ProblemException;

/** The dead letter as it is in the bucket: one object for each day, or for each of many places. */
public final class PublishedDeadLetters {
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
   * All entries, by name. Those with a foreign name are not read.
   *
   * @throws software.amazon.awssdk.core.exception.SdkException if S3 does not answer or refuses
   */
  public List<DeadLetterEntry> all() throws ForeignObjectException, IOException {
    List<DeadLetterEntry> listed =
        bucket
            .list(BucketKeys.DEAD_LETTERS)
            .flatMap(
                object ->
                    BucketKeys.name(BucketKeys.DEAD_LETTERS, object.key()).stream()
                        .map(name -> new DeadLetterEntry(name, List.of(), object.etag())))
            .toList();
    List<DeadLetterEntry> entries = new ArrayList<>();
    for (DeadLetterEntry entry : listed) {
      // A run may have removed it meanwhile.
      (entry.isForeign() ? Optional.of(entry) : find(entry.name())).ifPresent(entries::add);
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
    Optional<DeadLetterEntry> entry = DeadLetterEntry.isName(name) ? find(name) : Optional.empty();
    return entry.orElseThrow(() -> new ProblemException(Problem.noDeadLetter(name)));
  }

  private Optional<DeadLetterEntry> find(String name) throws ForeignObjectException, IOException {
    return bucket.read(BucketKeys.deadLetter(name), Optional.empty(), BucketObjects.REMOVE)
            instanceof BucketObjects.Found found
        ? Optional.of(new DeadLetterEntry(name, days(name, found.content()), found.etag()))
        : Optional.empty();
  }

  /** Its days, if the next run would replay them. */
  private List<DeadLetter> days(String name, byte[] content) {
    try {
      return dataset.key() == KeySchema.DATE
          ? json
              .readStrictly(content, DeadLetter.class)
              .filter(ReplayableDays::isWhole)
              .filter(day -> ReplayableDays.isOfDate(day, name))
              .stream()
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
   * Moves an entry to those that are set aside, so that no run replays it. One that has read it
   * already still does.
   *
   * @return the key that its object has now
   * @throws ProblemException if there is none of this name, or a run has changed it meanwhile
   * @throws software.amazon.awssdk.core.exception.SdkException if S3 does not answer or refuses
   */
  public String setAside(String name) throws ProblemException, ForeignObjectException, IOException {
    DeadLetterEntry entry = one(name);
    String key = BucketKeys.deadLetter(name);
    String aside = BucketKeys.deadLetterAside(key, entry.etag());
    if (!bucket.move(key, aside, entry.etag())) {
      throw new ProblemException(
          Problem.of(
              409, "A run has changed '%s' meanwhile; look at it and try again.".formatted(name)));
    }
    return bucket.prefix() + aside;
  }
}
