package feeds;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What texts mean, by their bytes: each is decoded and understood once, not in every row. Not
 * thread-safe.
 *
 * @param <T> what a text means
 */
final class KnownTexts<T> {
  /** The maximum number of texts; no meaning of more is kept. */
  private static final int MOST = 1 << 16;

  /** The maximum bytes of a text. */
  private static final int LONGEST = 200;

  /** A text and its meaning. */
  private record Known<T>(byte[] text, T meaning) {}

  /** A hash table at least half of which is empty; the length is a power of 2. */
  private @Nullable Known<T>[] table = table(8);

  private int size;

  /** The meaning of a text, or null if it is not known. */
  @Nullable T get(byte[] buffer, int from, int to) {
    Known<T> known = table[slot(buffer, from, to)];
    return known == null ? null : known.meaning();
  }

  /** Keeps the meaning of a text, if there is room for it. */
  void put(byte[] buffer, int from, int to, T meaning) {
    if (to - from > LONGEST || size == MOST) {
      return;
    }
    byte[] text = Arrays.copyOfRange(buffer, from, to);
    int slot = slot(text, 0, text.length);
    if (table[slot] == null && 2 * ++size > table.length) {
      grow();
      slot = slot(text, 0, text.length);
    }
    table[slot] = new Known<>(text, meaning);
  }

  /** Where a text is, or where it would be. */
  private int slot(byte[] buffer, int from, int to) {
    int hash = 0;
    for (int i = from; i < to; i++) {
      hash = 31 * hash + buffer[i];
    }
    int slot = (hash ^ hash >>> 15) & table.length - 1;
    for (Known<T> known = table[slot]; known != null; known = table[slot]) {
      if (isText(known.text(), buffer, from, to)) {
        break;
      }
      slot = slot + 1 & table.length - 1;
    }
    return slot;
  }

  /**
   * Texts are short: a loop takes less time than to prepare a comparison of eight bytes at once.
   */
  private static boolean isText(byte[] text, byte[] buffer, int from, int to) {
    if (text.length != to - from) {
      return false;
    }
    for (int i = 0; i < text.length; i++) {
      if (text[i] != buffer[from + i]) {
        return false;
      }
    }
    return true;
  }

  private void grow() {
    @Nullable Known<T>[] before = table;
    table = table(2 * before.length);
    for (Known<T> known : before) {
      if (known != null) {
        table[slot(known.text(), 0, known.text().length)] = known;
      }
    }
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private static <T> @Nullable Known<T>[] table(int length) {
    return new Known[length];
  }
}
