package web;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.text.NumberFormat;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/**
 * Numbers, days and times as a person reads them: the very words of {@code words.js}, so that the
 * page does not change under the eyes of its reader when its script takes over. Only moments
 * differ: those of the page are in the time zone of its reader.
 */
final class ReaderWords {
  private static final DateTimeFormatter DAY = format("d MMMM yyyy");
  private static final DateTimeFormatter BRIEF_DAY = format("d MMM yyyy");
  private static final DateTimeFormatter DAY_OF_YEAR = format("d MMM");
  private static final DateTimeFormatter MONTH = format("MMM");
  private static final DateTimeFormatter MOMENT =
      format("d MMMM yyyy 'at' HH:mm 'UTC'").withZone(ZoneOffset.UTC);

  /** From here on, a figure that is no count is read without its fraction. */
  private static final int MANY = 100;

  /** The digits that a reader keeps in mind. */
  private static final MathContext THREE_DIGITS = new MathContext(3, RoundingMode.HALF_UP);

  private ReaderWords() {}

  private static DateTimeFormatter format(String pattern) {
    return DateTimeFormatter.ofPattern(pattern, Locale.UK);
  }

  static String day(LocalDate date) {
    return DAY.format(date);
  }

  static String briefDay(LocalDate date) {
    return BRIEF_DAY.format(date);
  }

  static String dayOfYear(LocalDate date) {
    return DAY_OF_YEAR.format(date);
  }

  static String month(LocalDate date) {
    return MONTH.format(date);
  }

  static String moment(Instant moment) {
    return MOMENT.format(moment);
  }

  /** A figure: {@code 1,234}. */
  static String number(Number value) {
    NumberFormat format = NumberFormat.getInstance(Locale.ENGLISH);
    format.setMaximumFractionDigits(3);
    return minus(format.format(value));
  }

  /** A change: {@code +1,234}, and 0 without a sign. */
  static String change(Number value) {
    return (value.doubleValue() > 0 ? "+" : "") + number(value);
  }

  /** A figure of a headline. */
  static String brief(Number value) {
    double exact = value.doubleValue();
    return exact == Math.rint(exact) || Math.abs(exact) >= MANY
        ? number(Math.round(exact))
        : number(threeDigits(exact));
  }

  private static BigDecimal threeDigits(double value) {
    return new BigDecimal(String.valueOf(value)).round(THREE_DIGITS);
  }

  /** A figure beside an axis: {@code 1.2M}. */
  static String roughly(double value) {
    if (value != Math.rint(value) && Math.abs(value) < 10) {
      return number(value);
    }
    NumberFormat compact =
        NumberFormat.getCompactNumberInstance(Locale.ENGLISH, NumberFormat.Style.SHORT);
    compact.setMaximumFractionDigits(1);
    compact.setRoundingMode(RoundingMode.HALF_UP);
    return minus(compact.format(value));
  }

  /** A value beside an earlier one: as a percentage, or as a difference where that says nothing. */
  static String beside(double value, double before) {
    boolean isShare = before > 0 && value >= 0;
    double difference = isShare ? (value - before) / before * 100 : value - before;
    return change(threeDigits(difference)) + (isShare ? "%" : "");
  }

  /** One, two or more things: {@code a, b and c}. */
  static String list(List<String> things) {
    int last = things.size() - 1;
    return last < 1
        ? String.join("", things)
        : String.join(", ", things.subList(0, last)) + " and " + things.get(last);
  }

  /** So many of something. */
  static String count(long many, String one, String more) {
    return number(many) + " " + (many == 1 ? one : more);
  }

  private static String minus(String text) {
    return text.replace('-', '−');
  }
}
