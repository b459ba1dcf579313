package routes;

import covid.RunFailedException;
import feeds.ArchiveRecords;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import web.Answer;
import web.Problem;
import web.ProblemException;
import web.Request;

/** Tells readers what went wrong. */
public final class Problems {
  private static final Logger LOG = LoggerFactory.getLogger("api");

  /** Why something cannot be read, if no more of it concerns those who ask. */
  static final String AWAY = "The archive does not answer; try again in a little while.";

  /** Sends what went wrong. */
  public void answer(
      @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Throwable error, Exchange exchange) {
    Answer.send(problem(error), exchange);
  }

  /** Says that there is no such run. */
  public void noRun(@ExchangeProperty(Request.PROPERTY) Request request, Exchange exchange) {
    Answer.send(Problem.noRun(request.name()), exchange);
  }

  /** Notes what went wrong beside an answer. */
  public void note(
      @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Throwable error, Exchange exchange) {
    LOG.warn("{}: {}", exchange.getFromRouteId(), Reason.of(error));
  }

  private static Problem problem(Throwable error) {
    if (error instanceof ProblemException known) {
      return known.problem();
    }
    LOG.error(Reason.of(error), error);
    return error instanceof SdkException || error instanceof RunFailedException
        ? Problem.away(whyAway(error))
        : Problem.fault();
  }

  /** Why something cannot be read, as far as it concerns those who do not run this program. */
  static String whyAway(Throwable error) {
    if (error instanceof ArchiveRecords.NotASetException) {
      return "What stands under archive.key is not a set of this program.";
    }
    return error instanceof RunFailedException ? error.getMessage() : AWAY;
  }
}
