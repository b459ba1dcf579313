package routes;

import aws.AwsErrors;
import feeds.FeedSource;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.ExchangeHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import webhooks.Webhook;

/**
 * Runs before each redelivery: logs one line, and keeps the number of attempts in the variable
 * {@code attempts}, since its headers are gone when a failure is handled.
 */
public final class Redelivery implements Processor {
  /**
   * Camel's headers with the redelivery counter. They stay on the message and would reduce the
   * retries of a later step, so every step that calls AWS after another one must remove them.
   */
  static final String HEADERS = "CamelRedeliver*";

  /** The variable that is set if an earlier attempt may have been done, see {@link AwsErrors}. */
  static final String IN_DOUBT = "inDoubt";

  private static final Logger LOG = LoggerFactory.getLogger("retry");

  @Override
  public void process(Exchange exchange) {
    int attempt = exchange.getMessage().getHeader(Exchange.REDELIVERY_COUNTER, 0, int.class) + 1;
    exchange.setVariable("attempts", attempt);
    Throwable error = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
    if (AwsErrors.mayBeDone(error)) {
      exchange.setVariable(IN_DOUBT, true);
    }
    String step = ExchangeHelper.getAtRouteId(exchange);
    String reason = reason(exchange, error, step);
    Webhook webhook = WebhookRoutes.webhook(exchange);
    // Several webhooks may be at the same server.
    String at = webhook == null ? step : "%s %d".formatted(step, webhook.number());
    LogContext.during(exchange, () -> LOG.warn("{}: try {} after: {}", at, attempt, reason));
  }

  private static String reason(Exchange exchange, Throwable error, String step) {
    FeedSource feed = PullVariables.source(exchange);
    Webhook webhook = WebhookRoutes.webhook(exchange);
    String sentence =
        feed != null
            ? Reason.ofPull(error, feed)
            : webhook != null ? Reason.ofWebhook(error, webhook) : Reason.forLog(error, step);
    // What is said of a failure that stays is not true yet.
    return sentence.replace("the next run tries again", "this run tries again");
  }
}
