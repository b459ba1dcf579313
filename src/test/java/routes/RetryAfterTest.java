package routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {
  private static final Instant NOW = Instant.parse("2026-11-01T21:00:00Z");

  private final RetryAfter retryAfter =
      new RetryAfter(Clock.fixed(NOW, ZoneOffset.UTC), Duration.ofMinutes(5));
  private final Exchange exchange = new DefaultExchange(new DefaultCamelContext());

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0                             | 0",
        "7                             | 7000",
        "' 7 '                         | 7000",
        "300                           | 300000",
        "301                           | 300000",
        "999999999                     | 300000",
        "Sun, 01 Nov 2026 21:00:42 GMT | 42000",
        "Sun, 1 Nov 2026 21:00:42 GMT  | 42000",
        "Sun, 01 Nov 2026 21:00:00 GMT | 0",
        "Sun, 01 Nov 2026 20:00:00 GMT | 0",
        "Mon, 02 Nov 2026 21:00:00 GMT | 300000",
      })
  void waitsAsLongAsTheServerAsks(String text, long millis) {
    assertThat(delay(refused(Map.of("Retry-After", text)))).isEqualTo(millis);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "soon", "-7", "1.5", "7s", "99999999999", "2026-11-01T21:00:42Z", "٧"})
  void leavesTheDelayToThePolicyIfItDoesNotUnderstand(String text) {
    assertThat(delay(refused(Map.of("Retry-After", text)))).isNull();
  }

  @Test
  void doesNotCareAboutTheCaseOfTheHeader() {
    assertThat(delay(refused(Map.of("Server", "x", "retry-after", "7")))).isEqualTo(7_000L);
  }

  @Test
  void leavesTheDelayToThePolicyIfNobodyAsks() {
    assertThat(delay(refused(Map.of()))).isNull();
    assertThat(delay(refused(null))).isNull();
    assertThat(delay(new IOException("connection reset"))).isNull();
    assertThat(delay(null)).isNull();
  }

  @Test
  void findsTheAnswerBehindOtherFailures() {
    assertThat(delay(new IllegalStateException(refused(Map.of("Retry-After", "7")))))
        .isEqualTo(7_000L);
  }

  @Test
  void forgetsWhatAnEarlierAnswerAsked() {
    assertThat(delay(refused(Map.of("Retry-After", "7")))).isEqualTo(7_000L);
    assertThat(delay(new IOException("connection reset"))).isNull();
  }

  private Long delay(Exception error) {
    exchange.setProperty(Exchange.EXCEPTION_CAUGHT, error);
    retryAfter.process(exchange);
    return exchange.getMessage().getHeader(Exchange.REDELIVERY_DELAY, Long.class);
  }

  private static HttpOperationFailedException refused(Map<String, String> headers) {
    return new HttpOperationFailedException(
        "http://feeds.test/us.csv", 429, "Too Many Requests", null, headers, null);
  }
}
