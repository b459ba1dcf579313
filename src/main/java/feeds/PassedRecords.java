package feeds;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Records on their way to the parser, which cannot know their position. So three fields are put in
 * front of each:
 *
 * <pre>
 *   line , raw text , fault , the record as it was
 * </pre>
 *
 * the physical line on which it begins (the header's is 1 if nothing comes before it), the record's
 * text up to {@value #MOST_SHOWN} bytes, and why it cannot be parsed (empty if it can; then its
 * fields are left out).
 */
final class PassedRecords {
  /** The maximum bytes of a record in its raw text. */
  static final int MOST_SHOWN = 1_000;

  private byte[] bytes = new byte[8 * 1024];
  private int start;
  private int end;

  /** The number of bytes to read. */
  int available() {
    return end - start;
  }

  /** Reads up to a number of bytes; returns how many were read. */
  int read(byte[] target, int offset, int length) {
    int count = Math.min(length, available());
    System.arraycopy(bytes, start, target, offset, count);
    start += count;
    return count;
  }

  /**
   * Adds a record with three fields in front.
   *
   * @param line the line on which it begins
   * @param record holds it
   * @param from its first byte
   * @param to the index after its last byte
   * @param fault why it cannot be parsed, without quotes; empty if it can
   */
  void add(long line, byte[] record, int from, int to, String fault) {
    if (available() == 0) {
      start = 0;
      end = 0;
    }
    write(ascii(Long.toString(line)));
    write(',');
    write('"');
    int shown = Math.min(to, from + MOST_SHOWN);
    for (int i = from; i < shown; i++) {
      if (record[i] == '"') {
        write('"');
      }
      write(record[i]);
    }
    write('"');
    write(',');
    if (fault.isEmpty()) {
      write(',');
      write(record, from, to - from);
    } else {
      write('"');
      write(ascii(fault));
      write('"');
    }
    write('\n');
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private void write(int b) {
    if (end == bytes.length) {
      bytes = Arrays.copyOf(bytes, 2 * bytes.length);
    }
    bytes[end++] = (byte) b;
  }

  private void write(byte[] more) {
    write(more, 0, more.length);
  }

  private void write(byte[] more, int offset, int length) {
    if (end + length > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, end + length));
    }
    System.arraycopy(more, offset, bytes, end, length);
    end += length;
  }
}
