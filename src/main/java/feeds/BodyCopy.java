package feeds;

import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * A copy of a body, packed with gzip in a temporary file, which is written while the body is read.
 * A failure of the copy, such as a full disk, does not disturb the reader: {@link #file} reports
 * it.
 */
public final class BodyCopy implements Closeable {
  /** How its name begins: files of a process that died can be told from those in use. */
  public static final String PREFIX = "raw-%d-".formatted(ProcessHandle.current().pid());

  /** The system's folder for temporary files. */
  public static final Path FOLDER = Path.of(System.getProperty("java.io.tmpdir"));

  private @Nullable Path file;
  private @Nullable OutputStream packed;
  private @Nullable IOException failure;

  /** Creates the file, without content. */
  public BodyCopy() {
    this(FOLDER);
  }

  BodyCopy(Path folder) {
    try {
      file = Files.createTempFile(folder, PREFIX, ".gz");
      packed = new GZIPOutputStream(Files.newOutputStream(file), 16 * 1024);
    } catch (IOException e) {
      failure = e;
    }
  }

  /** A body, from which everything is copied that is read. */
  public InputStream of(InputStream body) {
    return new Copied(body);
  }

  /**
   * The whole copy, once the body was read to its end.
   *
   * @throws IOException why there is none
   */
  public File file() throws IOException {
    finish();
    if (failure != null || file == null) {
      throw new IOException("its temporary copy cannot be written", failure);
    }
    return file.toFile();
  }

  /** Removes the file. */
  @Override
  public void close() throws IOException {
    finish();
    if (file != null) {
      Files.deleteIfExists(file);
    }
  }

  private void copy(byte[] buffer, int offset, int count) {
    if (packed != null && failure == null) {
      try {
        packed.write(buffer, offset, count);
      } catch (IOException e) {
        failure = e;
      }
    }
  }

  private void finish() {
    if (packed != null) {
      try (OutputStream ends = packed) {
        ends.flush();
      } catch (IOException e) {
        failure = failure == null ? e : failure;
      }
      packed = null;
    }
  }

  private final class Copied extends InputStream {
    private final InputStream body;

    Copied(InputStream body) {
      this.body = body;
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
        copy(buffer, offset, count);
      }
      return count;
    }

    @Override
    public void close() throws IOException {
      body.close();
    }
  }
}
