package serve;

import java.util.function.Function;

/**
 * Explains why something cannot be read from the bucket.
 *
 * @param reason puts a failure into a sentence for operators
 */
public record Failures(Function<Throwable, String> reason) {
  /** The sentence for HTTP clients where the details are internal. */
  static final String AWAY = "The archive does not answer; try again in a little while.";

  /** The sentence for the log. */
  String forOperators(Throwable failure) {
    return failure instanceof ForeignObjectException foreign
        ? foreign.object().forOperators()
        : reason.apply(failure);
  }

  /** The sentence for HTTP clients, without AWS, credentials or hosts. */
  String forReaders(Throwable failure) {
    return failure instanceof ForeignObjectException foreign ? foreign.object().forReaders() : AWAY;
  }
}
