package routes;

import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import web.Answer;
import web.Problem;
import web.ProblemException;

/** Answers requests that failed. */
public final class Problems {
  private static final Logger LOG = LoggerFactory.getLogger("api");

  /** Sends the problem; any other failure is a bug of this program, and logged. */
  public void answer(
      @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Throwable error, Exchange exchange) {
    if (error instanceof ProblemException known) {
      Answer.send(known.problem(), exchange);
    } else {
      LOG.error(Reason.of(error), error);
      Answer.send(Problem.fault(), exchange);
    }
  }
}
