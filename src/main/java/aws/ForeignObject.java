package aws;

/**
 * An object in the bucket that this program did not write, under a key where it expects its own.
 *
 * @param bucket the bucket
 * @param key of the object
 * @param finding what is wrong with it, as the predicate of a sentence
 * @param remedy what an operator should do, as an imperative
 */
public record ForeignObject(String bucket, String key, String finding, String remedy) {
  /** Characters that may end a line, move a cursor or reverse the writing direction. */
  private static final String UNPRINTABLE = "[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]";

  /** The sentence for logs, reports and messages. */
  public String forOperators() {
    return "The object %s in the bucket %s %s: %s."
        .formatted(key, bucket, finding, remedy)
        .replaceAll(UNPRINTABLE, " ");
  }

  /** The sentence for HTTP clients, without bucket and content. */
  public String forReaders() {
    return "The object %s is not as this program wrote it; the log says what its operator has to do."
        .formatted(key);
  }
}
