package feeds;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Lets only those records of a CSV through that may be wanted, so that the parser behind it sees
 * few: the first one, which is the header, and those that hold the bytes of a word anywhere. A test
 * of the parsed field must follow; this one only saves work.
 *
 * <p>Each record comes with three fields in front, for the parser behind does not know where it is:
 *
 * <pre>
 *   line , raw text , fault , the record as it was
 * </pre>
 *
 * the physical line on which it begins (the header's is 1 if nothing stands before it), the
 * record's text up to {@value PassedRecords#MOST_SHOWN} bytes, and why it cannot be parsed (empty
 * if it can; then its fields are left out).
 *
 * <p>Records end at a line feed, a carriage return or both, unless inside quotes; quotes open only
 * at the begin of a field and are doubled inside. A byte order mark and blank lines are dropped.
 * The encoding is any in which ASCII stands for itself. Memory is bounded: a record of more than
 * {@value #LONGEST} bytes is let through as a fault.
 */
final class CandidateRecords extends InputStream {
  /** Bytes that a record may have. */
  static final int LONGEST = 64 * 1024;

  private static final String TOO_LONG = "the row is longer than " + LONGEST + " bytes";

  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

  private final InputStream source;
  private final byte[] word;

  /** What was read and not yet let through or dropped: the record from start, seen up to at. */
  private final byte[] buffer = new byte[2 * LONGEST];

  private int start;
  private int at;
  private int end;
  private boolean begun;
  private boolean sourceEnded;

  private boolean inQuotes;
  private int quoteClosedAt = -1;
  private boolean afterReturn;
  private boolean headerSeen;
  private long line = 1;
  private long recordLine = 1;

  /** Whether the rest of a too long record is being passed over. */
  private boolean skipping;

  private final PassedRecords passed = new PassedRecords();

  /**
   * @param source the CSV; closed with this stream
   * @param word what a record must hold to be let through; empty lets every record through
   */
  CandidateRecords(InputStream source, String word) {
    this.source = source;
    // A quote inside a field is doubled, so the word is searched only up to one.
    int quote = word.indexOf('"');
    this.word = (quote < 0 ? word : word.substring(0, quote)).getBytes(StandardCharsets.UTF_8);
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

  /** Goes on to the end of the next record, or reads more; false at the end of everything. */
  private boolean advance() throws IOException {
    if (at == end && !fill()) {
      if (start == end) {
        return false;
      }
      endRecord(end);
      start = end;
      return true;
    }
    if (at == start && headerSeen && word.length > 0 && !afterReturn) {
      dropPlainRecords();
    }
    if (findEnd()) {
      endRecord(at);
      at++;
      start = at;
      recordLine = line;
    } else if (end - start > LONGEST) {
      cutRecord();
    }
    return true;
  }

  /** Makes room behind what is kept and reads into it. */
  private boolean fill() throws IOException {
    if (sourceEnded) {
      return false;
    }
    if (start > 0) {
      System.arraycopy(buffer, start, buffer, 0, end - start);
      quoteClosedAt -= start;
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
    if (!begun) {
      begun = true;
      dropByteOrderMark();
    }
    return true;
  }

  private void dropByteOrderMark() throws IOException {
    while (end < BYTE_ORDER_MARK.length && buffer[0] == BYTE_ORDER_MARK[0]) {
      int count = source.read(buffer, end, buffer.length - end);
      if (count < 0) {
        sourceEnded = true;
        return;
      }
      end += count;
    }
    if (end >= 3 && Arrays.equals(buffer, 0, 3, BYTE_ORDER_MARK, 0, 3)) {
      start = 3;
      at = 3;
    }
  }

  /**
   * Drops all records at once that end before the first quote, carriage return or word. These are
   * nearly all, and so many more steps would be taken one record at a time.
   */
  private void dropPlainRecords() {
    int plainEnd = plainEnd();
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
   * Where the first quote, carriage return or word is, but not farther than a record may be long.
   */
  private int plainEnd() {
    int limit = Math.min(end, start + LONGEST);
    int next = start;
    while (true) {
      next = ByteSearch.firstOf((byte) '"', (byte) '\r', word[0], buffer, next, limit);
      if (next == limit || buffer[next] != word[0] || isWordAt(next, end)) {
        return next;
      }
      next++;
    }
  }

  /** Moves on to the line end of the current record; false if that is not in the buffer yet. */
  private boolean findEnd() {
    for (; at < end; at++) {
      int next = ByteSearch.firstOf((byte) '"', (byte) '\r', (byte) '\n', buffer, at, end);
      if (next > at) {
        afterReturn = false;
        at = next;
        if (at == end) {
          return false;
        }
      }
      byte b = buffer[at];
      if (b == '"') {
        quote();
      } else if (b == '\n' || b == '\r') {
        boolean secondHalf = b == '\n' && afterReturn;
        afterReturn = b == '\r';
        if (secondHalf) {
          if (!inQuotes) {
            // The line ended at the carriage return before.
            start = at + 1;
          }
          continue;
        }
        line++;
        if (!inQuotes) {
          return true;
        }
        continue;
      }
      afterReturn = false;
    }
    return false;
  }

  private void quote() {
    if (inQuotes) {
      inQuotes = false;
      quoteClosedAt = at;
    } else if (at == start || buffer[at - 1] == ',' || quoteClosedAt == at - 1) {
      inQuotes = true;
    }
  }

  /** The current record, of start up to the given end, is whole. */
  private void endRecord(int recordEnd) {
    if (skipping) {
      skipping = false;
    } else if (recordEnd - start > LONGEST) {
      letThrough(recordEnd, TOO_LONG);
      headerSeen = true;
    } else if (!isBlank(recordEnd) && (!headerSeen || holdsWord(recordEnd))) {
      letThrough(recordEnd, "");
      headerSeen = true;
    }
    inQuotes = false;
    quoteClosedAt = -1;
  }

  /** The current record is too long: says so once, and drops what there is of it. */
  private void cutRecord() {
    if (!skipping) {
      letThrough(end, TOO_LONG);
      headerSeen = true;
      skipping = true;
    }
    // The last byte stays: whether a quote opens depends on it.
    start = end - 1;
  }

  private boolean isBlank(int recordEnd) {
    for (int i = start; i < recordEnd; i++) {
      if (buffer[i] != ' ' && buffer[i] != '\t') {
        return false;
      }
    }
    return true;
  }

  private boolean holdsWord(int recordEnd) {
    if (word.length == 0) {
      return true;
    }
    for (int i = start; i < recordEnd; i++) {
      if (buffer[i] == word[0] && isWordAt(i, recordEnd)) {
        return true;
      }
    }
    return false;
  }

  private boolean isWordAt(int index, int limit) {
    int wordEnd = index + word.length;
    return wordEnd <= limit && Arrays.equals(buffer, index, wordEnd, word, 0, word.length);
  }

  private void letThrough(int recordEnd, String fault) {
    // Cut off inside quotes: they are closed, for the parser behind must find an end.
    passed.add(recordLine, buffer, start, recordEnd, inQuotes, fault);
  }
}
