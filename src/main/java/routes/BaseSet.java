package routes;

import static java.nio.charset.StandardCharsets.UTF_8;

import covid.DayColumns;
import covid.LastPull;
import covid.Run;
import covid.RunFailedException;
import feeds.ArchiveRecords;
import feeds.SetBytes;
import feeds.SetFormat;
import feeds.SetText;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.StringReader;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.aws2.s3.AWS2S3Constants;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkClientException;
import versions.Pointer;

/**
 * The published set against which a run judges its pull, and which its own replaces; in an import,
 * the version before it.
 *
 * @param etag its entity tag, quotes included
 * @param lastModified when it was put
 * @param pointer the version that it is; empty if it has none, as those of version 0.1
 * @param content its form and days
 * @param pulls the last pulls of the feeds of which it is the join
 * @param csv its text if it is of one place; otherwise empty, since it may be long
 */
record BaseSet(
    String etag,
    Instant lastModified,
    Optional<Pointer> pointer,
    ArchiveRecords.Content content,
    List<LastPull> pulls,
    String csv) {
  private static final String VARIABLE = "base";

  /** How a set of one place begins, and no other: its text is kept. */
  private static final String BEGIN = SetFormat.DATED.header().get(0) + ",";

  /**
   * Keeps the set of the message for the steps that follow.
   *
   * @throws SdkClientException if the connection breaks before the object is read to its end: S3 is
   *     to be asked again
   * @throws RunFailedException if the object is not a set, as an empty one
   */
  static void keep(Exchange exchange) throws RunFailedException {
    try (BufferedInputStream object =
        new BufferedInputStream(exchange.getMessage().getBody(InputStream.class))) {
      object.mark(BEGIN.length());
      String begin = new String(object.readNBytes(BEGIN.length()), UTF_8);
      object.reset();
      exchange.setVariable(VARIABLE, read(exchange, begin.equals(BEGIN), object));
    } catch (IOException e) {
      throw SdkClientException.create("The published set broke off while it was read", e);
    }
    // It is read, and no step after this one may look into it.
    exchange.getMessage().setBody("");
  }

  private static BaseSet read(Exchange exchange, boolean keepText, InputStream set)
      throws IOException, RunFailedException {
    Message object = exchange.getMessage();
    Map<?, ?> metadata = object.getHeader(AWS2S3Constants.METADATA, Map.of(), Map.class);
    String csv = keepText ? new String(set.readAllBytes(), UTF_8) : "";
    try {
      ArchiveRecords.Content content =
          ArchiveRecords.read(
              keepText ? new StringReader(csv) : new InputStreamReader(set, UTF_8), metadata);
      return new BaseSet(
          object.getHeader(AWS2S3Constants.E_TAG, String.class),
          object.getHeader(AWS2S3Constants.LAST_MODIFIED, Instant.class),
          Pointer.of(metadata),
          content,
          SetMetadata.pulls(metadata),
          csv);
    } catch (ArchiveRecords.NotASetException e) {
      throw foreign(exchange, e);
    }
  }

  /** What to say of an object in its place that is not a set. */
  static RunFailedException foreign(Exchange exchange, ArchiveRecords.NotASetException e) {
    return new RunFailedException(
        Bucket.foreign(exchange, Bucket.ARCHIVE, e.finding(), ArchiveRecords.REMEDY)
            .forOperators());
  }

  /** Keeps a version in place of the published set; none before the first one. */
  static void keep(Exchange exchange, @Nullable BaseSet version) {
    exchange.setVariable(VARIABLE, version);
  }

  /** The set that an exchange has kept; empty if there was none. */
  static Optional<BaseSet> of(Exchange exchange) {
    return Optional.ofNullable(exchange.getVariable(VARIABLE, BaseSet.class));
  }

  /** The last pull of a feed, if its raw body was kept. */
  Optional<LastPull> pull(String feed) {
    return pulls.stream().filter(last -> last.feed().equals(feed)).findFirst();
  }

  /** Whether it is what its run pulled: an older version is not, as long as one is withheld. */
  boolean isAsPulled() {
    return pointer.filter(any -> any.withheld().isEmpty()).isPresent();
  }

  /** Whether a run has published it, as its process may that then died, or got no answer. */
  boolean isOf(Run run) {
    return pointer.filter(any -> run.id().equals(any.run())).isPresent();
  }

  /** The run that has published it, if it says so. */
  Optional<String> run() {
    return pointer.flatMap(any -> Optional.ofNullable(any.run()));
  }

  DayColumns days() {
    return content.days();
  }

  /** The set as a first one. */
  ComparedSet compared() throws IOException {
    SetText text =
        csv.isEmpty()
            ? SetBytes.of(content.format(), days())
            : SetText.of(days().byPlace().firstKey(), csv.getBytes(UTF_8));
    return ComparedSet.of(text, days(), DayColumns.NONE, false);
  }
}
