package routes;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.apache.camel.util.ObjectHelper;

/**
 * Runs when a pull, or a request to a webhook, has failed: uses the server's Retry-After, in
 * seconds or as a date (RFC 9110, section 10.2.3), instead of the policy's own delay.
 */
public final class RetryAfter implements Processor {
  private final Clock clock;
  private final Duration longest;

  /**
   * @param clock the current time
   * @param longest the maximum delay
   */
  public RetryAfter(Clock clock, Duration longest) {
    this.clock = clock;
    this.longest = longest;
  }

  @Override
  public void process(Exchange exchange) {
    exchange.getMessage().removeHeader(Exchange.REDELIVERY_DELAY);
    HttpOperationFailedException error =
        ObjectHelper.getException(
            HttpOperationFailedException.class,
            exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class));
    if (error != null && error.getResponseHeaders() != null) {
      asked(error.getResponseHeaders())
          .ifPresent(
              wait -> exchange.getMessage().setHeader(Exchange.REDELIVERY_DELAY, wait.toMillis()));
    }
  }

  private Optional<Duration> asked(Map<String, String> headers) {
    return headers.entrySet().stream()
        .filter(header -> header.getKey().equalsIgnoreCase("Retry-After"))
        .map(header -> wait(header.getValue().strip()))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private Optional<Duration> wait(String text) {
    try {
      Duration wait =
          text.matches("\\d{1,9}")
              ? Duration.ofSeconds(Long.parseLong(text))
              : Duration.between(
                  clock.instant(),
                  ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
      return Optional.of(
          wait.isNegative() ? Duration.ZERO : longest.compareTo(wait) < 0 ? longest : wait);
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
