package feeds;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;

/** Gives only so many bytes at once, and never says that there are more. */
final class Dripping extends FilterInputStream {
  private final int atOnce;
  private boolean closed;

  Dripping(byte[] bytes, int atOnce) {
    super(new ByteArrayInputStream(bytes));
    this.atOnce = atOnce;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    return in.read(target, offset, Math.min(length, atOnce));
  }

  @Override
  public int available() {
    return 0;
  }

  @Override
  public void close() {
    closed = true;
  }

  boolean isClosed() {
    return closed;
  }
}
