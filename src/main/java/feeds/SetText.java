package feeds;

import static java.util.Objects.requireNonNull;

import covid.Place;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * A set as CSV, of which the header and the rows of a place are a series. That of many places may
 * have hundreds of millions of bytes, so the rows of each are made when they are read, and not
 * kept; that of one place is in memory. Thread-safe.
 */
public final class SetText {
  /** In the header of gzip: the time of the packing. */
  private static final int TIME_OF_GZIP = 4;

  private final byte[] header;
  private final SortedMap<Place, Rows> rows;

  /** The SHA-256 of the series of each place, in hexadecimal. */
  private final Map<Place, String> series = new HashMap<>();

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
    // While the digests of the series are computed here
    MessageDigest whole = rows.size() > 1 ? new SideDigest() : DigestUtils.getSha256Digest();
    whole.update(header);
    long bytes = header.length;
    for (Map.Entry<Place, Rows> place : rows.entrySet()) {
      byte[] text = place.getValue().text();
      bytes += text.length;
      whole.update(text);
      if (rows.size() > 1) {
        series.put(place.getKey(), sha256(header, text));
      }
    }
    this.sha256 = HexFormat.of().formatHex(whole.digest());
    this.length = bytes;
    if (rows.size() == 1) {
      series.put(rows.firstKey(), sha256);
    }
  }

  private static String sha256(byte[] header, byte[] rows) {
    MessageDigest digest = DigestUtils.getSha256Digest();
    digest.update(header);
    digest.update(rows);
    return HexFormat.of().formatHex(digest.digest());
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
    return new Whole(header, rows.values().iterator());
  }

  /** Unlike a {@link java.io.SequenceInputStream}, makes nothing more when it is closed. */
  private static final class Whole extends InputStream {
    private final Iterator<Rows> rest;
    private ByteArrayInputStream part;

    Whole(byte[] header, Iterator<Rows> rest) {
      this.part = new ByteArrayInputStream(header);
      this.rest = rest;
    }

    @Override
    public int read() {
      return hasMore() ? part.read() : -1;
    }

    @Override
    public int read(byte[] to, int offset, int length) {
      return hasMore() ? part.read(to, offset, length) : -1;
    }

    private boolean hasMore() {
      while (part.available() == 0 && rest.hasNext()) {
        part = new ByteArrayInputStream(rest.next().text());
      }
      return part.available() > 0;
    }
  }

  /** The SHA-256 of the series of a place, in hexadecimal. */
  public String sha256(Place place) {
    return requireNonNull(series.get(place));
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
