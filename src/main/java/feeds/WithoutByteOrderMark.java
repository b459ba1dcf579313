package feeds;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Drops the UTF-8 byte order mark at the beginning of a text. */
final class WithoutByteOrderMark extends InputStream {
  private static final byte[] MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

  private final InputStream text;

  /**
   * The first up to three bytes, if they are not the byte order mark, to be read before the rest.
   */
  private byte[] first = {};

  private int at;
  private boolean begun;

  WithoutByteOrderMark(InputStream text) {
    this.text = text;
  }

  @Override
  public int read() throws IOException {
    begin();
    return at < first.length ? first[at++] & 0xff : text.read();
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    begin();
    if (at == first.length) {
      return text.read(target, offset, length);
    }
    int count = Math.min(length, first.length - at);
    System.arraycopy(first, at, target, offset, count);
    at += count;
    return count;
  }

  private void begin() throws IOException {
    if (!begun) {
      begun = true;
      byte[] bytes = text.readNBytes(MARK.length);
      if (!Arrays.equals(bytes, MARK)) {
        first = bytes;
      }
    }
  }

  @Override
  public void close() throws IOException {
    text.close();
  }
}
