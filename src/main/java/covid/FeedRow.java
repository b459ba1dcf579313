package covid;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One row of a feed for the requested country, with its fields as text.
 *
 * @param line the physical line on which the row begins; the header is on line 1
 * @param raw the text of the row in the feed, truncated if very long
 * @param fault why the row cannot be read at all; empty if it can
 * @param date the text of the date column, null if the row ends before it
 * @param place the text of the place column, empty if there is none
 * @param figures the text of each metric's column, null if the row ends before it
 */
public record FeedRow(
    long line,
    String raw,
    String fault,
    @Nullable String date,
    String place,
    Map<Metric, @Nullable String> figures) {

  private static final Pattern ISO_DATE = Pattern.compile("(\\d{4})-(\\d{2})-(\\d{2})");
  private static final Pattern SLASHED_DATE = Pattern.compile("(\\d{4})/(\\d{1,2})/(\\d{1,2})");

  /** Plain and scientific notation; the lengths keep a number from becoming a memory hog. */
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(\\d{1,40}(\\.\\d{0,40})?|\\.\\d{1,40})([eE][+-]?\\d{1,3})?");

  private static final Pattern DIGITS = Pattern.compile("[+-]?\\d+(\\.0*)?");
  private static final Set<String> NOT_AVAILABLE = Set.of("", "na", "n/a", "nan", "null", "none");
  private static final BigInteger LARGEST = BigInteger.valueOf(Long.MAX_VALUE);

  /** The result of reading a row. */
  public sealed interface Reading {
    /** The figures of a day. */
    record Good(LocalDate date, String place, Map<Metric, Long> figures) implements Reading {}

    /**
     * A row that has a day but no figure.
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
  public Reading read() {
    @Nullable LocalDate day = null;
    try {
      if (!fault.isEmpty()) {
        throw new Unreadable(fault);
      }
      day = day(date);
      Map<Metric, Long> values = new TreeMap<>();
      boolean empty = false;
      for (Map.Entry<Metric, @Nullable String> figure : figures.entrySet()) {
        String text = figure.getValue();
        if (text == null) {
          throw new Unreadable("%s is missing".formatted(figure.getKey()));
        }
        if (NOT_AVAILABLE.contains(text.strip().toLowerCase(Locale.ROOT))) {
          empty = true;
        } else {
          values.put(figure.getKey(), count(figure.getKey(), text.strip()));
        }
      }
      return empty ? new Reading.Empty(day) : new Reading.Good(day, place.strip(), values);
    } catch (Unreadable e) {
      return new Reading.Bad(e.reason, day);
    }
  }

  private static LocalDate day(@Nullable String text) throws Unreadable {
    if (text == null) {
      throw new Unreadable("date is missing");
    }
    Matcher date = ISO_DATE.matcher(text.strip());
    if (!date.matches() && !date.usePattern(SLASHED_DATE).matches()) {
      throw new Unreadable("date '%s' is not YYYY-MM-DD".formatted(shown(text)));
    }
    try {
      return LocalDate.of(
          Integer.parseInt(date.group(1)),
          Integer.parseInt(date.group(2)),
          Integer.parseInt(date.group(3)));
    } catch (DateTimeException e) {
      throw new Unreadable("date '%s' is not in the calendar".formatted(shown(text)));
    }
  }

  private static long count(Metric metric, String text) throws Unreadable {
    if (DIGITS.matcher(text).matches() && text.length() > 40) {
      throw new Unreadable("%s '%s' is too large".formatted(metric, shown(text)));
    }
    if (!NUMBER.matcher(text).matches()) {
      throw new Unreadable("%s '%s' is not a number".formatted(metric, shown(text)));
    }
    BigDecimal value = new BigDecimal(text).stripTrailingZeros();
    if (value.signum() < 0) {
      throw new Unreadable("%s '%s' is negative".formatted(metric, shown(text)));
    }
    if (value.scale() > 0) {
      throw new Unreadable("%s '%s' is not a whole number".formatted(metric, shown(text)));
    }
    BigInteger whole = value.toBigIntegerExact();
    if (whole.compareTo(LARGEST) > 0) {
      throw new Unreadable("%s '%s' is too large".formatted(metric, shown(text)));
    }
    return whole.longValue();
  }

  private static String shown(String text) {
    return text.length() <= 40 ? text : text.substring(0, 40) + "...";
  }

  /** Why a field cannot be read; used only in this class. */
  private static final class Unreadable extends Exception {
    private static final long serialVersionUID = 1L;

    private final String reason;

    Unreadable(String reason) {
      super(reason, null, false, false);
      this.reason = reason;
    }
  }
}
