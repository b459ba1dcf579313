package serve;

import java.util.function.Function;

/**
 * Explains why something cannot be read from the bucket.
 *
 * @param reason puts a failure into a sentence for operators
 * @param readersAreOperators whether the answers go to those who have the bucket, as the output of
 *     commands
 */
public record Failures(Function<Throwable, String> reason, boolean readersAreOperators) {
  /** The sentence for HTTP clients where the details are internal. */
  static final String AWAY = "The archive does not answer; try again in a little while.";

  /** Of a server, whose readers may be anybody. */
  public Failures(Function<Throwable, String> reason) {
    this(reason, false);
  }

  /** The sentence for the log. */
  String forOperators(Throwable failure) {
    return failure instanceof ForeignObjectException foreign
        ? foreign.object().forOperators()
        : reason.apply(failure);
  }

  /** The sentence for HTTP clients, without AWS, credentials or hosts, or for operators. */
  String forReaders(Throwable failure) {
    if (readersAreOperators) {
      return forOperators(failure);
    }
    return failure instanceof ForeignObjectException foreign ? foreign.object().forReaders() : AWAY;
  }
}
