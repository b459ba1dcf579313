package routes;

import covid.RunJournal;
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
import org.slf4j.MDC;

/**
 * Puts the route and the run that a thread works for into the MDC, as {@value #ROUTE} and {@value
 * #RUN}, so that every line of the log has them. It does so around each step of a route, and takes
 * them out again: a thread that goes on to something else keeps nothing.
 *
 * <p>What Camel calls between the steps, such as what joins two exchanges, asks for it with {@link
 * #during}.
 */
public final class LogContext implements InterceptStrategy {
  /** The id of the route. */
  public static final String ROUTE = "route";

  /** The id of the run; there is none where no run is worked for. */
  public static final String RUN = "run";

  @Override
  public Processor wrapProcessorInInterceptors(
      CamelContext context, NamedNode definition, Processor target, Processor nextTarget) {
    return new DelegateAsyncProcessor(AsyncProcessorConverterHelper.convert(target)) {
      @Override
      public boolean process(Exchange exchange, AsyncCallback callback) {
        // What comes next may be on another thread.
        AsyncCallback next = doneSync -> during(exchange, () -> callback.done(doneSync));
        Map<String, String> before = enter(exchange);
        try {
          return super.process(exchange, next);
        } finally {
          leave(before);
        }
      }
    };
  }

  /** Does some work for an exchange. */
  static void during(Exchange exchange, Runnable work) {
    Map<String, String> before = enter(exchange);
    try {
      work.run();
    } finally {
      leave(before);
    }
  }

  private static Map<String, String> enter(Exchange exchange) {
    Map<String, String> before = MDC.getCopyOfContextMap();
    put(ROUTE, ExchangeHelper.getAtRouteId(exchange));
    put(RUN, exchange.getVariable("run") instanceof RunJournal run ? run.id() : null);
    return before;
  }

  private static void leave(Map<String, String> before) {
    MDC.setContextMap(before == null ? Map.of() : before);
  }

  private static void put(String name, String value) {
    if (value == null) {
      MDC.remove(name);
    } else {
      MDC.put(name, value);
    }
  }
}
