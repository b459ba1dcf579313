package telemetry;

import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/** The span that an exchange is in, as W3C Trace Context writes it. Needs no OpenTelemetry. */
public final class TraceParent {
  /** The header of a request or message, and the exchange property. */
  public static final String NAME = "traceparent";

  /** 00-, 32 digits, -, 16 digits, - and flags. */
  private static final int TRACE = 3;

  private static final int SPAN = 36;
  private static final int FLAGS = 53;

  private TraceParent() {}

  /** It as a text; null if an exchange is in no span. */
  public static @Nullable String of(Exchange exchange) {
    return exchange.getProperty(NAME, String.class);
  }

  /** The id of the trace; null if there is none. */
  public static @Nullable String traceId(Exchange exchange) {
    return part(exchange, TRACE, SPAN - 1);
  }

  /** The id of the span; null if there is none. */
  public static @Nullable String spanId(Exchange exchange) {
    return part(exchange, SPAN, FLAGS - 1);
  }

  private static @Nullable String part(Exchange exchange, int begin, int end) {
    return exchange.getProperty(NAME) instanceof String text ? text.substring(begin, end) : null;
  }
}
