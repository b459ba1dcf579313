package routes;

import aws.BucketKeys;
import aws.ForeignObject;
import aws.ObjectSizes;
import covid.Dataset;
import covid.RunFailedException;
import feeds.ArchiveRecords;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.aws2.s3.AWS2S3Constants;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/**
 * The bucket's keys and endpoints. A key may hold simple expressions. Before each of them comes the
 * prefix of the dataset (archive.prefix), which is empty for the default one.
 *
 * <pre>
 *   CovidData.csv             the published set (archive.key)
 *   places.csv                names of its places, where feeds give some
 *   comparison.png            its chart (chart.key)
 *   runs/ID.json              the report of each run
 *   quarantine/ID.csv         the quarantined rows of a run
 *   dead-letter/DATE.json     the dead letter: days that could not be written yet
 *   dead-letter-damaged/NAME.ETAG.json   entries of the dead letter that could not be read
 *   versions/ID.json          the manifest of each version of the set, and their index
 *   series/SHA256.csv.gz      the series of one place in a version, or in many
 *   revisions/ID.json         what a run of take-revisions has changed in the table
 *   raw/SHA256.gz             the body of a feed as it was pulled
 *   open-runs/ID.json         markers of runs not yet announced
 *   site/...                  the dashboard and its data as plain files
 * </pre>
 */
public final class Bucket {
  /** Before every key of a dataset. */
  static final String PREFIX = "{{archive.prefix}}";

  /**
   * For the header {@code CamelAwsS3Key}: in an endpoint, + % &amp; ? would have another meaning.
   */
  static final String ARCHIVE = PREFIX + "{{archive.key}}";

  static final String NAMES = PREFIX + BucketKeys.NAMES;
  static final String SITE = PREFIX + "site/";
  static final String REPORTS = PREFIX + BucketKeys.REPORTS;
  static final String REPORT = REPORTS + "${variable.run.id}.json";
  static final String QUARANTINES = PREFIX + BucketKeys.QUARANTINES;
  static final String QUARANTINE = QUARANTINES + "${variable.run.id}.csv";
  static final String DEAD_LETTERS = PREFIX + BucketKeys.DEAD_LETTERS;
  static final String DAMAGED_DEAD_LETTERS = PREFIX + BucketKeys.DAMAGED_DEAD_LETTERS;
  static final String REVISIONS = PREFIX + "revisions/";
  static final String REVISION = REVISIONS + "${variable.run.id}.json";
  static final String OPEN_RUNS = PREFIX + BucketKeys.MARKERS;
  static final String OPEN_RUN = OPEN_RUNS + "${variable.run.id}.json";

  /** The file name is never used; without it the endpoint checks for the bucket at its start. */
  private static final String BUCKET = "aws2-s3:{{archive.bucket}}?fileName=-";

  private static final Map<String, String> PREFIXES =
      Map.ofEntries(
          Map.entry(REPORTS, "the reports of runs"),
          Map.entry(QUARANTINES, "rows in quarantine"),
          Map.entry(DEAD_LETTERS, "days in the dead letter"),
          Map.entry(DAMAGED_DEAD_LETTERS, "damaged dead letters"),
          Map.entry(OPEN_RUNS, "the markers of open runs"),
          Map.entry(REVISIONS, "the records of taken revisions"),
          Map.entry(SITE, "the files of the dashboard"),
          Map.entry(PREFIX + BucketKeys.VERSIONS, "the manifests of versions"),
          Map.entry(PREFIX + BucketKeys.SERIES, "the series of versions"),
          Map.entry(PREFIX + BucketKeys.RAW, "the raw bodies of feeds"),
          Map.entry(NAMES, "the names of places"));

  private Bucket() {}

  /**
   * Finds the folder or object of the program that a key begins with; an operator's key must not be
   * there.
   *
   * @param key without the prefix of the dataset
   * @return the prefix, and a description of its objects; empty if the key is free
   */
  public static Optional<Map.Entry<String, String>> occupies(String key) {
    return PREFIXES.entrySet().stream()
        .map(prefix -> Map.entry(prefix.getKey().substring(PREFIX.length()), prefix.getValue()))
        .filter(prefix -> key.startsWith(prefix.getKey()))
        .findFirst();
  }

  /** The key of the object that an exchange is about. */
  static String key(Exchange exchange) {
    return exchange.getMessage().getHeader(AWS2S3Constants.KEY, String.class);
  }

  /**
   * The name of the JSON object that an exchange is about.
   *
   * @param folder where it should be
   * @return empty if it is elsewhere
   */
  static Optional<String> name(Exchange exchange, String folder) {
    return BucketKeys.name(resolved(exchange, folder), key(exchange));
  }

  /** The key of the dead letter that an exchange is about, once it is set aside. */
  static String keyOfDamaged(Exchange exchange, @Nullable String etag) {
    String prefix = resolved(exchange, PREFIX);
    return prefix + BucketKeys.deadLetterAside(key(exchange).substring(prefix.length()), etag);
  }

  /**
   * Adds a route that gets the object of the header {@code CamelAwsS3Key} to its last byte. Its
   * caller retries a failed attempt, from the first byte.
   */
  static void getWhole(RouteBuilder routes, String id) {
    routes
        .from("direct:" + id)
        .routeId(id)
        .errorHandler(routes.noErrorHandler())
        .to(get("-"))
        .process(Bucket::checkSize)
        .id("check-size-to-" + id)
        .process(Bucket::readToTheEnd)
        .id("read-to-" + id);
  }

  /**
   * @throws SdkClientException if the connection breaks before the object is read to its end: S3 is
   *     to be asked again
   */
  private static void readToTheEnd(Exchange exchange) {
    try (InputStream object = exchange.getMessage().getBody(InputStream.class)) {
      exchange.getMessage().setBody(object.readAllBytes());
    } catch (IOException e) {
      throw SdkClientException.create("The object broke off while it was read", e);
    }
  }

  /** A key without placeholders of properties. */
  static String resolved(Exchange exchange, String key) {
    return exchange.getContext().resolvePropertyPlaceholders(key);
  }

  /**
   * Keeps when the object was put in the header {@code CamelAwsS3LastModified}, which the component
   * only sets in a consumer.
   */
  static void keepLastModified(Exchange exchange) {
    if (exchange.getMessage().getBody() instanceof ResponseInputStream<?> object
        && object.response() instanceof GetObjectResponse head) {
      exchange.getMessage().setHeader(AWS2S3Constants.LAST_MODIFIED, head.lastModified());
    }
  }

  /** Refuses an object that is longer than any that this program writes. */
  static void checkSize(Exchange exchange) throws RunFailedException {
    checkSize(exchange, ObjectSizes.MOST, "check what it is and remove it");
  }

  /** Refuses an object that is longer than the published set of a dataset can be. */
  static void checkSizeOfSet(Exchange exchange, Dataset dataset) throws RunFailedException {
    checkSize(exchange, ObjectSizes.ofSet(dataset.key()), ArchiveRecords.REMEDY);
  }

  private static void checkSize(Exchange exchange, long most, String remedy)
      throws RunFailedException {
    Message object = exchange.getMessage();
    long bytes = object.getHeader(AWS2S3Constants.CONTENT_LENGTH, 0L, long.class);
    if (bytes > most) {
      object.getBody(ResponseInputStream.class).abort();
      throw new RunFailedException(
          foreign(
                  exchange,
                  object.getHeader(AWS2S3Constants.PRODUCED_KEY, String.class),
                  ObjectSizes.tooLong(bytes),
                  remedy)
              .forOperators());
    }
  }

  /**
   * Describes an object that this program did not write.
   *
   * @param key of the object; may hold property placeholders
   * @param finding what is wrong with it, as the predicate of a sentence
   * @param remedy what an operator should do, as an imperative
   */
  static ForeignObject foreign(Exchange exchange, String key, String finding, String remedy) {
    CamelContext context = exchange.getContext();
    return new ForeignObject(
        context.resolvePropertyPlaceholders("{{archive.bucket}}"),
        context.resolvePropertyPlaceholders(key),
        finding,
        remedy);
  }

  static String put(String key) {
    return BUCKET + "&keyName=" + key;
  }

  /** Fails if there is such an object. */
  static String putNew(String key) {
    return BUCKET + "&conditionalWritesEnabled=true&keyName=" + key;
  }

  static String head(String key) {
    return BUCKET + "&operation=headObject&keyName=" + key;
  }

  static String get(String key) {
    return BUCKET + "&operation=getObject&keyName=" + key;
  }

  static String delete(String key) {
    return BUCKET + "&operation=deleteObject&keyName=" + key;
  }

  /** Takes a prepared request of the AWS SDK as its body. */
  static String listRequest() {
    return BUCKET + "&operation=listObjects&pojoRequest=true";
  }
}
