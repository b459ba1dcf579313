package versions;

/**
 * How many days a version has changed against its parent.
 *
 * @param added days that the parent lacks
 * @param revised days with other figures
 * @param removed days that only the parent has
 */
public record Changes(int added, int revised, int removed) {
  /** None. */
  public static final Changes NONE = new Changes(0, 0, 0);

  /** These and others. */
  public Changes plus(Changes others) {
    return new Changes(added + others.added, revised + others.revised, removed + others.removed);
  }

  /** Whether no day has changed. */
  public boolean isNone() {
    return equals(NONE);
  }
}
