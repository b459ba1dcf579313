package feeds;

import static java.util.Objects.requireNonNull;

import covid.FeedDays;
import covid.FeedRow;
import covid.FeedSet;
import covid.PlaceSelection;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.commons.codec.digest.DigestUtils;
import org.jspecify.annotations.Nullable;

/**
 * Reads one pull of a feed. Its methods are the steps, in this order: {@link #candidates} on the
 * body, {@link #rows} on the parsed records, {@link #add} on each row, {@link #finish} at the end.
 * Where nearly every record is a row, {@link #read} on the body is all but the last of them, and
 * comes to the same much sooner. Memory does not grow with the feed.
 */
public final class FeedReader {
  private final FeedSource source;
  private final PlaceSelection places;
  private final long maxBytes;
  private final FeedDays days;
  private @Nullable FeedBody body;
  private List<String> missingColumns;
  private FeedSet.Head head;

  /**
   * @param source the feed
   * @param places whose rows to read, if the feed has more than one place
   * @param maxBytes the maximum length of the unpacked body
   * @param clock the current time, see {@link FeedDays}
   */
  public FeedReader(FeedSource source, PlaceSelection places, long maxBytes, Clock clock) {
    this.source = source;
    this.places = places;
    this.maxBytes = maxBytes;
    this.days = new FeedDays(source.name(), source.layout(), clock);
    this.missingColumns = FeedColumns.required(source.layout(), places);
    this.head = new FeedSet.Head(false, "", source.place().isEmpty());
  }

  /** Takes all steps but the last at once, for many places. */
  public void read(InputStream packed) throws IOException {
    try (FeedBody whole = new FeedBody(packed, maxBytes, new SideDigest())) {
      body = whole;
      RecordScanner scanner =
          new RecordScanner(whole, new DirectRows(days, source.encoding(), this::columns));
      while (scanner.advance()) {
        // Each step hands records over.
      }
    }
  }

  /** Reduces the body to the records that may be of the places. */
  public InputStream candidates(InputStream packed) {
    body = new FeedBody(packed, maxBytes, DigestUtils.getSha256Digest());
    boolean single = source.layout().place().isPresent() && places.isSingle();
    return new CandidateRecords(body, single ? places.toString() : "", source.encoding());
  }

  /**
   * Selects the rows of the places from the parsed records, the first of which is the header.
   * Always reads to the end of the body, to detect one that was cut short.
   */
  public Iterator<FeedRow> rows(Iterator<List<String>> records) {
    if (!records.hasNext()) {
      return List.<FeedRow>of().iterator();
    }
    return new Rows(records, columns(records.next()));
  }

  private FeedColumns columns(List<String> header) {
    FeedColumns columns = new FeedColumns(source, places, header);
    missingColumns = columns.missing();
    if (!missingColumns.isEmpty()) {
      head =
          new FeedSet.Head(FeedColumns.isPage(header), FeedColumns.begin(header), head.hasPlaces());
    }
    return columns;
  }

  /** Adds one row. */
  public void add(FeedRow row) {
    days.add(row);
  }

  /**
   * The result of the pull.
   *
   * @param etag the entity tag that came with the body, empty if none
   */
  public FeedSet finish(String etag) {
    FeedBody read = requireNonNull(body, "no candidates were asked for");
    FeedSet.Origin origin =
        new FeedSet.Origin(source.name(), source.shownUrl(), etag, read.bytes(), read.sha256());
    return new FeedSet(
        origin,
        missingColumns,
        head,
        days.counts(),
        days.days(),
        days.names(),
        days.gaps(),
        days.quarantine());
  }

  /** The rows of the places, one by one. */
  private static final class Rows implements Iterator<FeedRow> {
    private final Iterator<List<String>> records;
    private final FeedColumns columns;
    private @Nullable FeedRow next;

    Rows(Iterator<List<String>> records, FeedColumns columns) {
      this.records = records;
      this.columns = columns;
    }

    @Override
    public boolean hasNext() {
      while (next == null && records.hasNext()) {
        List<String> record = records.next();
        if (columns.isOfPlaces(record)) {
          next = columns.row(record);
        }
      }
      return next != null;
    }

    @Override
    public FeedRow next() {
      FeedRow row = hasNext() ? next : null;
      if (row == null) {
        throw new NoSuchElementException();
      }
      next = null;
      return row;
    }
  }
}
