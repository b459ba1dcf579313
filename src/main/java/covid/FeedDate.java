package covid;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How a feed writes its dates.
 *
 * @param pattern as in {@link DateTimeFormatter}, for example {@code dd.MM.uuuu}; empty: {@code
 *     2020-01-22} or {@code 2020/1/22}
 */
public record FeedDate(Optional<Format> pattern) {
  /** ISO 8601, or with slashes and without leading zeros. */
  public static final FeedDate ISO = new FeedDate(Optional.empty());

  private static final Pattern ISO_DATE = Pattern.compile("(\\d{4})-(\\d{2})-(\\d{2})");
  private static final Pattern SLASHED_DATE = Pattern.compile("(\\d{4})/(\\d{1,2})/(\\d{1,2})");

  /** A pattern and what it means. */
  public record Format(String pattern, DateTimeFormatter formatter) {}

  /**
   * Reads a pattern; years as {@code yyyy} or {@code uuuu}.
   *
   * @throws IllegalArgumentException if it is not one, or does not give a day, month and year
   */
  public static FeedDate of(String pattern) {
    LocalDate example = LocalDate.of(2020, 1, 22);
    try {
      DateTimeFormatter formatter =
          DateTimeFormatter.ofPattern(withoutEra(pattern), Locale.ROOT)
              .withResolverStyle(ResolverStyle.STRICT);
      if (LocalDate.parse(formatter.format(example), formatter).equals(example)) {
        return new FeedDate(Optional.of(new Format(pattern, formatter)));
      }
    } catch (IllegalArgumentException e) {
      throw e;
    } catch (RuntimeException e) {
      // It lacks a field, or has one that a date does not have; at some patterns that it takes, as
      // padded fields without anything between, java.time fails by an error of its own.
    }
    throw new IllegalArgumentException(
        "'%s' does not give the day, the month and the year".formatted(pattern));
  }

  /** With {@code u} for {@code y}, which would need an era, but in quoted text. */
  private static String withoutEra(String pattern) {
    StringBuilder text = new StringBuilder(pattern);
    boolean quoted = false;
    for (int i = 0; i < text.length(); i++) {
      quoted ^= text.charAt(i) == '\'';
      if (!quoted && text.charAt(i) == 'y') {
        text.setCharAt(i, 'u');
      }
    }
    return text.toString();
  }

  /** The date of a text. */
  LocalDate read(@Nullable String text) throws UnreadableException {
    if (text == null) {
      throw new UnreadableException("date is missing");
    }
    return pattern.isPresent() ? read(text, pattern.get()) : readIso(text);
  }

  private static LocalDate read(String text, Format format) throws UnreadableException {
    try {
      return LocalDate.parse(text.strip(), format.formatter());
    } catch (DateTimeException e) {
      throw new UnreadableException(
          "date '%s' is not %s".formatted(UnreadableException.shown(text), format.pattern()));
    }
  }

  private static LocalDate readIso(String text) throws UnreadableException {
    Matcher date = ISO_DATE.matcher(text.strip());
    if (!date.matches() && !date.usePattern(SLASHED_DATE).matches()) {
      throw new UnreadableException(
          "date '%s' is not YYYY-MM-DD".formatted(UnreadableException.shown(text)));
    }
    try {
      return LocalDate.of(
          Integer.parseInt(date.group(1)),
          Integer.parseInt(date.group(2)),
          Integer.parseInt(date.group(3)));
    } catch (DateTimeException e) {
      throw new UnreadableException(
          "date '%s' is not in the calendar".formatted(UnreadableException.shown(text)));
    }
  }
}
