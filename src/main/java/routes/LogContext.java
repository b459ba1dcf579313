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

/**
 * Knows the exchange that a thread works for, so that every line of the log can say its route and
 * run, as {@value #ROUTE} and {@value #RUN}. It is noted around each step of a route and forgotten
 * after it: a thread that goes on to something else keeps nothing.
 *
 * <p>What Camel calls between the steps, such as what joins two exchanges, asks for it with {@link
 * #during}.
 */
public final class LogContext implements InterceptStrategy {
  /** The id of the route. */
  public static final String ROUTE = "route";

  /** The id of the run; there is none where no run is worked for. */
  public static final String RUN = "run";

  private static final ThreadLocal<Exchange> CURRENT = new ThreadLocal<>();

  @Override
  public Processor wrapProcessorInInterceptors(
      CamelContext context, NamedNode definition, Processor target, Processor nextTarget) {
    return new DelegateAsyncProcessor(AsyncProcessorConverterHelper.convert(target)) {
      @Override
      public boolean process(Exchange exchange, AsyncCallback callback) {
        // What comes next may be on another thread.
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

  /** Does some work for an exchange. */
  static void during(Exchange exchange, Runnable work) {
    Exchange before = enter(exchange);
    try {
      work.run();
    } finally {
      CURRENT.set(before);
    }
  }

  /** Goes over to an exchange, and gives back the one before. */
  private static Exchange enter(Exchange exchange) {
    Exchange before = CURRENT.get();
    CURRENT.set(exchange);
    return before;
  }

  /**
   * Tells the log, for each line and no sooner: most steps log nothing. Log4j finds it by {@code
   * META-INF/services}.
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
      return data;
    }
  }
}
