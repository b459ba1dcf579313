package feeds;

import covid.FeedLayout;
import covid.FeedRow;
import covid.Metric;
import covid.Place;
import covid.PlaceSelection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Where the columns of a feed's layout are in its records, by the header. */
final class FeedColumns {
  /** The fields that {@link PassedRecords} puts in front of each record. */
  private static final int LINE = 0;

  private static final int RAW = 1;
  private static final int FAULT = 2;
  private static final int FIRST_COLUMN = 3;

  private static final int MOST_SHOWN = 40;

  private static final Pattern PAGE =
      Pattern.compile("\\s*<(!doctype\\s+html|html|head)\\b", Pattern.CASE_INSENSITIVE);

  private final List<String> missing;
  private final int width;
  private final int date;
  private final int place;
  private final String fixedPlace;
  private final int part;
  private final int name;
  private final Map<Metric, Integer> figures = new TreeMap<>();
  private final PlaceSelection places;

  /**
   * @param header the first record
   * @param places whose rows to read, if the feed has more than one place
   */
  FeedColumns(FeedSource source, PlaceSelection places, List<String> header) {
    FeedLayout layout = source.layout();
    this.places = places;
    width = header.size();
    missing =
        required(layout, places).stream().filter(column -> index(header, column) < 0).toList();
    date = index(header, layout.date());
    place = layout.place().map(column -> index(header, column)).orElse(-1);
    fixedPlace = source.place().map(Place::name).orElse("");
    part = layout.part().map(column -> index(header, column)).orElse(-1);
    name = layout.name().map(column -> index(header, column)).orElse(-1);
    layout.figures().forEach((metric, column) -> figures.put(metric, index(header, column)));
  }

  /** The columns that the header must have; version 0.1 read a feed without its parts, too. */
  static List<String> required(FeedLayout layout, PlaceSelection places) {
    return places.isSingle() ? layout.required() : layout.requiredOfPlaces();
  }

  /** Whether the first record is the begin of an HTML page, as some servers send to log in. */
  static boolean isPage(List<String> header) {
    return PAGE.matcher(header.get(RAW)).lookingAt();
  }

  /** The first characters of the first record, all of them printable. */
  static String begin(List<String> header) {
    String begin =
        header
            .get(RAW)
            .codePoints()
            .limit(MOST_SHOWN)
            .map(point -> isPrintable(point) ? point : '?')
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
    return begin.strip();
  }

  private static boolean isPrintable(int point) {
    int type = Character.getType(point);
    return type != Character.CONTROL
        && type != Character.FORMAT
        && type != Character.UNASSIGNED
        && type != Character.SURROGATE
        && type != Character.PRIVATE_USE
        && type != Character.LINE_SEPARATOR
        && type != Character.PARAGRAPH_SEPARATOR;
  }

  private static int index(List<String> header, String column) {
    for (int i = FIRST_COLUMN; i < header.size(); i++) {
      if (header.get(i).strip().equals(column)) {
        return i;
      }
    }
    return -1;
  }

  /** The required columns that the header lacks: if there are any, no record has a row. */
  List<String> missing() {
    return missing;
  }

  /** Whether a record is of the places; one with a fault may be. */
  boolean isOfPlaces(List<String> record) {
    return missing.isEmpty()
        && (!record.get(FAULT).isEmpty()
            || place < 0
            || places.only().isEmpty()
            || places.has(new Place(place(record))));
  }

  /** The row of a record. */
  FeedRow row(List<String> record) {
    Map<Metric, @Nullable String> texts = new TreeMap<>();
    figures.forEach((metric, index) -> texts.put(metric, field(record, index)));
    return new FeedRow(
        Long.parseLong(record.get(LINE)),
        record.get(RAW),
        fault(record),
        field(record, date),
        place(record),
        text(record, part),
        text(record, name),
        texts);
  }

  /** Of a record with more fields than columns it is not known which field is which. */
  private String fault(List<String> record) {
    String fault = record.get(FAULT);
    return !fault.isEmpty()
            || record.size() <= width
            || record.subList(width, record.size()).stream().allMatch(String::isBlank)
        ? fault
        : "the row has %d fields, and the header %d"
            .formatted(record.size() - FIRST_COLUMN, width());
  }

  private String place(List<String> record) {
    return place >= 0 ? text(record, place) : fixedPlace;
  }

  private static String text(List<String> record, int index) {
    String text = field(record, index);
    return text == null ? "" : text;
  }

  private static @Nullable String field(List<String> record, int index) {
    return index >= 0 && index < record.size() ? record.get(index) : null;
  }

  /** The index of the date in the record as it is in the feed. */
  int date() {
    return date - FIRST_COLUMN;
  }

  /** The index of the place in the record as it is in the feed; negative if there is none. */
  int place() {
    return place - FIRST_COLUMN;
  }

  /** The index of the part in the record as it is in the feed; negative if there is none. */
  int part() {
    return part - FIRST_COLUMN;
  }

  /** The indices of the figures, by their metrics, in the record as it is in the feed. */
  int[] figures() {
    return figures.values().stream().mapToInt(index -> index - FIRST_COLUMN).toArray();
  }

  /** How many columns the header has. */
  int width() {
    return width - FIRST_COLUMN;
  }

  /** How many of the first fields of a record in the feed matter. */
  int count() {
    return 1
        + IntStream.concat(IntStream.of(date(), place(), part()), IntStream.of(figures()))
            .max()
            .getAsInt();
  }
}
