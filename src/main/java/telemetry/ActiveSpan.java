package telemetry;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.context.Context;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * The innermost span of an exchange, which keeps it as a property. A part of a split exchange
 * begins with that of the whole, on whatever thread; the current span of OpenTelemetry, which
 * belongs to a thread, is not used.
 *
 * @param route the id of the route that has begun it
 * @param outer the one around it in this exchange; null if there is none
 */
record ActiveSpan(Span span, String route, @Nullable ActiveSpan outer) {
  private static final String PROPERTY = "telemetry.span";

  /** That of an exchange; null if it is in none. */
  static @Nullable ActiveSpan of(Exchange exchange) {
    return exchange.getProperty(PROPERTY, ActiveSpan.class);
  }

  /** Makes a new span the innermost one. */
  static void enter(Exchange exchange, String route, Span span) {
    keep(exchange, new ActiveSpan(span, route, of(exchange)));
  }

  /** Makes the one around it the innermost one again. */
  void leave(Exchange exchange) {
    if (outer == null) {
      exchange.removeProperty(PROPERTY);
      exchange.removeProperty(TraceParent.NAME);
    } else {
      keep(exchange, outer);
    }
  }

  /** What a span in it has as its parent. */
  Context context() {
    return Context.root().with(span);
  }

  private static void keep(Exchange exchange, ActiveSpan active) {
    exchange.setProperty(PROPERTY, active);
    SpanContext context = active.span().getSpanContext();
    exchange.setProperty(
        TraceParent.NAME,
        "00-%s-%s-%s"
            .formatted(context.getTraceId(), context.getSpanId(), context.getTraceFlags().asHex()));
  }
}
