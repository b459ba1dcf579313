package versions;

import java.util.Locale;

/** How a version came to be. */
public enum Origin {
  /** A run published it. */
  RUN,
  /** The set was there without a version, as version 0.1 of this program published it. */
  FOUND,
  /** An operator imported feeds of an earlier time. */
  IMPORT,
  /** An operator went back to the content of an earlier version. */
  ROLLBACK;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
