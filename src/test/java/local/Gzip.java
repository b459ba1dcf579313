package local;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;

/** Makes gzip bodies of members (RFC 1952), and bodies of bytes in general. */
public final class Gzip {
  /** Flags of a header: what follows its first ten bytes. */
  public static final int CHECKSUM = 1 << 1;

  public static final int EXTRA_FIELD = 1 << 2;
  public static final int FILE_NAME = 1 << 3;
  public static final int COMMENT = 1 << 4;

  private static final int FIXED_HEADER = 10;
  private static final int FLAGS = 3;

  private Gzip() {}

  /** A member that holds a text in UTF-8. */
  public static byte[] gzip(String text) {
    return gzip(text.getBytes(UTF_8));
  }

  /** A member that holds these bytes. */
  public static byte[] gzip(byte[] bytes) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }

  /** The same member with such of the optional parts of a header as the flags say. */
  public static byte[] withHeader(int flags, byte[] member) {
    byte[] head = Arrays.copyOf(member, FIXED_HEADER);
    head[FLAGS] = (byte) flags;
    if ((flags & EXTRA_FIELD) != 0) {
      byte[] extra = new byte[2 + 300];
      extra[0] = 300 & 0xff;
      extra[1] = 300 >> 8;
      head = joined(head, extra);
    }
    if ((flags & FILE_NAME) != 0) {
      head = joined(head, "us.csv\0".getBytes(UTF_8));
    }
    if ((flags & COMMENT) != 0) {
      head = joined(head, "a comment\0".getBytes(UTF_8));
    }
    if ((flags & CHECKSUM) != 0) {
      CRC32 sum = new CRC32();
      sum.update(head);
      head = joined(head, new byte[] {(byte) sum.getValue(), (byte) (sum.getValue() >> 8)});
    }
    return joined(head, Arrays.copyOfRange(member, FIXED_HEADER, member.length));
  }

  /** One after the other: the members of a body, for example. */
  public static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      bytes.writeBytes(part);
    }
    return bytes.toByteArray();
  }
}
