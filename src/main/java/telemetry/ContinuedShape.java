package telemetry;

import chunks.OpenRun;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.context.propagation.TextMapPropagator;
import org.apache.camel.Exchange;

/**
 * A run that another process began: it goes on in the trace of that one.
 *
 * @param propagator how the open run names the trace
 */
record ContinuedShape(TextMapPropagator propagator) implements SpanShape {
  static final String ROUTE = "continue-run";

  private static final TextMapGetter<OpenRun> OPEN_RUN =
      (run, name) -> run != null && name.equals(TraceParent.NAME) ? run.trace() : null;

  @Override
  public SpanKind kind() {
    return SpanKind.INTERNAL;
  }

  @Override
  public String name() {
    return ROUTE;
  }

  @Override
  public Context parent(Exchange exchange, Context outer) {
    return exchange.getMessage().getBody() instanceof OpenRun run
        ? propagator.extract(outer, run, OPEN_RUN)
        : outer;
  }
}
