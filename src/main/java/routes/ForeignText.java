package routes;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Text that comes from outside, made harmless where people or their programs will read it. */
final class ForeignText {
  /** What may end a line, move a cursor or turn the order of letters around. */
  private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]");

  /** How a cell begins that a spreadsheet computes; the last four are wide ones. */
  private static final Pattern FORMULA =
      Pattern.compile("[ \u00a0]*[=+@\\-\uff1d\uff0b\uff0d\uff20]");

  private ForeignText() {}

  /** The text in one line, a blank in place of what cannot be printed. */
  static String oneLine(String text) {
    return UNPRINTABLE.matcher(text).replaceAll(" ").replaceAll(" {2,}", " ").strip();
  }

  /**
   * The text as a cell of a CSV: in one line, its unprintable characters written as {@code
   * \\u000a}, and behind an apostrophe if it would be a formula.
   */
  static String cell(String text) {
    String line =
        UNPRINTABLE
            .matcher(text)
            .replaceAll(
                match ->
                    Matcher.quoteReplacement(
                        String.format("\\u%04x", match.group().codePointAt(0))));
    return FORMULA.matcher(line).lookingAt() ? "'" + line : line;
  }
}
