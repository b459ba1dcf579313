package feeds;

import static java.util.Objects.requireNonNull;

import covid.FeedDays;
import covid.FeedLayout;
import covid.FeedRow;
import covid.FeedSet;
import covid.Metric;
import covid.Place;
import covid.PlaceSelection;
import java.io.InputStream;
import java.time.Clock;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads one pull of a feed. Its methods are the steps, in this order: {@link #candidates} on the
 * body, {@link #rows} on the parsed records, {@link #add} on each row, {@link #finish} at the end.
 * Memory does not grow with the feed.
 */
public final class FeedReader {
  /** The fields that {@link CandidateRecords} prepends to each record. */
  private static final int LINE = 0;

  private static final int RAW = 1;
  private static final int FAULT = 2;
  private static final int FIRST_COLUMN = 3;

  private final FeedSource source;
  private final PlaceSelection places;
  private final long maxBytes;
  private final FeedDays days;
  private @Nullable FeedBody body;
  private List<String> missingColumns;

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
    this.missingColumns = source.layout().required();
  }

  /** Reduces the body to the records that may be of the places. */
  public InputStream candidates(InputStream packed) {
    body = new FeedBody(packed, maxBytes);
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
    List<String> header = records.next();
    FeedLayout layout = source.layout();
    missingColumns =
        layout.required().stream().filter(column -> index(header, column) < 0).toList();
    return new Rows(records, new Columns(source, header));
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
        origin, missingColumns, days.counts(), days.days(), days.gaps(), days.quarantine());
  }

  private static int index(List<String> header, String column) {
    for (int i = FIRST_COLUMN; i < header.size(); i++) {
      if (header.get(i).strip().equals(column)) {
        return i;
      }
    }
    return -1;
  }

  /** The positions of the layout's columns in a record. */
  private static final class Columns {
    private final int date;
    private final Optional<Integer> place;
    private final String fixedPlace;
    private final int part;
    private final Map<Metric, Integer> figures = new TreeMap<>();

    Columns(FeedSource source, List<String> header) {
      FeedLayout layout = source.layout();
      date = index(header, layout.date());
      place = layout.place().map(column -> index(header, column));
      fixedPlace = source.place().map(Place::name).orElse("");
      part = layout.part().map(column -> index(header, column)).orElse(-1);
      layout.figures().forEach((metric, column) -> figures.put(metric, index(header, column)));
    }

    FeedRow row(List<String> record) {
      Map<Metric, @Nullable String> texts = new TreeMap<>();
      figures.forEach((metric, index) -> texts.put(metric, field(record, index)));
      return new FeedRow(
          Long.parseLong(record.get(LINE)),
          record.get(RAW),
          record.get(FAULT),
          field(record, date),
          place(record),
          text(record, part),
          texts);
    }

    String place(List<String> record) {
      return place.isPresent() ? text(record, place.get()) : fixedPlace;
    }

    private static String text(List<String> record, int index) {
      String text = field(record, index);
      return text == null ? "" : text;
    }

    private static @Nullable String field(List<String> record, int index) {
      return index >= 0 && index < record.size() ? record.get(index) : null;
    }
  }

  /** The rows of the places, one by one. */
  private final class Rows implements Iterator<FeedRow> {
    private final Iterator<List<String>> records;
    private final Columns columns;
    private @Nullable FeedRow next;

    Rows(Iterator<List<String>> records, Columns columns) {
      this.records = records;
      this.columns = columns;
    }

    @Override
    public boolean hasNext() {
      while (next == null && records.hasNext()) {
        List<String> record = records.next();
        if (missingColumns.isEmpty() && isWanted(record)) {
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

    /** Rows with a fault are included: their place is unknown. */
    private boolean isWanted(List<String> record) {
      return !record.get(FAULT).isEmpty()
          || columns.place.isEmpty()
          || places.only().isEmpty()
          || places.has(new Place(columns.place(record)));
    }
  }
}
