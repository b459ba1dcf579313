package routes;

import covid.Run;
import java.util.HashMap;
import java.util.Map;
import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.spi.InterceptStrategy;
import org.apache.camel.support.AsyncProcessorConverterHelper;
import org.apache.camel.support.ExchangeHelper;
import org.apache.camel.support.processor.DelegateAsyncProcessor;
import org.apache.logging.log4j.core.util.ContextDataProvider;
import org.jspecify.annotations.Nullable;
import telemetry.TraceParent;

/**
 * Tracks the exchange of each thread, so that every log line can name its route and run, as {@value
 * #ROUTE} and {@value #RUN}. It is set around each step of a route and restored after it, so a
 * thread keeps nothing for later work.
 *
 * <p>Code that Camel calls between steps, such as an aggregation strategy, uses {@link #during}.
 */
public final class LogContext implements InterceptStrategy {
  /** The id of the route. */
  public static final String ROUTE = "route";

  /** The id of the run; absent outside of runs. */
  public static final String RUN = "run";

  /** The ids of trace and span; absent without traces. */
  public static final String TRACE = "trace.id";

  public static final String SPAN = "span.id";

  private static final ThreadLocal<Exchange> CURRENT = new ThreadLocal<>();

  @Override
  public Processor wrapProcessorInInterceptors(
      CamelContext context, NamedNode definition, Processor target, Processor nextTarget) {
    return new DelegateAsyncProcessor(AsyncProcessorConverterHelper.convert(target)) {
      @Override
      public boolean process(Exchange exchange, AsyncCallback callback) {
        // The next step may be on another thread.
        AsyncCallback next = doneSync -> during(exchange, () -> callback.done(doneSync));
        Exchange before = enter(exchange);
        try {
          return super.process(exchange, next);
        } finally {
          CURRENT.set(before);
        }
      }
    };
  }

  /** The exchange of this thread; null if it has none. */
  public static @Nullable Exchange current() {
    return CURRENT.get();
  }

  /** Does work for an exchange. */
  static void during(Exchange exchange, Runnable work) {
    Exchange before = enter(exchange);
    try {
      work.run();
    } finally {
      CURRENT.set(before);
    }
  }

  /** Switches to an exchange, and returns the previous one. */
  private static Exchange enter(Exchange exchange) {
    Exchange before = CURRENT.get();
    CURRENT.set(exchange);
    return before;
  }

  /**
   * Supplies the context to Log4j only when a line is written, since most steps log nothing. Log4j
   * finds it in {@code META-INF/services}.
   */
  public static final class Data implements ContextDataProvider {
    @Override
    public Map<String, String> supplyContextData() {
      Exchange exchange = CURRENT.get();
      if (exchange == null) {
        return Map.of();
      }
      Map<String, String> data = new HashMap<>();
      String route = ExchangeHelper.getAtRouteId(exchange);
      if (route != null) {
        data.put(ROUTE, route);
      }
      if (exchange.getVariable("run") instanceof Run run) {
        data.put(RUN, run.id());
      }
      String trace = TraceParent.traceId(exchange);
      String span = TraceParent.spanId(exchange);
      if (trace != null && span != null) {
        data.put(TRACE, trace);
        data.put(SPAN, span);
      }
      return data;
    }
  }
}
