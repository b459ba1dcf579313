package feeds;

import java.nio.charset.Charset;
import java.util.Arrays;

/** The word that a record must contain to match, as bytes; the empty word is in every record. */
final class RecordWord {
  private final byte[] word;

  RecordWord(String text, Charset encoding) {
    // A quote inside a field is doubled, so only the part before one is searched for.
    int quote = text.indexOf('"');
    word = (quote < 0 ? text : text.substring(0, quote)).getBytes(encoding);
  }

  boolean isEmpty() {
    return word.length == 0;
  }

  /** Whether a part of a buffer contains it. */
  boolean isIn(byte[] buffer, int from, int to) {
    if (word.length == 0) {
      return true;
    }
    for (int i = from; i < to; i++) {
      if (buffer[i] == word[0] && isAt(buffer, i, to)) {
        return true;
      }
    }
    return false;
  }

  /**
   * The index of the first quote, carriage return or beginning of this word. Not for an empty word.
   *
   * @param to the end of the buffer's content
   * @param limit where the search ends, at most {@code to}
   * @return an index from {@code from} on, or {@code limit} if there is none before it
   */
  int firstOrSpecial(byte[] buffer, int from, int to, int limit) {
    int next = from;
    while (true) {
      next = ByteSearch.firstOf((byte) '"', (byte) '\r', word[0], buffer, next, limit);
      if (next == limit || buffer[next] != word[0] || isAt(buffer, next, to)) {
        return next;
      }
      next++;
    }
  }

  private boolean isAt(byte[] buffer, int index, int limit) {
    int wordEnd = index + word.length;
    return wordEnd <= limit && Arrays.equals(buffer, index, wordEnd, word, 0, word.length);
  }
}
