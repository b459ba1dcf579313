package feeds;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Locale;

/** The unpacked body of a feed as it arrives: counted, digested, and limited in length. */
final class FeedBody extends InputStream {
  private final InputStream body;
  private final MessageDigest digest;
  private final long maxBytes;
  private long bytes;

  /**
   * @param maxBytes its maximum length
   * @param sha256 to which nothing was added yet
   */
  FeedBody(InputStream body, long maxBytes, MessageDigest sha256) {
    this.body = body;
    this.maxBytes = maxBytes;
    this.digest = sha256;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int count = body.read(buffer, offset, length);
    if (count > 0) {
      bytes += count;
      if (bytes > maxBytes) {
        throw new PullLimitException(
            String.format(Locale.ROOT, "it is longer than %,d bytes (feed.max-bytes)", maxBytes));
      }
      digest.update(buffer, offset, count);
    }
    return count;
  }

  @Override
  public void close() throws IOException {
    body.close();
  }

  /** The number of bytes so far. */
  long bytes() {
    return bytes;
  }

  /** The SHA-256 of the body, in hexadecimal; call it once, at the end. */
  String sha256() {
    return HexFormat.of().formatHex(digest.digest());
  }
}
