package telemetry;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says in one line that the collector does not take spans, and in another that it takes them again.
 * Spans that OpenTelemetry itself drops, since its queue is full, are not counted.
 */
final class ReportedExporter implements SpanExporter {
  private static final Logger LOG = LoggerFactory.getLogger("traces");

  private final SpanExporter exporter;
  private long lost;

  /**
   * @param exporter exports
   */
  ReportedExporter(SpanExporter exporter) {
    this.exporter = exporter;
  }

  @Override
  public CompletableResultCode export(Collection<SpanData> spans) {
    CompletableResultCode result = exporter.export(spans);
    return result.whenComplete(
        () -> note(result.isSuccess(), spans.size(), result.getFailureThrowable()));
  }

  private synchronized void note(boolean exported, int spans, @Nullable Throwable error) {
    if (exported && lost > 0) {
      LOG.info("Traces are exported again; {} spans are lost", lost);
      lost = 0;
    } else if (!exported) {
      if (lost == 0) {
        LOG.warn("Traces cannot be exported ({}): spans are lost until they can be", reason(error));
      }
      lost += spans;
    }
  }

  private static String reason(@Nullable Throwable error) {
    if (error == null) {
      return "no answer";
    }
    Throwable cause = error.getCause() == null ? error : error.getCause();
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }

  @Override
  public CompletableResultCode flush() {
    return exporter.flush();
  }

  @Override
  public CompletableResultCode shutdown() {
    return exporter.shutdown();
  }
}
