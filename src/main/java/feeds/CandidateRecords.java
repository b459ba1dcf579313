package feeds;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;

/**
 * Passes on only the records of a CSV that may match, to save the parser work: the first one, which
 * is the header, those that contain the bytes of a word anywhere, and faults. The caller must still
 * check the parsed field. {@link RecordScanner} says what a record is, and {@link PassedRecords}
 * what is put in front of each.
 */
final class CandidateRecords extends InputStream {
  private final InputStream source;
  private final RecordWord word;
  private final RecordScanner scanner;
  private final PassedRecords passed = new PassedRecords();
  private boolean headerSeen;

  /**
   * @param source the CSV; closed with this stream
   * @param word what a record must contain to be passed on; empty for every record
   * @param encoding of the CSV, a superset of ASCII
   */
  CandidateRecords(InputStream source, String word, Charset encoding) {
    this.source = source;
    this.word = new RecordWord(word, encoding);
    this.scanner = new RecordScanner(source, new Matching());
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    while (passed.available() == 0) {
      if (!scanner.advance()) {
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

  /** Passes on what may match. */
  private final class Matching implements RecordScanner.Receiver {
    @Override
    public void take(long line, byte[] buffer, int from, int to, String fault) {
      if (!headerSeen || !fault.isEmpty() || word.isIn(buffer, from, to)) {
        passed.add(line, buffer, from, to, fault);
        headerSeen = true;
      }
    }

    /** Drops the records that end before the first quote, carriage return or word. */
    @Override
    public int takePlain(byte[] buffer, int from, int to) {
      if (word.isEmpty()) {
        return from;
      }
      int limit = Math.min(to, from + RecordScanner.LONGEST);
      int plainEnd = word.firstOrSpecial(buffer, from, to, limit);
      while (plainEnd > from && buffer[plainEnd - 1] != '\n') {
        plainEnd--;
      }
      return plainEnd;
    }
  }
}
