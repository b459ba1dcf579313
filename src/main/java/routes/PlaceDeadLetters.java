package routes;

import static java.util.stream.Collectors.toMap;

import aws.ForeignObject;
import aws.PlaceKey;
import covid.DayKey;
import covid.DeadLetter;
import covid.Place;
import covid.RunFailedException;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collection;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import web.Answer;
import web.Json;

/**
 * The dead letters of places: one object a place, which lists its days by date. An object is only
 * changed as it was read ({@code If-Match}, {@code If-None-Match}), so that two runs do not lose
 * each other's days. Each change can be repeated.
 */
final class PlaceDeadLetters {
  private final S3Client s3;
  private final String bucket;
  private final String folder;
  private final Json json;

  /**
   * @param s3 whose own retries are off
   * @param bucket its name
   * @param folder of the objects, with a slash at its end
   * @param json how an object is written
   */
  PlaceDeadLetters(S3Client s3, String bucket, String folder, Json json) {
    this.s3 = s3;
    this.bucket = bucket;
    this.folder = folder;
    this.json = json;
  }

  /** The key of a place's object. */
  private String key(Place place) {
    return folder + PlaceKey.of(place) + ".json";
  }

  /**
   * Adds days, or replaces those that are there.
   *
   * @param letters of one place, at least one
   * @throws SdkClientException if another run has changed the object; a retry reads it again
   * @throws RunFailedException if the object is not what this program writes
   */
  void add(Collection<DeadLetter> letters) throws RunFailedException {
    change(
        letters.iterator().next().day().place(),
        all -> letters.forEach(letter -> all.put(letter.day().key(), letter)));
  }

  /**
   * Removes days; with the last one, the object.
   *
   * @param days of one place, at least one
   * @throws SdkClientException if another run has changed the object; a retry reads it again
   * @throws RunFailedException if the object is not what this program writes
   */
  void remove(Collection<DayKey> days) throws RunFailedException {
    change(days.iterator().next().place(), all -> all.keySet().removeAll(days));
  }

  private void change(Place place, Consumer<SortedMap<DayKey, DeadLetter>> change)
      throws RunFailedException {
    String key = key(place);
    ResponseBytes<GetObjectResponse> before = read(key);
    SortedMap<DayKey, DeadLetter> letters =
        before == null ? new TreeMap<>() : letters(place, before);
    SortedMap<DayKey, DeadLetter> changed = new TreeMap<>(letters);
    change.accept(changed);
    if (changed.equals(letters)) {
      return;
    }
    try {
      write(key, before == null ? null : before.response().eTag(), changed);
    } catch (S3Exception e) {
      if (e.statusCode() == 404 || e.statusCode() == 409 || e.statusCode() == 412) {
        throw SdkClientException.create("Another run has changed %s".formatted(key), e);
      }
      throw e;
    }
  }

  private @Nullable ResponseBytes<GetObjectResponse> read(String key) {
    try {
      return s3.getObjectAsBytes(get -> get.bucket(bucket).key(key));
    } catch (NoSuchKeyException e) {
      return null;
    }
  }

  private SortedMap<DayKey, DeadLetter> letters(
      Place place, ResponseBytes<GetObjectResponse> object) throws RunFailedException {
    try {
      DeadLetter[] letters =
          json.read(object.asByteArray(), DeadLetter[].class)
              .filter(read -> Arrays.stream(read).allMatch(Objects::nonNull))
              .orElseThrow(() -> new IOException("It is not a list of days"));
      return Arrays.stream(letters)
          .collect(
              toMap(letter -> letter.day().key(), letter -> letter, (a, b) -> b, TreeMap::new));
    } catch (IOException e) {
      RunFailedException foreign = new RunFailedException(foreign(place).forOperators());
      foreign.initCause(e);
      throw foreign;
    }
  }

  /** What the next run does at its begin if an operator does not. */
  private ForeignObject foreign(Place place) {
    return new ForeignObject(
        bucket,
        key(place),
        "is not the dead letter of a place",
        "set it aside by the command dead-letter set-aside %s, or let the next run do it"
            .formatted(PlaceKey.of(place)));
  }

  private void write(String key, @Nullable String etag, SortedMap<DayKey, DeadLetter> letters) {
    if (letters.isEmpty()) {
      s3.deleteObject(delete -> delete.bucket(bucket).key(key).ifMatch(etag));
      return;
    }
    s3.putObject(
        put ->
            put.bucket(bucket)
                .key(key)
                .contentType(Answer.JSON)
                .ifMatch(etag)
                .ifNoneMatch(etag == null ? "*" : null),
        RequestBody.fromBytes(json.write(letters.values())));
  }
}
