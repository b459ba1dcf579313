package webhooks;

/** Texts that are shortened to what a receiver takes. */
final class Shortened {
  /** Stands for what is left out. */
  static final String MORE = "...";

  private Shortened() {}

  /**
   * The beginning of a text.
   *
   * @param longest how many characters may remain
   */
  static String to(int longest, String text) {
    if (text.length() <= longest) {
      return text;
    }
    int end = longest - MORE.length();
    // Not between the two halves of a character.
    return text.substring(0, Character.isLowSurrogate(text.charAt(end)) ? end - 1 : end) + MORE;
  }
}
