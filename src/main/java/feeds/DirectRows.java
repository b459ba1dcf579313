package feeds;

import covid.FeedDays;
import covid.FeedRow;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.Charset;
import java.util.List;
import java.util.function.Function;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.jspecify.annotations.Nullable;

/**
 * Adds the rows of a feed of many places straight from the bytes, as far as they are {@linkplain
 * PlainFields plain} and hold only texts that were met before. Any other record, in its turn, is
 * parsed and read as it is in a feed of one place; what its texts meant is then known for the next
 * ones. So a row gives the same whichever way it goes. Not thread-safe.
 */
final class DirectRows implements RecordScanner.Receiver {
  private final FeedDays days;
  private final Charset encoding;
  private final Function<List<String>, FeedColumns> byHeader;
  private final CSVFormat format = CsvFormats.feed().getCsvFormat();
  private final PassedRecords passed = new PassedRecords();
  private @Nullable FeedColumns columns;
  private @Nullable PlainRows plain;

  /**
   * @param days to which the rows are added
   * @param encoding of the feed
   * @param byHeader the columns by the first record
   */
  DirectRows(FeedDays days, Charset encoding, Function<List<String>, FeedColumns> byHeader) {
    this.days = days;
    this.encoding = encoding;
    this.byHeader = byHeader;
  }

  @Override
  public int takePlain(byte[] buffer, int from, int to) {
    return plain == null ? from : plain.add(buffer, from, to);
  }

  @Override
  public void take(long line, byte[] buffer, int from, int to, String fault) throws IOException {
    if (columns == null) {
      columns = byHeader.apply(parsed(line, buffer, from, to, fault));
      plain = columns.missing().isEmpty() ? new PlainRows(columns, days) : null;
    } else if (plain != null) {
      List<String> record = parsed(line, buffer, from, to, fault);
      if (columns.isOfPlaces(record)) {
        FeedRow row = columns.row(record);
        plain.learn(buffer, from, to, row, days.add(row));
      } else {
        plain.learnNotAskedFor(buffer, from, to);
      }
    }
  }

  private List<String> parsed(long line, byte[] buffer, int from, int to, String fault)
      throws IOException {
    passed.add(line, buffer, from, to, fault);
    byte[] bytes = new byte[passed.available()];
    int length = passed.read(bytes, 0, bytes.length);
    String text = new String(bytes, 0, length, encoding);
    try (CSVParser parser = CSVParser.parse(new StringReader(text), format)) {
      return parser.iterator().next().toList();
    }
  }
}
