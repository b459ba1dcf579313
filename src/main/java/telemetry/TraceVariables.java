package telemetry;

import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the standard variables of OpenTelemetry say about traces: each is a system property such as
 * {@code otel.sdk.disabled}, or a variable such as {@code OTEL_SDK_DISABLED}. Needs no
 * OpenTelemetry, of which nothing is loaded in a process without traces.
 *
 * @param property a system property of a name; null if there is none
 * @param variable a variable of the environment of a name; null if there is none
 */
public record TraceVariables(
    Function<String, @Nullable String> property, Function<String, @Nullable String> variable) {
  private static final String EXPORTER = "otel.traces.exporter";
  private static final String ENDPOINT = "otel.exporter.otlp.endpoint";
  private static final String ENDPOINT_OF_TRACES = "otel.exporter.otlp.traces.endpoint";
  private static final String PROTOCOL = "otel.exporter.otlp.protocol";
  private static final String PROTOCOL_OF_TRACES = "otel.exporter.otlp.traces.protocol";
  static final String HTTP = "http/protobuf";

  /** Those of this process. */
  public static TraceVariables ofProcess() {
    return new TraceVariables(System::getProperty, System::getenv);
  }

  /** Whether traces are to be exported: they are if something says where or how. */
  public boolean isOn() {
    if (text("otel.sdk.disabled").filter("true"::equalsIgnoreCase).isPresent()) {
      return false;
    }
    return text(EXPORTER)
        .map(exporter -> !exporter.equals("none"))
        .orElse(text(ENDPOINT).isPresent() || text(ENDPOINT_OF_TRACES).isPresent());
  }

  /**
   * @throws IllegalArgumentException with a sentence about what this program cannot do
   */
  void check() {
    text(EXPORTER).ifPresent(exporter -> require(EXPORTER, exporter, "otlp", "it, or none"));
    String endpoint = "it, and an endpoint that takes it, usually at port 4318";
    text(PROTOCOL).ifPresent(protocol -> require(PROTOCOL, protocol, HTTP, endpoint));
    text(PROTOCOL_OF_TRACES)
        .ifPresent(protocol -> require(PROTOCOL_OF_TRACES, protocol, HTTP, endpoint));
  }

  private static void require(String name, String text, String only, String advice) {
    if (!text.equals(only)) {
      throw new IllegalArgumentException(
          "%s is '%s', and this program exports traces by %s only: set %s"
              .formatted(inEnvironment(name), text, only, advice));
    }
  }

  private Optional<String> text(String name) {
    return Optional.ofNullable(property.apply(name))
        .or(() -> Optional.ofNullable(variable.apply(inEnvironment(name))))
        .map(String::strip)
        .filter(text -> !text.isEmpty());
  }

  private static String inEnvironment(String name) {
    return name.toUpperCase(Locale.ROOT).replace('.', '_');
  }
}
