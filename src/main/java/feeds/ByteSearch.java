package feeds;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Searches bytes eight at a time, as one number: nearly all of a feed's bytes are looked at only to
 * find the few that matter.
 */
final class ByteSearch {
  private static final VarHandle EIGHT =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long ONES = 0x0101_0101_0101_0101L;
  private static final long HIGH_BITS = 0x8080_8080_8080_8080L;

  private ByteSearch() {}

  /**
   * Where the first byte below a limit is, taken as unsigned.
   *
   * @param limit 1 to 128
   * @return an index from {@code from} on, or {@code to} if there is none before it
   */
  static int firstBelow(int limit, byte[] bytes, int from, int to) {
    long limits = ONES * limit;
    int at = from;
    for (; at <= to - Long.BYTES; at += Long.BYTES) {
      long eight = (long) EIGHT.get(bytes, at);
      // A byte below borrows. The lowest bit set is the first byte's; others may be mistaken.
      long found = eight - limits & ~eight & HIGH_BITS;
      if (found != 0) {
        return at + Long.numberOfTrailingZeros(found) / Byte.SIZE;
      }
    }
    while (at < to && (bytes[at] & 0xff) >= limit) {
      at++;
    }
    return at;
  }

  /**
   * Where a byte is first.
   *
   * @return an index from {@code from} on, or {@code to} if there is none before it
   */
  static int first(byte wanted, byte[] bytes, int from, int to) {
    long pattern = ONES * (wanted & 0xff);
    int at = from;
    for (; at <= to - Long.BYTES; at += Long.BYTES) {
      // What is wanted becomes 0, the only byte below 1.
      long eight = (long) EIGHT.get(bytes, at) ^ pattern;
      long found = eight - ONES & ~eight & HIGH_BITS;
      if (found != 0) {
        return at + Long.numberOfTrailingZeros(found) / Byte.SIZE;
      }
    }
    while (at < to && bytes[at] != wanted) {
      at++;
    }
    return at;
  }
}
