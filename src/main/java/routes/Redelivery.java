package routes;

import feeds.FeedSource;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.ExchangeHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs before each further try: says so in one line, and leaves the number of the try in the
 * variable {@code attempts}, for the headers with it are gone by the time a failure is handled.
 */
public final class Redelivery implements Processor {
  /**
   * Where Camel keeps the count of tries. They stay on the message, and would be taken from those
   * of a later step: whatever asks AWS after another step that did has to remove them.
   */
  static final String HEADERS = "CamelRedeliver*";

  private static final Logger LOG = LoggerFactory.getLogger("retry");

  @Override
  public void process(Exchange exchange) {
    int attempt = exchange.getMessage().getHeader(Exchange.REDELIVERY_COUNTER, 0, int.class) + 1;
    exchange.setVariable("attempts", attempt);
    Throwable error = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
    String step = ExchangeHelper.getAtRouteId(exchange);
    FeedSource feed = exchange.getVariable("source", FeedSource.class);
    String reason = feed == null ? Reason.forLog(error, step) : Reason.ofPull(error, feed);
    LogContext.during(exchange, () -> LOG.warn("{}: try {} after: {}", step, attempt, reason));
  }
}
