package covid;

import static covid.UnreadableException.shown;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One row of a feed, of a place that was asked for, with its fields as text.
 *
 * @param line the physical line on which the row begins; the header is on line 1
 * @param raw the text of the row in the feed, truncated if very long
 * @param fault why the row cannot be read at all; empty if it can
 * @param date the text of the date column, null if the row ends before it
 * @param place the place; blank if its column is, or if the row ends before it
 * @param part the text of the column of the part, empty if there is none
 * @param name the text of the column of the place's name, empty if there is none
 * @param figures the text of each metric's column, null if the row ends before it
 */
public record FeedRow(
    long line,
    String raw,
    String fault,
    @Nullable String date,
    String place,
    String part,
    String name,
    Map<Metric, @Nullable String> figures) {

  /** Plain and scientific notation; the lengths keep a number from becoming a memory hog. */
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(\\d{1,40}(\\.\\d{0,40})?|\\.\\d{1,40})([eE][+-]?\\d{1,3})?");

  private static final Pattern DIGITS = Pattern.compile("[+-]?\\d+(\\.0*)?");
  private static final Set<String> NOT_AVAILABLE = Set.of("", "na", "n/a", "nan", "null", "none");
  private static final int LONGEST_NOT_AVAILABLE = 4;
  private static final int SAFE_DIGITS = 18;
  private static final BigInteger LARGEST = BigInteger.valueOf(Long.MAX_VALUE);

  /** The result of reading a row. */
  public sealed interface Reading {
    /** The day; null if that cannot be read. */
    @Nullable LocalDate date();

    /** Some or all figures of a day. */
    record Good(LocalDate date, String part, Map<Metric, Long> figures) implements Reading {}

    /**
     * A row that has a day but no figure, or lacks a required one.
     *
     * @param date the day
     */
    record Empty(LocalDate date) implements Reading {}

    /**
     * A row that cannot be trusted.
     *
     * @param reason why
     * @param date its day; null if that cannot be read either
     */
    record Bad(String reason, @Nullable LocalDate date) implements Reading {}
  }

  /** Reads the fields. Never throws: an unreadable row is {@link Reading.Bad}. */
  public Reading read(FeedLayout layout) {
    @Nullable LocalDate day = null;
    try {
      if (!fault.isEmpty()) {
        throw new UnreadableException(fault);
      }
      day = layout.dates().read(date);
      Map<Metric, Long> values = new TreeMap<>();
      for (Map.Entry<Metric, @Nullable String> figure : figures.entrySet()) {
        String text = figure.getValue();
        if (text == null) {
          throw new UnreadableException("%s is missing".formatted(figure.getKey()));
        }
        String stripped = text.strip();
        if (!isNotAvailable(stripped)) {
          values.put(figure.getKey(), count(figure.getKey(), stripped));
        }
      }
      return values.isEmpty() || !values.keySet().containsAll(layout.needed())
          ? new Reading.Empty(day)
          : new Reading.Good(day, part.strip(), values);
    } catch (UnreadableException e) {
      return new Reading.Bad(e.reason(), day);
    }
  }

  private static boolean isNotAvailable(String text) {
    return text.length() <= LONGEST_NOT_AVAILABLE
        && NOT_AVAILABLE.contains(text.toLowerCase(Locale.ROOT));
  }

  private static long count(Metric metric, String text) throws UnreadableException {
    if (isPlain(text)) {
      return Long.parseLong(text);
    }
    if (DIGITS.matcher(text).matches() && text.length() > 40) {
      throw new UnreadableException("%s '%s' is too large".formatted(metric, shown(text)));
    }
    if (!NUMBER.matcher(text).matches()) {
      throw new UnreadableException("%s '%s' is not a number".formatted(metric, shown(text)));
    }
    BigDecimal value = new BigDecimal(text).stripTrailingZeros();
    if (value.signum() < 0) {
      throw new UnreadableException("%s '%s' is negative".formatted(metric, shown(text)));
    }
    if (value.scale() > 0) {
      throw new UnreadableException("%s '%s' is not a whole number".formatted(metric, shown(text)));
    }
    BigInteger whole = value.toBigIntegerExact();
    if (whole.compareTo(LARGEST) > 0) {
      throw new UnreadableException("%s '%s' is too large".formatted(metric, shown(text)));
    }
    return whole.longValue();
  }

  /** Whether a text is only digits and short, as nearly all are: it needs no closer look. */
  private static boolean isPlain(String text) {
    if (text.isEmpty() || text.length() > SAFE_DIGITS) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9') {
        return false;
      }
    }
    return true;
  }
}
