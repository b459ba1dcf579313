package covid;

/** A field of a row cannot be read. */
final class UnreadableException extends Exception {
  private static final long serialVersionUID = 1L;

  private static final int MOST_SHOWN = 40;

  private final String reason;

  UnreadableException(String reason) {
    super(reason, null, false, false);
    this.reason = reason;
  }

  /** Why, without the place in the feed. */
  String reason() {
    return reason;
  }

  /** The beginning of a text from a feed. */
  static String shown(String text) {
    return text.length() <= MOST_SHOWN ? text : text.substring(0, MOST_SHOWN) + "...";
  }
}
