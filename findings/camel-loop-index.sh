#!/usr/bin/env bash
# Camel 4.17.0: a loop begins with the counter of the loop before it
#
# Source: Maven Central, org.apache.camel:camel-core-engine, camel-core-languages and camel-direct 4.17.0.
# Guess: CamelLoopIndex belongs to the loop that runs, and a loopDoWhile that asks for it starts at nothing.
# Behaviour: the property stays on the exchange when a loop ends. The next loopDoWhile tests its condition
# before it sets a counter of its own, so it sees the last index of the loop before and may never run; inside
# an outer loop, the steps after an inner loop see the inner index.
#
# Seen on 2026-11-29, JDK 17: the lines below.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
. "$(dirname "$0")/java.inc"
jars org.apache.camel:camel-core-engine:4.17.0 org.apache.camel:camel-core-languages:4.17.0 \
  org.apache.camel:camel-direct:4.17.0 org.slf4j:slf4j-nop:2.0.17

cat >"$dir/Finding.java" <<'EOF'
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

public class Finding extends RouteBuilder {
  @Override
  public void configure() {
    from("direct:alone").loopDoWhile(this::fewerThanTwo).process(say("alone")).end();
    from("direct:second")
        .loop(3).process(say("first loop")).end()
        .loopDoWhile(this::fewerThanTwo).process(say("second loop")).end();
    from("direct:nested")
        .loop(2)
          .process(say("outer, before the inner loop"))
          .loop(3).setProperty("something").constant("x").end()
          .process(say("outer, after the inner loop"))
        .end();
  }

  private boolean fewerThanTwo(Exchange exchange) {
    Integer done = exchange.getProperty("CamelLoopIndex", Integer.class);
    System.out.println("condition sees " + done);
    return done == null || done < 1;
  }

  private static Processor say(String where) {
    return exchange -> System.out.println(where + ": " + exchange.getProperty("CamelLoopIndex"));
  }

  public static void main(String[] args) throws Exception {
    try (var camel = new DefaultCamelContext()) {
      camel.addRoutes(new Finding());
      camel.start();
      for (var route : new String[] {"direct:alone", "direct:second", "direct:nested"}) {
        System.out.println(route);
        camel.createProducerTemplate().sendBody(route, "");
      }
    }
  }
}
EOF

run <<'EOF'
direct:alone
condition sees null
alone: 0
condition sees 0
alone: 1
condition sees 1
direct:second
first loop: 0
first loop: 1
first loop: 2
condition sees 2
direct:nested
outer, before the inner loop: 0
outer, after the inner loop: 2
outer, before the inner loop: 1
outer, after the inner loop: 2
EOF
