#!/usr/bin/env bash
# Camel 4.17.0: after a doCatch, a message may have no retries, no onException and no dead letter any more
#
# Source: Maven Central, org.apache.camel:camel-core-engine, camel-core-languages and camel-direct 4.17.0.
# Guess: doCatch ends an error, and the steps after the doTry have their error handler as ever.
# Behaviour: if the error comes from a called route with an error handler, which the default one is, the exchange
# keeps the mark of that handler, that it has failed, after the error is caught. Later errors of that message, in
# this route and in those that it calls, pass all error handlers by: nothing is tried again, onException with
# handled(true) does not handle, and the dead letter channel gets nothing. If the error comes from a step of the
# doTry itself, or from a route with noErrorHandler, all is as ever. So it is in the parts of a split, and after an
# enrich that allows for an error.
#
# Seen on 2026-11-30, JDK 17: the lines below. The step after the doTry fails twice and may be tried four times.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
. "$(dirname "$0")/java.inc"
jars org.apache.camel:camel-core-engine:4.17.0 org.apache.camel:camel-core-languages:4.17.0 \
  org.apache.camel:camel-direct:4.17.0 org.slf4j:slf4j-nop:2.0.17

cat >"$dir/Finding.java" <<'EOF'
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

public class Finding extends RouteBuilder {
  static final List<String> routes =
      List.of("step", "noErrorHandler", "route", "route, then a route", "route, then a split", "enrich",
          "route, then onException", "route, then a dead letter channel");
  static final AtomicInteger tries = new AtomicInteger();
  static final AtomicBoolean handled = new AtomicBoolean();

  @Override
  public void configure() {
    errorHandler(defaultErrorHandler().maximumRedeliveries(3).redeliveryDelay(0));
    from("direct:failing").errorHandler(defaultErrorHandler()).throwException(new IllegalStateException());
    from("direct:failing-alone").errorHandler(noErrorHandler()).throwException(new IllegalStateException());
    from("direct:called").process(exchange -> failTwice());

    from("direct:step")
        .doTry().throwException(new IllegalStateException()).doCatch(IllegalStateException.class).end()
        .process(exchange -> failTwice());
    from("direct:noErrorHandler")
        .doTry().to("direct:failing-alone").doCatch(IllegalStateException.class).end()
        .process(exchange -> failTwice());
    from("direct:route")
        .doTry().to("direct:failing").doCatch(IllegalStateException.class).end()
        .process(exchange -> failTwice());
    from("direct:route, then a route")
        .doTry().to("direct:failing").doCatch(IllegalStateException.class).end()
        .to("direct:called");
    from("direct:route, then a split")
        .doTry().to("direct:failing").doCatch(IllegalStateException.class).end()
        .split(body()).process(exchange -> failTwice());
    from("direct:enrich")
        .enrich("direct:failing", (exchange, failed) -> exchange, true)
        .process(exchange -> failTwice());
    from("direct:route, then onException")
        .onException(IllegalStateException.class).handled(true).process(exchange -> handled.set(true)).end()
        .doTry().to("direct:failing").doCatch(IllegalStateException.class).end()
        .process(exchange -> failTwice());
    from("direct:route, then a dead letter channel")
        .errorHandler(deadLetterChannel("direct:dead"))
        .doTry().to("direct:failing").doCatch(IllegalStateException.class).end()
        .process(exchange -> failTwice());
    from("direct:dead").process(exchange -> handled.set(true));
  }

  static void failTwice() {
    if (tries.incrementAndGet() <= 2) {
      throw new IllegalStateException("again");
    }
  }

  public static void main(String[] args) throws Exception {
    try (var camel = new DefaultCamelContext()) {
      camel.addRoutes(new Finding());
      camel.start();
      for (var route : routes) {
        tries.set(0);
        handled.set(false);
        var ended =
            camel.createProducerTemplate().send("direct:" + route, exchange -> exchange.getMessage().setBody("a"));
        System.out.println(
            route + ": tried " + tries + " time(s), " + (handled.get() ? "handled, " : "")
                + (ended.getException() == null ? "no error" : "the caller fails"));
      }
    }
  }
}
EOF

run <<'EOF'
step: tried 3 time(s), no error
noErrorHandler: tried 3 time(s), no error
route: tried 1 time(s), the caller fails
route, then a route: tried 1 time(s), the caller fails
route, then a split: tried 3 time(s), no error
enrich: tried 3 time(s), no error
route, then onException: tried 1 time(s), the caller fails
route, then a dead letter channel: tried 1 time(s), the caller fails
EOF
