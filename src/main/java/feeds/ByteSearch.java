package feeds;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Searches bytes eight at a time, as one number: most bytes of a feed are read only to find the few
 * that matter.
 */
final class ByteSearch {
  private static final VarHandle EIGHT =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long ONES = 0x0101_0101_0101_0101L;
  private static final long HIGH_BITS = 0x8080_8080_8080_8080L;
  private static final long LOW_BITS = ~HIGH_BITS;

  private ByteSearch() {}

  /**
   * The index of the first of three bytes.
   *
   * @return an index from {@code from} on, or {@code to} if there is none before it
   */
  static int firstOf(byte one, byte two, byte three, byte[] bytes, int from, int to) {
    long ones = each(one);
    long twos = each(two);
    long threes = each(three);
    int at = from;
    for (; at <= to - Long.BYTES; at += Long.BYTES) {
      long eight = (long) EIGHT.get(bytes, at);
      // The lowest bit is that of the first byte; higher ones may be wrong.
      long found = zeros(eight ^ ones) | zeros(eight ^ twos) | zeros(eight ^ threes);
      if (found != 0) {
        return at + Long.numberOfTrailingZeros(found) / Byte.SIZE;
      }
    }
    while (at < to && bytes[at] != one && bytes[at] != two && bytes[at] != three) {
      at++;
    }
    return at;
  }

  /** Counts a byte. */
  static int count(byte wanted, byte[] bytes, int from, int to) {
    long pattern = each(wanted);
    int count = 0;
    int at = from;
    for (; at <= to - Long.BYTES; at += Long.BYTES) {
      long eight = (long) EIGHT.get(bytes, at) ^ pattern;
      // Unlike a difference, this sum has no carry: each bit is right.
      count += Long.bitCount(~((eight & LOW_BITS) + LOW_BITS | eight) & HIGH_BITS);
    }
    for (; at < to; at++) {
      if (bytes[at] == wanted) {
        count++;
      }
    }
    return count;
  }

  private static long each(byte b) {
    return ONES * (b & 0xff);
  }

  /** The high bit of each byte that is 0; bits above the first one may be wrong. */
  private static long zeros(long eight) {
    return eight - ONES & ~eight & HIGH_BITS;
  }
}
