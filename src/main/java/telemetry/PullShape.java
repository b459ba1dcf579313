package telemetry;

import feeds.FeedSource;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import java.net.URI;
import org.apache.camel.Exchange;
import org.apache.camel.http.base.HttpOperationFailedException;

/** One attempt to pull a feed. Its publisher is not told of the trace. */
record PullShape() implements SpanShape {
  static final String ROUTE = "pull-feed";

  @Override
  public SpanKind kind() {
    return SpanKind.CLIENT;
  }

  @Override
  public String name() {
    return "GET";
  }

  @Override
  public void begin(Span span, Exchange exchange) {
    Integer attempt = exchange.getMessage().getHeader(Exchange.REDELIVERY_COUNTER, Integer.class);
    if (attempt != null && attempt > 0) {
      span.setAttribute("http.request.resend_count", attempt);
    }
  }

  @Override
  public void end(Span span, Exchange exchange) {
    if (!(exchange.getVariable("source") instanceof FeedSource feed) || feed.isFile()) {
      return;
    }
    URI url = feed.url();
    span.setAttribute("http.request.method", "GET");
    span.setAttribute("url.full", feed.shownUrl());
    span.setAttribute("server.address", url.getHost());
    span.setAttribute("server.port", port(url));
    if (exchange.getException() instanceof HttpOperationFailedException refused) {
      span.setAttribute("http.response.status_code", refused.getStatusCode());
      span.setAttribute("error.type", Integer.toString(refused.getStatusCode()));
    } else if (exchange.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE)
        instanceof Integer status) {
      span.setAttribute("http.response.status_code", status);
    }
  }

  private static int port(URI url) {
    if (url.getPort() >= 0) {
      return url.getPort();
    }
    return url.getScheme().equals("https") ? 443 : 80;
  }
}
