package telemetry;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.propagation.TextMapPropagator;
import java.net.URLDecoder;
import java.util.List;
import java.util.Locale;
import org.apache.camel.CamelContext;
import org.apache.camel.NamedNode;
import org.apache.camel.NamedRoute;
import org.apache.camel.spi.RoutePolicy;
import org.apache.camel.spi.RoutePolicyFactory;
import org.apache.camel.support.PatternHelper;
import org.jspecify.annotations.Nullable;

/**
 * Gives routes their spans.
 *
 * @param excluded patterns of the ids of routes without one
 * @param queue the name of the queue of chunks; empty if there is none
 */
record RouteSpans(Tracer tracer, TextMapPropagator propagator, List<String> excluded, String queue)
    implements RoutePolicyFactory {
  private static final String REST = "rest:";
  private static final String QUEUE = "aws2-sqs:";

  @Override
  public @Nullable RoutePolicy createRoutePolicy(
      CamelContext context, String routeId, NamedNode route) {
    return PatternHelper.matchPatterns(routeId, excluded.toArray(String[]::new))
        ? null
        : new SpanPolicy(tracer, shape(routeId, ((NamedRoute) route).getEndpointUrl()));
  }

  private SpanShape shape(String routeId, String from) {
    if (from.startsWith(REST)) {
      return request(from);
    }
    if (from.startsWith(QUEUE)) {
      return new MessageShape(SpanKind.CONSUMER, queue, propagator);
    }
    return switch (routeId) {
      case PullShape.ROUTE -> new PullShape();
      case ContinuedShape.ROUTE -> new ContinuedShape(propagator);
      case MessageShape.SENDER -> new MessageShape(SpanKind.PRODUCER, queue, propagator);
      default -> new StageShape(routeId);
    };
  }

  /** Of {@code rest:get:/:versions/{id}?...}, in which signs may be encoded. */
  private RequestShape request(String from) {
    String endpoint = URLDecoder.decode(from, UTF_8);
    String[] parts = endpoint.substring(REST.length()).replaceFirst("\\?.*", "").split(":", 3);
    String path = ("/" + String.join("/", parts[1], parts.length > 2 ? parts[2] : ""));
    return new RequestShape(
        parts[0].replace("/", "").toUpperCase(Locale.ROOT),
        path.replaceAll("/+", "/").replaceFirst("(.)/$", "$1"),
        propagator);
  }
}
