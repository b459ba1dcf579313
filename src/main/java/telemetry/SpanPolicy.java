package telemetry;

import chunks.ChunkMessage;
import covid.Run;
import feeds.FeedSource;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import org.apache.camel.Exchange;
import org.apache.camel.Route;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.apache.camel.support.RoutePolicySupport;

/** A span for each exchange of a route, within that of the route which has called it. */
final class SpanPolicy extends RoutePolicySupport {
  private static final AttributeKey<String> TYPE = AttributeKey.stringKey("exception.type");

  /** The exception that an inner span has recorded. */
  private static final String RECORDED = "telemetry.recorded";

  private final Tracer tracer;
  private final SpanShape shape;

  SpanPolicy(Tracer tracer, SpanShape shape) {
    this.tracer = tracer;
    this.shape = shape;
  }

  @Override
  public void onExchangeBegin(Route route, Exchange exchange) {
    ActiveSpan active = ActiveSpan.of(exchange);
    Context outer = active == null ? Context.root() : active.context();
    Context parent = shape.parent(exchange, outer);
    SpanBuilder builder =
        tracer.spanBuilder(shape.name()).setSpanKind(shape.kind()).setParent(parent);
    if (active != null && parent != outer) {
      builder.addLink(active.span().getSpanContext());
    }
    Span span = builder.startSpan();
    ActiveSpan.enter(exchange, route.getId(), span);
    shape.begin(span, exchange);
  }

  @Override
  public void onExchangeDone(Route route, Exchange exchange) {
    ActiveSpan active = ActiveSpan.of(exchange);
    if (active == null || !active.route().equals(route.getId())) {
      return;
    }
    active.leave(exchange);
    Span span = active.span();
    subject(span, exchange);
    Exception error = exchange.getException();
    if (error != null) {
      fail(span, error, exchange);
    }
    shape.end(span, exchange);
    span.end();
  }

  /** What it is about, by the names that the metrics have. */
  static void subject(Span span, Exchange exchange) {
    if (exchange.getVariable("run") instanceof Run run) {
      span.setAttribute("covid.run.id", run.id());
    }
    if (exchange.getVariable("source") instanceof FeedSource feed) {
      span.setAttribute("covid.feed", feed.name());
    }
    if (exchange.getVariable("chunk") instanceof ChunkMessage chunk) {
      span.setAttribute("covid.chunk", chunk.chunk());
      span.setAttribute("covid.days", chunk.records());
    }
  }

  /** Without the message of the error, which may have an account, or the key of an address. */
  private static void fail(Span span, Exception error, Exchange exchange) {
    String type = error.getClass().getName();
    span.setStatus(
        StatusCode.ERROR,
        error instanceof HttpOperationFailedException answer
            ? "The answer is " + answer.getStatusCode()
            : type);
    span.setAttribute("error.type", type);
    if (exchange.getProperty(RECORDED) != error) {
      exchange.setProperty(RECORDED, error);
      span.addEvent("exception", Attributes.of(TYPE, type));
    }
  }
}
