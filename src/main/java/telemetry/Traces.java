package telemetry;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.spi.ConfigurationException;
import io.opentelemetry.sdk.resources.Resource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.component.aws2.sqs.Sqs2Component;
import org.apache.camel.support.service.ServiceSupport;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/**
 * The traces of a process, exported as the standard variables of OpenTelemetry say. When it stops,
 * it waits for the last spans, but not for long.
 */
public final class Traces extends ServiceSupport {
  private static final String PROGRAM = "event-driven-camel";
  private static final int SECONDS_FOR_THE_LAST = 5;

  /** The exporter's own lines are of several lines each; {@link ReportedExporter} has others. */
  private static final Logger EXPORTER = Logger.getLogger("io.opentelemetry.exporter");

  private final OpenTelemetrySdk sdk;

  private Traces(OpenTelemetrySdk sdk) {
    this.sdk = sdk;
  }

  /**
   * What is traced.
   *
   * @param version of the program
   * @param dataset its name
   * @param queue the name of the queue of chunks; empty if there is none
   * @param excluded patterns of the ids of routes that have no span of their own
   */
  public record Subject(String version, String dataset, String queue, List<String> excluded) {}

  /**
   * Has the routes of a context make spans; call it before there are any.
   *
   * @param current the exchange of the calling thread; null if it has none
   * @return makes spans of the calls of clients of AWS
   * @throws IllegalArgumentException with a sentence about a variable that is wrong
   */
  public static ExecutionInterceptor in(
      CamelContext context,
      TraceVariables variables,
      Subject subject,
      Supplier<@Nullable Exchange> current)
      throws Exception {
    variables.check();
    EXPORTER.setLevel(Level.OFF);
    OpenTelemetrySdk sdk = sdk(subject);
    Tracer tracer = sdk.getTracer(PROGRAM, subject.version());
    context.addService(new Traces(sdk));
    context.addRoutePolicyFactory(
        new RouteSpans(
            tracer,
            sdk.getPropagators().getTextMapPropagator(),
            subject.excluded(),
            subject.queue()));
    if (!subject.queue().isEmpty()) {
      context
          .getComponent("aws2-sqs", Sqs2Component.class)
          .getConfiguration()
          .setMessageAttributeNames(TraceParent.NAME);
    }
    return new AwsSpans(tracer, current);
  }

  private static OpenTelemetrySdk sdk(Subject subject) {
    try {
      return AutoConfiguredOpenTelemetrySdk.builder()
          .addPropertiesSupplier(
              () ->
                  Map.of(
                      "otel.service.name",
                      PROGRAM,
                      "otel.exporter.otlp.protocol",
                      TraceVariables.HTTP,
                      // A span is not worth the time at the end of a run.
                      "otel.java.exporter.otlp.retry.disabled",
                      "true"))
          // Metrics are those of Prometheus, logs go to standard error.
          .addPropertiesCustomizer(
              config -> Map.of("otel.metrics.exporter", "none", "otel.logs.exporter", "none"))
          .addResourceCustomizer((resource, config) -> of(subject).merge(resource))
          .addSpanExporterCustomizer((exporter, config) -> new ReportedExporter(exporter))
          .disableShutdownHook()
          .build()
          .getOpenTelemetrySdk();
    } catch (ConfigurationException e) {
      // What follows the name of a variable may be a secret.
      String what = String.valueOf(e.getMessage()).replaceFirst("(?s)=.*", "");
      throw new IllegalArgumentException("The variables OTEL_... are wrong: " + what, e);
    }
  }

  /** What the environment does not say otherwise. */
  private static Resource of(Subject subject) {
    return Resource.create(
        Attributes.of(
            AttributeKey.stringKey("service.version"),
            subject.version(),
            AttributeKey.stringKey("service.instance.id"),
            UUID.randomUUID().toString(),
            AttributeKey.stringKey("covid.dataset"),
            subject.dataset()));
  }

  @Override
  protected void doStop() {
    sdk.shutdown().join(SECONDS_FOR_THE_LAST, TimeUnit.SECONDS);
  }
}
