package feeds;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;

/**
 * Passes on only the records of a CSV that may match, to save the parser work: the first one, which
 * is the header, and those that contain the bytes of a word anywhere. The caller must still check
 * the parsed field.
 *
 * <p>Three fields are prepended to each record, since the parser cannot know its position:
 *
 * <pre>
 *   line , raw text , fault , the record as it was
 * </pre>
 *
 * the physical line on which it begins (the header's is 1 if nothing comes before it), the record's
 * text up to {@value PassedRecords#MOST_SHOWN} bytes, and why it cannot be parsed (empty if it can;
 * then its fields are left out).
 *
 * <p>Records end at a line feed, a carriage return or both, unless inside quotes; quotes open only
 * at the beginning of a field and are doubled inside. A byte order mark is dropped, and so are
 * records with only empty or blank fields, quoted or not, as spreadsheets leave them. The encoding
 * is any superset of ASCII.
 *
 * <p>An unclosed quote would swallow the rest of the feed. So a record is passed on as a fault if
 * it is longer than {@value #LONGEST} bytes or {@value #MOST_LINES} lines, if the feed ends inside
 * its quotes, or if text follows the quote that closes on another line than it began. Only its
 * first line is skipped: the next record begins on the line after that. So memory is bounded, and a
 * line is read at most {@value #MOST_LINES} times.
 */
final class CandidateRecords extends InputStream {
  /** The maximum bytes of a record. */
  static final int LONGEST = 64 * 1024;

  /** The maximum lines of a record. */
  static final int MOST_LINES = 10;

  private static final String NOT_CLOSED = ": a quote in it seems not to be closed";
  private static final String TOO_LONG = "the row is longer than " + LONGEST + " bytes";
  private static final String TOO_MANY_LINES =
      "the row is longer than " + MOST_LINES + " lines" + NOT_CLOSED;
  private static final String OPEN_AT_END = "the feed ends inside the row" + NOT_CLOSED;
  private static final String CLOSED_INSIDE_TEXT =
      "the row goes on in the middle of another line" + NOT_CLOSED;

  private final InputStream source;
  private final RecordWord word;

  /** What was read and not yet passed on or dropped: the record from start, scanned up to at. */
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

  private final PassedRecords passed = new PassedRecords();

  /**
   * @param source the CSV; closed with this stream
   * @param word what a record must contain to be passed on; empty for every record
   * @param encoding of the CSV, a superset of ASCII
   */
  CandidateRecords(InputStream source, String word, Charset encoding) {
    this.source = new WithoutByteOrderMark(source);
    this.word = new RecordWord(word, encoding);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    while (passed.available() == 0) {
      if (!advance()) {
        return -1;
      }
    }
    return passed.read(target, offset, length);
  }

  @Override
  public int available() {
    return passed.available();
  }

  @Override
  public void close() throws IOException {
    source.close();
  }

  /** Moves on to the end of the next record, or reads more; false at the end of the feed. */
  private boolean advance() throws IOException {
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
    if (at == start && headerSeen && !word.isEmpty() && !afterReturn && !skipping) {
      dropPlainRecords();
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

  /**
   * Drops at once all records that end before the first quote, carriage return or word. These are
   * most of a feed, and one by one they would take many more steps.
   */
  private void dropPlainRecords() {
    int plainEnd = word.firstOrSpecial(buffer, start, end, Math.min(end, start + LONGEST));
    int records = ByteSearch.count((byte) '\n', buffer, start, plainEnd);
    if (records > 0) {
      line += records;
      recordLine = line;
      start = plainEnd;
      while (buffer[start - 1] != '\n') {
        start--;
      }
      at = start;
    }
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
          if (!quotes.areOpen()) {
            // The line ended at the carriage return before.
            start = at + 1;
          }
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

  /** The current record ends here: passes it on if it may match. */
  private void endRecord(int recordEnd) {
    if (skipping) {
      beginRecord(recordEnd + 1);
    } else if (recordEnd - start > LONGEST) {
      giveUp(tooLong(), recordEnd);
    } else if (quotes.hasTextBehind() && firstLineEnd >= 0) {
      giveUp(CLOSED_INSIDE_TEXT, recordEnd);
    } else {
      if (!Quotes.holdNothing(buffer, start, recordEnd)
          && (!headerSeen || word.isIn(buffer, start, recordEnd))) {
        letThrough(recordEnd, "");
      }
      beginRecord(recordEnd + 1);
    }
  }

  /** The current record is too long already. */
  private void cutRecord() {
    if (firstLineEnd >= 0) {
      giveUp(tooLong(), end);
    } else {
      if (!skipping) {
        letThrough(end, tooLong());
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
  private void giveUp(String fault, int recordEnd) {
    if (firstLineEnd < 0) {
      letThrough(recordEnd, fault);
      beginRecord(recordEnd + 1);
    } else {
      letThrough(firstLineEnd, fault);
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

  private void letThrough(int recordEnd, String fault) {
    passed.add(recordLine, buffer, start, recordEnd, fault);
    headerSeen = true;
  }
}
