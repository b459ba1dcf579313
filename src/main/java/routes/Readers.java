package routes;

import java.time.Duration;
import java.util.Optional;
import org.apache.camel.Exchange;
import web.Answer;
import web.Problem;
import web.ProblemException;

/** Hands out what is kept. */
final class Readers {
  private Readers() {}

  /**
   * What is kept.
   *
   * @param otherwise what the caller is told if the bucket is there, and nothing in it
   */
  static <T> T current(Kept<T> kept, Exchange exchange, Problem otherwise) throws ProblemException {
    Optional<String> trouble = kept.trouble();
    Optional<T> value = kept.value();
    if (value.isEmpty()) {
      throw new ProblemException(trouble.map(Problem::away).orElse(otherwise));
    }
    if (trouble.isPresent()) {
      Duration age = kept.age();
      exchange.setProperty(Answer.STALE, age);
    }
    return value.get();
  }
}
