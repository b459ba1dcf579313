package feeds;

import java.io.IOException;
import java.io.InputStream;

/**
 * Finds the records of a CSV in a buffer that does not grow, and hands them to a {@link Receiver}.
 *
 * <p>Records end at a line feed, a carriage return or both, unless inside quotes; quotes open only
 * at the beginning of a field and are doubled inside. A byte order mark is dropped, and so are
 * records with only empty or blank fields, quoted or not, as spreadsheets leave them. The encoding
 * is any superset of ASCII.
 *
 * <p>An unclosed quote would swallow the rest of the feed. So a record is handed over as a fault if
 * it is longer than {@value #LONGEST} bytes or {@value #MOST_LINES} lines, if the feed ends inside
 * its quotes, or if text follows the quote that closes on another line than it began. Only its
 * first line is skipped: the next record begins on the line after that. So memory is bounded, and a
 * line is read at most {@value #MOST_LINES} times.
 */
final class RecordScanner {
  /** What the records are for. */
  interface Receiver {
    /**
     * Takes a record.
     *
     * @param line the physical line on which it begins; the header's is 1 if nothing comes before
     * @param buffer holds it until this returns
     * @param from its first byte
     * @param to the index after its last byte
     * @param fault why it cannot be parsed; empty if it can
     */
    void take(long line, byte[] buffer, int from, int to, String fault) throws IOException;

    /**
     * Takes, or drops, at once the plain records at the beginning of a part of the buffer: any
     * number of whole lines that hold no carriage return but that before the line feed, and are not
     * longer than a record may be. These are most of a feed, and one by one they would take many
     * more steps. Not called before the first record, the header, was taken.
     *
     * @return where the first record begins that is left to {@link #take}
     */
    int takePlain(byte[] buffer, int from, int to);
  }

  /** The maximum bytes of a record. */
  static final int LONGEST = 64 * 1024;

  /** The maximum lines of a record. */
  static final int MOST_LINES = 10;

  /** A record that came in pieces is scanned from its beginning again, unless it is longer. */
  private static final int MOST_SCANNED_TWICE = 1_000;

  private static final String NOT_CLOSED = ": a quote in it seems not to be closed";
  private static final String TOO_LONG = "the row is longer than " + LONGEST + " bytes";
  private static final String TOO_MANY_LINES =
      "the row is longer than " + MOST_LINES + " lines" + NOT_CLOSED;
  private static final String OPEN_AT_END = "the feed ends inside the row" + NOT_CLOSED;
  private static final String CLOSED_INSIDE_TEXT =
      "the row goes on in the middle of another line" + NOT_CLOSED;

  private final InputStream source;

  /** What was read and not yet handed over or dropped: the record from start, scanned up to at. */
  private final byte[] buffer = new byte[2 * LONGEST];

  private int start;
  private int at;
  private int end;
  private boolean sourceEnded;

  private final Quotes quotes = new Quotes();
  private boolean afterReturn;
  private boolean headerSeen;
  private long line = 1;
  private long recordLine = 1;

  /** Where the first line of the record ended, if that was inside quotes. */
  private int firstLineEnd = -1;

  /** Whether the rest of a line that is too long is being skipped. */
  private boolean skipping;

  private final Receiver receiver;

  /**
   * @param source the CSV
   */
  RecordScanner(InputStream source, Receiver receiver) {
    this.source = new WithoutByteOrderMark(source);
    this.receiver = receiver;
  }

  /** Moves on to the end of the next record, or reads more; false at the end of the feed. */
  boolean advance() throws IOException {
    if (at == end && !fill()) {
      if (start == end) {
        return false;
      }
      if (quotes.areOpen()) {
        giveUp(OPEN_AT_END, end);
      } else {
        endRecord(end);
      }
      return true;
    }
    skipSecondHalf();
    if (mayBePlain()) {
      takePlainRecords();
    }
    if (findEnd()) {
      endRecord(at);
    } else if (at - start > LONGEST) {
      cutRecord();
    } else if (line - recordLine >= MOST_LINES) {
      giveUp(TOO_MANY_LINES, at);
    }
    return true;
  }

  /** Makes room behind the kept bytes and reads into it. */
  private boolean fill() throws IOException {
    if (sourceEnded) {
      return false;
    }
    if (start > 0) {
      System.arraycopy(buffer, start, buffer, 0, end - start);
      quotes.shift(start);
      firstLineEnd -= start;
      at -= start;
      end -= start;
      start = 0;
    }
    int count = source.read(buffer, end, buffer.length - end);
    if (count < 0) {
      sourceEnded = true;
      return false;
    }
    end += count;
    return true;
  }

  /** Skips the line feed of a line that ended at the carriage return before. */
  private void skipSecondHalf() {
    if (afterReturn && at == start) {
      afterReturn = false;
      if (buffer[at] == '\n') {
        beginRecord(at + 1);
      }
    }
  }

  /** Whether the record may still be plain, as far as it was scanned when more of it was read. */
  private boolean mayBePlain() {
    return headerSeen && !skipping && line == recordLine && at - start <= MOST_SCANNED_TWICE;
  }

  private void takePlainRecords() {
    int plainEnd = receiver.takePlain(buffer, start, end);
    line += ByteSearch.count((byte) '\n', buffer, start, plainEnd);
    beginRecord(plainEnd);
  }

  /**
   * Moves on to the end of the current record; false if that is not in the buffer yet, or too many
   * lines away.
   */
  private boolean findEnd() {
    for (; at < end; at++) {
      int next = ByteSearch.firstOf((byte) '"', (byte) '\r', (byte) '\n', buffer, at, end);
      if (next > at) {
        afterReturn = false;
        quotes.others(buffer, at, next);
        at = next;
        if (at == end) {
          return false;
        }
      }
      byte b = buffer[at];
      if (b == '"') {
        if (!skipping) {
          quotes.quote(buffer, start, at);
        }
      } else if (b == '\n' || b == '\r') {
        boolean secondHalf = b == '\n' && afterReturn;
        afterReturn = b == '\r';
        if (secondHalf) {
          continue;
        }
        line++;
        if (!quotes.areOpen()) {
          return true;
        }
        if (line == recordLine + 1) {
          firstLineEnd = at;
        }
        if (line - recordLine >= MOST_LINES) {
          return false;
        }
        continue;
      }
      afterReturn = false;
    }
    return false;
  }

  /** The current record ends here. */
  private void endRecord(int recordEnd) throws IOException {
    if (skipping) {
      beginRecord(recordEnd + 1);
    } else if (recordEnd - start > LONGEST) {
      giveUp(tooLong(), recordEnd);
    } else if (quotes.hasTextBehind() && firstLineEnd >= 0) {
      giveUp(CLOSED_INSIDE_TEXT, recordEnd);
    } else {
      if (!Quotes.holdNothing(buffer, start, recordEnd)) {
        handOver(recordEnd, "");
      }
      beginRecord(recordEnd + 1);
    }
  }

  /** The current record is too long already. */
  private void cutRecord() throws IOException {
    if (firstLineEnd >= 0) {
      giveUp(tooLong(), end);
    } else {
      if (!skipping) {
        handOver(end, tooLong());
      }
      beginRecord(end);
      skipping = true;
    }
  }

  private String tooLong() {
    return firstLineEnd < 0 ? TOO_LONG : TOO_LONG + NOT_CLOSED;
  }

  /**
   * The current record is invalid: its first line is a fault, the next line begins a new record.
   */
  private void giveUp(String fault, int recordEnd) throws IOException {
    if (firstLineEnd < 0) {
      handOver(recordEnd, fault);
      beginRecord(recordEnd + 1);
    } else {
      handOver(firstLineEnd, fault);
      afterReturn = buffer[firstLineEnd] == '\r';
      line = recordLine + 1;
      beginRecord(firstLineEnd + 1);
    }
  }

  private void beginRecord(int index) {
    start = Math.min(index, end);
    at = start;
    recordLine = line;
    firstLineEnd = -1;
    quotes.beginRecord();
    skipping = false;
  }

  private void handOver(int recordEnd, String fault) throws IOException {
    receiver.take(recordLine, buffer, start, recordEnd, fault);
    headerSeen = true;
  }
}
