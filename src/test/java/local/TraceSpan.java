package local;

import static java.util.stream.Collectors.toMap;

import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * A span as a collector gets it.
 *
 * @param kind such as SERVER
 * @param parent the id of its parent; empty if it is a root
 * @param links the ids of the spans that it links to
 * @param error the description of an error; empty if it has none
 * @param exceptions the types of the exceptions that it has recorded
 * @param resource the attributes of its process
 */
public record TraceSpan(
    String name,
    String kind,
    String trace,
    String id,
    String parent,
    List<String> links,
    Map<String, String> attributes,
    String error,
    List<String> exceptions,
    Map<String, String> resource) {

  static TraceSpan of(ResourceSpans process, Span span) {
    HexFormat hex = HexFormat.of();
    return new TraceSpan(
        span.getName(),
        span.getKind().name().replace("SPAN_KIND_", ""),
        hex.formatHex(span.getTraceId().toByteArray()),
        hex.formatHex(span.getSpanId().toByteArray()),
        hex.formatHex(span.getParentSpanId().toByteArray()),
        span.getLinksList().stream()
            .map(link -> hex.formatHex(link.getSpanId().toByteArray()))
            .toList(),
        attributes(span.getAttributesList()),
        span.getStatus().getMessage(),
        span.getEventsList().stream()
            .map(event -> attributes(event.getAttributesList()).get("exception.type"))
            .toList(),
        attributes(process.getResource().getAttributesList()));
  }

  private static Map<String, String> attributes(List<KeyValue> attributes) {
    return attributes.stream().collect(toMap(KeyValue::getKey, any -> text(any.getValue())));
  }

  private static String text(AnyValue value) {
    return value.hasIntValue() ? Long.toString(value.getIntValue()) : value.getStringValue();
  }

  /** One of its attributes; empty if it has none of this name. */
  public String attribute(String name) {
    return attributes.getOrDefault(name, "");
  }
}
