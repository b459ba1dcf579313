package check;

import java.util.Locale;

/**
 * What a check has found.
 *
 * @param subject that was checked, in a word or two
 * @param text what is right, or what is wrong and what to do, or what remains unknown and why
 */
public record Finding(String subject, Status status, String text) {
  /** How it is. */
  public enum Status {
    OK,
    WRONG,
    /** It cannot be shown without a change, or the program has no right to ask. */
    UNKNOWN;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** It is as it should be. */
  public static Finding ok(String subject, String text) {
    return new Finding(subject, Status.OK, text);
  }

  /** A run would fail or be refused. */
  public static Finding wrong(String subject, String text) {
    return new Finding(subject, Status.WRONG, text);
  }

  /** It cannot be said. */
  public static Finding unknown(String subject, String text) {
    return new Finding(subject, Status.UNKNOWN, text);
  }
}
