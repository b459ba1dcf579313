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

  /** What came from outside with an exchange that is in no span yet; by default nothing. */
  default Context parent(Exchange exchange) {
    return Context.root();
  }

  /** The exchange enters the route. */
  default void begin(Span span, Exchange exchange) {}

  /** The exchange leaves it. */
  default void end(Span span, Exchange exchange) {}
}
