package routes;

import covid.RunJournal;
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
        Context before = Context.enter(exchange);
        try {
          return super.process(exchange, next);
        } finally {
          before.set();
        }
      }
    };
  }

  /** Does some work for an exchange. */
  static void during(Exchange exchange, Runnable work) {
    Context before = Context.enter(exchange);
    try {
      work.run();
    } finally {
      before.set();
    }
  }

  /** What a line says that is logged now; null for what it does not say. */
  private record Context(String route, String run) {

    /** Goes over to that of an exchange, and gives back the one before. */
    static Context enter(Exchange exchange) {
      Context before = new Context(MDC.get(ROUTE), MDC.get(RUN));
      new Context(
              ExchangeHelper.getAtRouteId(exchange),
              exchange.getVariable("run") instanceof RunJournal run ? run.id() : null)
          .set();
      return before;
    }

    void set() {
      set(ROUTE, route);
      set(RUN, run);
    }

    private static void set(String name, String value) {
      if (value == null) {
        MDC.remove(name);
      } else {
        MDC.put(name, value);
      }
    }
  }
}
