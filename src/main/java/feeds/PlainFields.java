package feeds;

import covid.PlaceDays;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one plain record, as parts of the buffer that holds it: a record in one line whose
 * fields are whole in quotes or have none, and hold none. Not thread-safe.
 */
final class PlainFields {
  /** A whole number of so many digits is a {@code long}. */
  private static final int MOST_DIGITS = 18;

  /** No plain number, where a figure is asked for. */
  static final long UNUSUAL = -1;

  private final int[] starts;
  private final int[] ends;
  private final int most;
  private byte[] buffer = {};
  private boolean hasMore;
  private int recordEnd;

  /**
   * @param count how many of the first fields matter; a record with fewer is not plain
   * @param most how many fields a record may have; one with more that are not empty is not plain
   */
  PlainFields(int count, int most) {
    this.most = most;
    starts = new int[count];
    ends = new int[count];
  }

  /**
   * Moves on to another record.
   *
   * @param from its first byte
   * @param to the end of the buffer's content
   * @return where the next record begins; -1 if this one is not plain, or not whole
   */
  int split(byte[] buffer, int from, int to) {
    this.buffer = buffer;
    this.hasMore = false;
    int count = 0;
    int start = from;
    int at = from;
    while (at < to) {
      byte b = buffer[at];
      if (b > ',') {
        at++;
      } else if (b == ',') {
        end(count++, start, at);
        start = ++at;
      } else if (b == '\n' || b == '\r') {
        end(count++, start, at);
        recordEnd = at;
        return count < ends.length || hasMore || at - from > RecordScanner.LONGEST
            ? -1
            : next(at, to);
      } else if (b != '"') {
        at++;
      } else if (at == start) {
        int close = closing(at, to);
        if (close < 0) {
          return -1;
        }
        // end() sees the quotes, and leaves them out.
        at = close + 1;
      } else {
        return -1;
      }
    }
    return -1;
  }

  /** Ends a field; its quotes are not part of it. */
  private void end(int field, int start, int end) {
    if (field < ends.length) {
      int quote = start < end && buffer[start] == '"' ? 1 : 0;
      starts[field] = start + quote;
      ends[field] = end - quote;
    } else if (field >= most && start < end) {
      hasMore = true;
    }
  }

  /** The index of the quote that closes a field, with the end of the field behind it; or -1. */
  private int closing(int open, int to) {
    for (int at = open + 1; at < to - 1; at++) {
      byte b = buffer[at];
      if (b == '"') {
        byte next = buffer[at + 1];
        return next == ',' || next == '\n' || next == '\r' ? at : -1;
      }
      if (b == '\n' || b == '\r') {
        return -1;
      }
    }
    return -1;
  }

  private int next(int lineEnd, int to) {
    if (buffer[lineEnd] == '\n') {
      return lineEnd + 1;
    }
    return lineEnd + 1 < to && buffer[lineEnd + 1] == '\n' ? lineEnd + 2 : -1;
  }

  /** The index after the last byte of the record. */
  int recordEnd() {
    return recordEnd;
  }

  /** The meaning of a field, or null if it is not known; a field before the first is empty. */
  <T> @Nullable T in(KnownTexts<T> texts, int field) {
    return field < 0 ? texts.get(buffer, 0, 0) : texts.get(buffer, starts[field], ends[field]);
  }

  /** Keeps the meaning of a field. */
  <T> void learn(KnownTexts<T> texts, int field, T meaning) {
    if (field < 0) {
      texts.put(buffer, 0, 0, meaning);
    } else {
      texts.put(buffer, starts[field], ends[field], meaning);
    }
  }

  /**
   * A field as a figure.
   *
   * @return at least 0; {@link PlaceDays#ABSENT} if it is empty; {@link #UNUSUAL} if it is anything
   *     but some digits, of which ".0" may be the end
   */
  long figure(int field) {
    int from = starts[field];
    int to = ends[field];
    if (from == to) {
      return PlaceDays.ABSENT;
    }
    if (to - from > 2 && buffer[to - 1] == '0' && buffer[to - 2] == '.') {
      to -= 2;
    }
    if (to - from > MOST_DIGITS) {
      return UNUSUAL;
    }
    long figure = 0;
    for (int at = from; at < to; at++) {
      int digit = buffer[at] - '0';
      if (digit < 0 || digit > 9) {
        return UNUSUAL;
      }
      figure = 10 * figure + digit;
    }
    return figure;
  }
}
