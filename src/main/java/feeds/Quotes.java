package feeds;

/**
 * Tracks whether the scanned part of a record ends inside quotes. Quotes open only at the beginning
 * of a field, and are doubled inside.
 */
final class Quotes {
  private boolean open;
  private int closedAt;

  /** After the closing quote and any blanks, where a comma or a line end should be. */
  private int behind;

  private boolean textBehind;

  Quotes() {
    beginRecord();
  }

  boolean areOpen() {
    return open;
  }

  /** Whether there is text in the record between a closing quote and the end of the field. */
  boolean hasTextBehind() {
    return textBehind;
  }

  void beginRecord() {
    open = false;
    closedAt = -1;
    behind = -1;
    textBehind = false;
  }

  /** The record has moved to the left by a number of bytes. */
  void shift(int bytes) {
    closedAt -= bytes;
    behind -= bytes;
  }

  /**
   * Adds a quote.
   *
   * @param record holds it
   * @param start where the record begins
   * @param at the index of the quote
   */
  void quote(byte[] record, int start, int at) {
    if (open) {
      open = false;
      closedAt = at;
      behind = at + 1;
    } else if (at == start || record[at - 1] == ',' || closedAt == at - 1) {
      open = true;
    } else if (at == behind) {
      textBehind = true;
    }
  }

  /** Adds bytes without a quote or line end. */
  void others(byte[] record, int from, int to) {
    if (from != behind) {
      return;
    }
    while (behind < to && isBlank(record[behind])) {
      behind++;
    }
    if (behind < to && record[behind] != ',') {
      textBehind = true;
    }
  }

  /** Whether every field of a whole record is empty or blank, quoted or not. */
  static boolean holdNothing(byte[] record, int from, int to) {
    boolean quoted = false;
    for (int i = from; i < to; i++) {
      byte b = record[i];
      if (b == '"') {
        boolean opens = !quoted && (i == from || record[i - 1] == ',');
        boolean closes = quoted && (i + 1 == to || record[i + 1] != '"');
        if (!opens && !closes) {
          return false;
        }
        quoted = opens;
      } else if (!isBlank(b) && !(quoted ? b == '\n' || b == '\r' : b == ',')) {
        return false;
      }
    }
    return true;
  }

  private static boolean isBlank(byte b) {
    return b == ' ' || b == '\t';
  }
}
