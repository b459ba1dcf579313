package feeds;

import static java.util.Objects.requireNonNull;

import covid.Place;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * A set as CSV, of which the header and the rows of a place are a series.
 *
 * @param csv its bytes; not copied
 * @param sha256 of them, in hexadecimal
 * @param rows where the rows of each place are in it, the first behind the header
 */
public record SetText(byte[] csv, String sha256, SortedMap<Place, Rows> rows) {
  /** In the header of gzip: the time of the packing. */
  private static final int TIME_OF_GZIP = 4;

  /**
   * Rows of a set.
   *
   * @param from the index of their first byte
   * @param to the index behind their last byte
   */
  public record Rows(int from, int to) {}

  /** The text of a set of one place. */
  public static SetText of(Place place, byte[] csv) {
    return of(csv, new TreeMap<>(Map.of(place, new Rows(behindHeader(csv), csv.length))));
  }

  /** The index behind the first line of a CSV. */
  public static int behindHeader(byte[] csv) {
    int end = 0;
    while (end < csv.length && csv[end] != '\n') {
      end++;
    }
    return Math.min(csv.length, end + 1);
  }

  static SetText of(byte[] csv, SortedMap<Place, Rows> rows) {
    return new SetText(csv, DigestUtils.sha256Hex(csv), rows);
  }

  /** The SHA-256 of the series of a place, in hexadecimal. */
  public String sha256(Place place) {
    MessageDigest digest = DigestUtils.getSha256Digest();
    digest.update(csv, 0, header());
    digest.update(csv, rows(place).from(), length(place));
    return HexFormat.of().formatHex(digest.digest());
  }

  /**
   * The series of a place, packed with gzip.
   *
   * @param at when, which becomes a part of it: the same series packed at another time has another
   *     entity tag
   */
  public byte[] packed(Place place, Instant at) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream packed = new GZIPOutputStream(bytes)) {
      packed.write(csv, 0, header());
      packed.write(csv, rows(place).from(), length(place));
    }
    byte[] packed = bytes.toByteArray();
    ByteBuffer.wrap(packed)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(TIME_OF_GZIP, (int) at.getEpochSecond());
    return packed;
  }

  private Rows rows(Place place) {
    return requireNonNull(rows.get(place));
  }

  private int length(Place place) {
    return rows(place).to() - rows(place).from();
  }

  private int header() {
    return rows.isEmpty() ? csv.length : rows(rows.firstKey()).from();
  }
}
