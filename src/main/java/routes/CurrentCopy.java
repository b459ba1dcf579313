package routes;

import covid.RunFailedException;
import feeds.ArchiveRecords;
import java.time.Duration;
import java.util.Optional;
import org.apache.camel.Exchange;
import web.Answer;
import web.Problem;
import web.ProblemException;

/** Hands out what is kept. */
final class Readers {
  /** What those need not know who do not run this program. */
  static final String AWAY = "The bucket is away; the log of the server says why.";

  private Readers() {}

  /** Why something cannot be read, as far as it concerns those who do not run this program. */
  static String told(Throwable error) {
    if (error instanceof ArchiveRecords.NotASetException) {
      return "What stands under archive.key is not a set of this program.";
    }
    return error instanceof RunFailedException ? error.getMessage() : AWAY;
  }

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
