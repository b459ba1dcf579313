package telemetry;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.context.propagation.TextMapPropagator;
import io.vertx.core.http.HttpServerRequest;
import org.apache.camel.Exchange;
import org.apache.camel.component.platform.http.vertx.HttpMessage;

/**
 * A request over HTTP, which continues the trace of its caller. Its query is not shown.
 *
 * @param method such as GET
 * @param path the template of the path
 * @param propagator what headers carry a trace
 */
record RequestShape(String method, String path, TextMapPropagator propagator) implements SpanShape {
  private static final int SERVER_ERROR = 500;

  private static final TextMapGetter<HttpServerRequest> HEADERS =
      (request, name) -> request == null ? null : request.getHeader(name);

  @Override
  public SpanKind kind() {
    return SpanKind.SERVER;
  }

  @Override
  public String name() {
    return method + " " + path;
  }

  @Override
  public Context parent(Exchange exchange, Context outer) {
    return exchange.getMessage() instanceof HttpMessage message
        ? propagator.extract(Context.root(), message.getRequest(), HEADERS)
        : outer;
  }

  @Override
  public void begin(Span span, Exchange exchange) {
    span.setAttribute("http.request.method", method);
    span.setAttribute("http.route", path);
    if (exchange.getMessage() instanceof HttpMessage message) {
      span.setAttribute("url.path", message.getRequest().path());
      span.setAttribute("url.scheme", message.getRequest().scheme());
    }
  }

  @Override
  public void end(Span span, Exchange exchange) {
    Integer status =
        exchange.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE, 200, Integer.class);
    span.setAttribute("http.response.status_code", status);
    if (status >= SERVER_ERROR) {
      span.setStatus(StatusCode.ERROR);
      span.setAttribute("error.type", status.toString());
    }
  }
}
