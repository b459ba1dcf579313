package feeds;

import static java.util.Objects.requireNonNull;

import covid.Place;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * A set as CSV, of which the header and the rows of a place are a series. It may have hundreds of
 * millions of bytes, so it is never in memory as a whole. Thread-safe.
 */
public final class SetText {
  /** In the header of gzip: the time of the packing. */
  private static final int TIME_OF_GZIP = 4;

  private final byte[] header;
  private final SortedMap<Place, Rows> rows;
  private final String sha256;
  private final long length;

  /** The rows of a place: the same each time. */
  interface Rows {
    /** Makes them. */
    byte[] text();
  }

  private SetText(byte[] header, SortedMap<Place, Rows> rows) {
    this.header = header;
    this.rows = rows;
    MessageDigest digest = DigestUtils.getSha256Digest();
    digest.update(header);
    long bytes = header.length;
    for (Rows one : rows.values()) {
      byte[] text = one.text();
      digest.update(text);
      bytes += text.length;
    }
    this.sha256 = HexFormat.of().formatHex(digest.digest());
    this.length = bytes;
  }

  /** The text of a set of one place. */
  public static SetText of(Place place, byte[] csv) {
    int from = behindHeader(csv);
    byte[] text = Arrays.copyOfRange(csv, from, csv.length);
    return of(Arrays.copyOf(csv, from), new TreeMap<>(Map.of(place, () -> text)));
  }

  /** The text of a set by its parts. */
  static SetText of(byte[] header, SortedMap<Place, Rows> rows) {
    return new SetText(header, rows);
  }

  /** The index behind the first line of a CSV. */
  public static int behindHeader(byte[] csv) {
    int end = 0;
    while (end < csv.length && csv[end] != '\n') {
      end++;
    }
    return Math.min(csv.length, end + 1);
  }

  /** The SHA-256 of the whole, in hexadecimal. */
  public String sha256() {
    return sha256;
  }

  /** How many bytes the whole has. */
  public long length() {
    return length;
  }

  /** The whole from its begin, of which one place after the other is made as it is read. */
  public InputStream open() {
    List<Rows> places = List.copyOf(rows.values());
    return new SequenceInputStream(
        Collections.enumeration(
            new AbstractList<InputStream>() {
              @Override
              public InputStream get(int index) {
                return new ByteArrayInputStream(index == 0 ? header : places.get(index - 1).text());
              }

              @Override
              public int size() {
                return 1 + places.size();
              }
            }));
  }

  /** The SHA-256 of the series of a place, in hexadecimal. */
  public String sha256(Place place) {
    MessageDigest digest = DigestUtils.getSha256Digest();
    digest.update(header);
    digest.update(rows(place));
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
      packed.write(header);
      packed.write(rows(place));
    }
    byte[] packed = bytes.toByteArray();
    ByteBuffer.wrap(packed)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(TIME_OF_GZIP, (int) at.getEpochSecond());
    return packed;
  }

  private byte[] rows(Place place) {
    return requireNonNull(rows.get(place)).text();
  }
}
