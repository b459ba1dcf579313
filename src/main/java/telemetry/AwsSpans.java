package telemetry;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.camel.Exchange;
import org.apache.camel.support.ExchangeHelper;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * A span for each call to AWS by a route that has one. A call of a route without, such as that of
 * one day, has none either. That of an object ends when its first byte comes.
 */
final class AwsSpans implements ExecutionInterceptor {
  private static final ExecutionAttribute<Span> SPAN = new ExecutionAttribute<>("telemetry.span");

  private final Tracer tracer;
  private final Supplier<@Nullable Exchange> current;

  /**
   * @param current the exchange of the calling thread; null if it has none
   */
  AwsSpans(Tracer tracer, Supplier<@Nullable Exchange> current) {
    this.tracer = tracer;
    this.current = current;
  }

  @Override
  public void beforeExecution(Context.BeforeExecution call, ExecutionAttributes attributes) {
    Exchange exchange = current.get();
    ActiveSpan active = exchange == null ? null : ActiveSpan.of(exchange);
    if (active == null || !active.route().equals(ExchangeHelper.getAtRouteId(exchange))) {
      return;
    }
    String service = attributes.getAttribute(SdkExecutionAttribute.SERVICE_NAME);
    String method = attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME);
    Span span =
        tracer
            .spanBuilder(service + "." + method)
            .setSpanKind(SpanKind.CLIENT)
            .setParent(active.context())
            .setAttribute("rpc.system", "aws-api")
            .setAttribute("rpc.service", service)
            .setAttribute("rpc.method", method)
            .startSpan();
    SpanPolicy.subject(span, exchange);
    attributes.putAttribute(SPAN, span);
  }

  @Override
  public void afterExecution(Context.AfterExecution done, ExecutionAttributes attributes) {
    Span span = attributes.getAttribute(SPAN);
    if (span != null) {
      end(span, Optional.of(done.httpRequest()), Optional.of(done.httpResponse()));
    }
  }

  /** Without the message of the error, which may have an account. */
  @Override
  public void onExecutionFailure(Context.FailedExecution failed, ExecutionAttributes attributes) {
    Span span = attributes.getAttribute(SPAN);
    if (span != null) {
      String type = failed.exception().getClass().getName();
      span.setStatus(StatusCode.ERROR, type);
      span.setAttribute("error.type", type);
      end(span, failed.httpRequest(), failed.httpResponse());
    }
  }

  private static void end(
      Span span, Optional<SdkHttpRequest> request, Optional<SdkHttpResponse> response) {
    request.ifPresent(
        sent -> {
          span.setAttribute("server.address", sent.host());
          span.setAttribute("server.port", sent.port());
        });
    response.ifPresent(
        answer -> span.setAttribute("http.response.status_code", answer.statusCode()));
    span.end();
  }
}
