package telemetry;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.context.propagation.TextMapPropagator;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.aws2.sqs.Sqs2Constants;

/**
 * A chunk that is sent through the queue, or taken from it: what takes it continues the trace of
 * what has sent it.
 *
 * @param kind sent or taken
 * @param queue its name
 * @param propagator what headers carry a trace
 */
record MessageShape(SpanKind kind, String queue, TextMapPropagator propagator)
    implements SpanShape {
  static final String SENDER = "send-chunk";

  private static final TextMapGetter<Message> HEADERS =
      (message, name) -> message == null ? null : message.getHeader(name, String.class);

  @Override
  public String name() {
    return operation() + " " + queue;
  }

  private String operation() {
    return isSent() ? "send" : "process";
  }

  private boolean isSent() {
    return kind == SpanKind.PRODUCER;
  }

  @Override
  public Context parent(Exchange exchange, Context outer) {
    return isSent() ? outer : propagator.extract(Context.root(), exchange.getMessage(), HEADERS);
  }

  @Override
  public void begin(Span span, Exchange exchange) {
    span.setAttribute("messaging.system", "aws_sqs");
    span.setAttribute("messaging.operation.type", operation());
    span.setAttribute("messaging.operation.name", operation());
    span.setAttribute("messaging.destination.name", queue);
    if (isSent()) {
      // Of the headers the endpoint makes attributes of the message; the route leaves only this
      // one.
      propagator.inject(
          Context.root().with(span),
          exchange.getMessage(),
          (message, name, value) -> {
            if (message != null) {
              message.setHeader(name, value);
            }
          });
    }
  }

  @Override
  public void end(Span span, Exchange exchange) {
    String id = exchange.getMessage().getHeader(Sqs2Constants.MESSAGE_ID, String.class);
    if (id != null) {
      span.setAttribute("messaging.message.id", id);
    }
  }
}
