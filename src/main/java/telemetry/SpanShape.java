package telemetry;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import org.apache.camel.Exchange;

/** What the span of a route shows, by the semantic conventions of OpenTelemetry. */
interface SpanShape {
  SpanKind kind();

  /** The name of the span. */
  String name();

  /**
   * What has its span as a child: by default the span around it, and otherwise what came from
   * outside with the exchange.
   *
   * @param outer the span around it; the root if there is none
   */
  default Context parent(Exchange exchange, Context outer) {
    return outer;
  }

  /** The exchange enters the route. */
  default void begin(Span span, Exchange exchange) {}

  /** The exchange leaves it. */
  default void end(Span span, Exchange exchange) {}
}
