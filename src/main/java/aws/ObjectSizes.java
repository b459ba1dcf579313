package aws;

import covid.KeySchema;

/**
 * How long the objects of this program may be: a longer one is not read, since it is not its own.
 */
public final class ObjectSizes {
  /** The maximum length of most objects; a set of 816 days has 30,000 bytes. */
  public static final long MOST = 16_000_000;

  /**
   * The maximum length of a set of many places; one with 3.5 million days has 120,000,000 bytes.
   */
  public static final long MOST_OF_PLACES = 1_000_000_000;

  private ObjectSizes() {}

  /** The maximum length of the published set of a dataset. */
  public static long ofSet(KeySchema key) {
    return key == KeySchema.DATE ? MOST : MOST_OF_PLACES;
  }

  /** What is wrong with an object, as the predicate of a sentence about it. */
  public static String tooLong(long bytes) {
    return "has %d bytes, more than any that this program writes".formatted(bytes);
  }
}
