package feeds;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Unpacks all members of gzip (RFC 1952), and reads the packed body to its end; an incomplete one
 * is a {@link PullException}. Stricter than {@link java.util.zip.GZIPInputStream}, which on Java 17
 * ends after a member if the next one has not arrived yet, and ignores what follows the last one.
 */
final class GzipBody extends InputStream {
  private static final int MAGIC_1 = 0x1f;
  private static final int MAGIC_2 = 0x8b;
  private static final int DEFLATE = 8;

  private static final int HEADER_CHECKSUM = 1 << 1;
  private static final int EXTRA_FIELD = 1 << 2;
  private static final int FILE_NAME = 1 << 3;
  private static final int COMMENT = 1 << 4;
  private static final int RESERVED = 0b1110_0000;

  private final InputStream packed;
  private final byte[] buffer = new byte[16 * 1024];
  private int at;
  private int end;

  private final Inflater inflater = new Inflater(true);

  /** The checksum of the header, or of the unpacked bytes, of the current member. */
  private final CRC32 checksum = new CRC32();

  private boolean begun;
  private boolean inMember;

  GzipBody(InputStream packed) {
    this.packed = packed;
  }

  /** Whether bytes begin like gzip. */
  static boolean isGzip(byte[] bytes) {
    return bytes.length >= 2 && (bytes[0] & 0xff) == MAGIC_1 && (bytes[1] & 0xff) == MAGIC_2;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (inMember || beginMember()) {
      int count = inflate(target, offset, length);
      if (count > 0) {
        checksum.update(target, offset, count);
        return count;
      }
      if (inflater.finished()) {
        endMember();
      } else if (hasNext()) {
        inflater.setInput(buffer, at, end - at);
        at = end;
      } else {
        throw endedEarly();
      }
    }
    return -1;
  }

  @Override
  public void close() throws IOException {
    inflater.end();
    packed.close();
  }

  private int inflate(byte[] target, int offset, int length) throws IOException {
    try {
      return inflater.inflate(target, offset, length);
    } catch (DataFormatException e) {
      throw damaged();
    }
  }

  /** Reads the header of the next member; false if there is none. */
  private boolean beginMember() throws IOException {
    if (begun && !hasNext()) {
      return false;
    }
    checksum.reset();
    if (next() != MAGIC_1 || next() != MAGIC_2 || next() != DEFLATE) {
      throw new PullException(
          begun
              ? "its gzip body goes on behind its end, with something that is not gzip"
              : "its body is not gzip, although its Content-Encoding says so");
    }
    int flags = next();
    if ((flags & RESERVED) != 0) {
      throw damaged();
    }
    // Its time, and how and where it was packed.
    skip(6);
    if ((flags & EXTRA_FIELD) != 0) {
      skip((int) number(2));
    }
    if ((flags & FILE_NAME) != 0) {
      skipText();
    }
    if ((flags & COMMENT) != 0) {
      skipText();
    }
    if ((flags & HEADER_CHECKSUM) != 0) {
      long expected = checksum.getValue() & 0xffff;
      verify(expected, number(2));
    }
    checksum.reset();
    inflater.reset();
    begun = true;
    inMember = true;
    return true;
  }

  private void endMember() throws IOException {
    at = end - inflater.getRemaining();
    long sum = checksum.getValue();
    verify(sum, number(4));
    verify(inflater.getBytesWritten() & 0xffff_ffffL, number(4));
    inMember = false;
  }

  private static void verify(long expected, long found) throws PullException {
    if (expected != found) {
      throw damaged();
    }
  }

  private void skipText() throws IOException {
    while (next() != 0) {
      // up to the zero that ends the text
    }
  }

  private void skip(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      next();
    }
  }

  /** Reads a little-endian number of some bytes. */
  private long number(int bytes) throws IOException {
    long number = 0;
    for (int i = 0; i < bytes; i++) {
      number |= (long) next() << (Byte.SIZE * i);
    }
    return number;
  }

  private int next() throws IOException {
    if (!hasNext()) {
      throw endedEarly();
    }
    int next = buffer[at++] & 0xff;
    checksum.update(next);
    return next;
  }

  private boolean hasNext() throws IOException {
    if (at == end) {
      at = 0;
      end = Math.max(0, packed.read(buffer, 0, buffer.length));
    }
    return at < end;
  }

  private static PullException endedEarly() {
    return new PullException("its gzip body ended early");
  }

  private static PullException damaged() {
    return new PullException("its gzip body is damaged");
  }
}
