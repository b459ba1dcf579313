#!/usr/bin/env bash
# Camel 4.17.0: the retries of one step are taken from those of the next one
#
# Source: Maven Central, org.apache.camel:camel-core-engine, camel-core-languages and camel-direct 4.17.0.
# Guess: with maximumRedeliveries(3) each step that fails is tried up to four times.
# Behaviour: the counter is the header CamelRedeliveryCounter. It stays on the message when a step has succeeded at
# last, and the next step that fails counts on from it: in this route, in one that it calls even if that one has an
# error handler of its own, in the next turn of a loop, and in the copies of multicast, enrich and split. A step that
# a retry would have cured may get none. With removeHeaders("CamelRedeliver*") between the two it has all its retries.
#
# Seen on 2026-11-30, JDK 17: the lines below. The first step fails twice, and the next one fails for good.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
. "$(dirname "$0")/java.inc"
jars org.apache.camel:camel-core-engine:4.17.0 org.apache.camel:camel-core-languages:4.17.0 \
  org.apache.camel:camel-direct:4.17.0 org.slf4j:slf4j-nop:2.0.17

cat >"$dir/Finding.java" <<'EOF'
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

public class Finding extends RouteBuilder {
  static final List<String> routes =
      List.of("alone", "step", "called route", "called route with two retries", "multicast", "enrich", "split",
          "without headers");
  static final AtomicInteger first = new AtomicInteger();
  static final AtomicInteger next = new AtomicInteger();
  static final AtomicInteger turns = new AtomicInteger();

  @Override
  public void configure() {
    errorHandler(defaultErrorHandler().maximumRedeliveries(3).redeliveryDelay(0));
    from("direct:next").process(exchange -> fail());
    from("direct:next-twice")
        .errorHandler(defaultErrorHandler().maximumRedeliveries(2).redeliveryDelay(0))
        .process(exchange -> fail());

    from("direct:alone").process(exchange -> fail());
    from("direct:step").process(exchange -> failTwice()).process(exchange -> fail());
    from("direct:called route").process(exchange -> failTwice()).to("direct:next");
    from("direct:called route with two retries").process(exchange -> failTwice()).to("direct:next-twice");
    from("direct:multicast").process(exchange -> failTwice()).multicast().to("direct:next");
    from("direct:enrich").process(exchange -> failTwice()).enrich("direct:next");
    from("direct:split").process(exchange -> failTwice()).split(body()).process(exchange -> fail());
    from("direct:without headers")
        .process(exchange -> failTwice())
        .removeHeaders("CamelRedeliver*")
        .process(exchange -> fail());

    from("direct:loop")
        .loop(3)
          .process(exchange -> failTwice())
          .process(exchange -> first.set(0))
          .process(exchange -> turns.incrementAndGet())
        .end();
  }

  static void failTwice() {
    if (first.incrementAndGet() <= 2) {
      throw new IllegalStateException("for a moment");
    }
  }

  static void fail() {
    next.incrementAndGet();
    throw new IllegalStateException("for good");
  }

  public static void main(String[] args) throws Exception {
    try (var camel = new DefaultCamelContext()) {
      camel.addRoutes(new Finding());
      camel.start();
      for (var route : routes) {
        first.set(0);
        next.set(0);
        camel.createProducerTemplate().send("direct:" + route, exchange -> exchange.getMessage().setBody("a"));
        System.out.println(route + ": the next step is tried " + next + " time(s)");
      }
      first.set(0);
      var ended = camel.createProducerTemplate().send("direct:loop", exchange -> {});
      System.out.println(
          "loop: " + turns + " of 3 turns, "
              + (ended.getException() == null ? "no error" : "fails " + ended.getException().getMessage()));
    }
  }
}
EOF

run <<'EOF'
alone: the next step is tried 4 time(s)
step: the next step is tried 2 time(s)
called route: the next step is tried 2 time(s)
called route with two retries: the next step is tried 1 time(s)
multicast: the next step is tried 2 time(s)
enrich: the next step is tried 2 time(s)
split: the next step is tried 2 time(s)
without headers: the next step is tried 4 time(s)
loop: 1 of 3 turns, fails for a moment
EOF
