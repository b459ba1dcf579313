package routes;

import static java.nio.charset.StandardCharsets.UTF_8;

import aws.BucketKeys;
import covid.PlaceDays;
import covid.RunFailedException;
import feeds.ArchiveRecords;
import feeds.SetText;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.apache.commons.codec.digest.DigestUtils;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import versions.Changes;
import versions.Diff;
import versions.Version;
import versions.Version.PlaceSeries;

/**
 * The series in the bucket.
 *
 * @param s3 whose own retries are off
 * @param bucket its name
 * @param prefix of the dataset's keys
 */
record StoredSeries(S3Client s3, String bucket, String prefix) {
  static final String GZIP = "application/gzip";

  /**
   * The text of a series.
   *
   * @throws RunFailedException if it is gone or damaged
   */
  private byte[] text(PlaceSeries series) throws IOException, RunFailedException {
    String key = key(series);
    try (InputStream text = new GZIPInputStream(packed(key))) {
      byte[] csv = text.readAllBytes();
      if (DigestUtils.sha256Hex(csv).equals(series.sha256())) {
        return csv;
      }
    } catch (ZipException | EOFException e) {
      // said below
    } catch (NoSuchKeyException e) {
      throw new RunFailedException(
          "The series %s of %s is gone from the bucket %s: restore it from a copy."
              .formatted(key, series.place(), bucket));
    }
    throw new RunFailedException(
        "The series %s of %s in the bucket %s is damaged: restore it from a copy."
            .formatted(key, series.place(), bucket));
  }

  /** All of an object: what ends early is then short in the bucket, and no broken connection. */
  private InputStream packed(String key) {
    return s3.getObjectAsBytes(get -> get.bucket(bucket).key(key)).asInputStream();
  }

  private String key(PlaceSeries series) {
    return prefix + BucketKeys.series(series.sha256());
  }

  /** The set of a version: one header, and the rows of each series. */
  byte[] csv(Version version) throws IOException, RunFailedException {
    ByteArrayOutputStream csv = new ByteArrayOutputStream();
    for (PlaceSeries series : version.series()) {
      byte[] text = text(series);
      int from = csv.size() == 0 ? 0 : SetText.behindHeader(text);
      csv.write(text, from, text.length - from);
    }
    return csv.toByteArray();
  }

  /**
   * How many days differ in two series of a place; equal ones are not read.
   *
   * @param before empty if the earlier version lacks the place
   * @param after empty if the later version lacks the place
   */
  Changes changes(Optional<PlaceSeries> before, Optional<PlaceSeries> after)
      throws IOException, RunFailedException {
    if (before.map(PlaceSeries::sha256).equals(after.map(PlaceSeries::sha256))) {
      return Changes.NONE;
    }
    return new Diff(days(before.orElse(null)), days(after.orElse(null))).count();
  }

  private @Nullable PlaceDays days(@Nullable PlaceSeries series)
      throws IOException, RunFailedException {
    if (series == null) {
      return null;
    }
    try {
      return ArchiveRecords.days(new String(text(series), UTF_8)).byPlace().get(series.place());
    } catch (ArchiveRecords.NotASetException e) {
      throw new RunFailedException("%s %s".formatted(key(series), e.finding()));
    }
  }

  /** Puts a series that is there once more, as one that is new. */
  void putAgain(PlaceSeries series, Instant now) throws IOException, RunFailedException {
    byte[] packed = SetText.of(series.place(), text(series)).packed(series.place(), now);
    s3.putObject(
        put -> put.bucket(bucket).key(key(series)).contentType(GZIP),
        RequestBody.fromBytes(packed));
  }
}
