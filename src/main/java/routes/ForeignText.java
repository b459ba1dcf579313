package routes;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes text from outside harmless for people and their programs. */
public final class ForeignText {
  /** Characters that may end a line, move a cursor or reverse the writing direction. */
  private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]");

  /**
   * The beginning of a cell that a spreadsheet computes; the last four are full-width characters.
   */
  private static final Pattern FORMULA =
      Pattern.compile("[ \u00a0]*[=+@\\-\uff1d\uff0b\uff0d\uff20]");

  private ForeignText() {}

  /** The text in one line, with blanks for unprintable characters. */
  static String oneLine(String text) {
    return UNPRINTABLE.matcher(text).replaceAll(" ").replaceAll(" {2,}", " ").strip();
  }

  /** The text in one line, with its unprintable characters written as {@code \\u000a}. */
  public static String escaped(String text) {
    return UNPRINTABLE
        .matcher(text)
        .replaceAll(
            match ->
                Matcher.quoteReplacement(String.format("\\u%04x", match.group().codePointAt(0))));
  }

  /**
   * The text {@link #escaped} as a cell of a CSV: behind an apostrophe if it would be a formula.
   */
  static String cell(String text) {
    String line = escaped(text);
    return FORMULA.matcher(line).lookingAt() ? "'" + line : line;
  }
}
