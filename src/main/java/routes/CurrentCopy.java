package routes;

import java.util.Optional;
import org.apache.camel.Exchange;
import web.Answer;
import web.Problem;
import web.ProblemException;

/** The copy that is {@link Kept}, for one who asks. */
final class CurrentCopy {
  private CurrentCopy() {}

  /**
   * The copy; if there may be something newer, the exchange says how old it is.
   *
   * @param otherwise what the caller is told if the bucket is there, and nothing in it
   * @throws ProblemException if there is none
   */
  static <T> T of(Kept<T> kept, Exchange exchange, Problem otherwise) throws ProblemException {
    Optional<String> trouble = kept.trouble();
    Optional<T> value = kept.value();
    if (value.isEmpty()) {
      throw new ProblemException(trouble.map(Problem::away).orElse(otherwise));
    }
    if (trouble.isPresent()) {
      exchange.setProperty(Answer.STALE, kept.age());
    }
    return value.get();
  }
}
