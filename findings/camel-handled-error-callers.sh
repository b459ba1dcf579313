#!/usr/bin/env bash
# Camel 4.17.0: whether an error that a called route has handled ends its caller depends on an unrelated option
#
# Source: Maven Central, org.apache.camel:camel-core-engine, camel-core-languages and camel-direct 4.17.0.
# Guess: a caller goes on after a route that has handled its own error, or it never does; and enrich with
# a strategy that just takes over the body is the same as enrich without one.
# Behaviour: after to, enrich, multicast, loop and doTry the caller silently ends; after enrich with any
# strategy, wireTap and split it goes on. With a strategy, split ends as well.
#
# Seen on 2026-11-29, JDK 17: the lines below; each caller sends 1,2 and says whether its next step was reached.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
. "$(dirname "$0")/java.inc"
jars org.apache.camel:camel-core-engine:4.17.0 org.apache.camel:camel-core-languages:4.17.0 \
  org.apache.camel:camel-direct:4.17.0 org.slf4j:slf4j-nop:2.0.17

cat >"$dir/Finding.java" <<'EOF'
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.AggregationStrategy;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

public class Finding extends RouteBuilder {
  static final Set<String> reached = ConcurrentHashMap.newKeySet();
  static final List<String> callers =
      List.of("to", "enrich", "enrich with strategy", "multicast", "loop", "doTry", "wireTap", "split",
          "split with strategy");

  @Override
  public void configure() {
    AggregationStrategy takeOver =
        (old, called) -> {
          if (old == null) {
            return called;
          }
          old.getMessage().setBody(called.getMessage().getBody());
          return old;
        };
    from("direct:failing")
        .onException(IllegalStateException.class).handled(true).end()
        .throwException(new IllegalStateException("no rows"));

    from("direct:to").to("direct:failing").process(reach("to"));
    from("direct:enrich").enrich("direct:failing").process(reach("enrich"));
    from("direct:enrich-with")
        .enrich("direct:failing", takeOver)
        .process(reach("enrich with strategy"));
    from("direct:multicast").multicast().to("direct:failing").end().process(reach("multicast"));
    from("direct:loop").loop(2).to("direct:failing").end().process(reach("loop"));
    from("direct:doTry")
        .doTry().to("direct:failing").doFinally().log("called").end()
        .process(reach("doTry"));
    from("direct:wireTap").wireTap("direct:failing").process(reach("wireTap"));
    from("direct:split").split(body().tokenize(",")).to("direct:failing").end().process(reach("split"));
    from("direct:split-with")
        .split(body().tokenize(","), takeOver).to("direct:failing").end()
        .process(reach("split with strategy"));
  }

  static Processor reach(String caller) {
    return exchange -> reached.add(caller);
  }

  public static void main(String[] args) throws Exception {
    try (var camel = new DefaultCamelContext()) {
      camel.addRoutes(new Finding());
      camel.start();
      for (var caller : callers) {
        camel.createProducerTemplate().sendBody("direct:" + caller.replace(" with strategy", "-with"), "1,2");
        System.out.println(caller + ": " + (reached.contains(caller) ? "goes on" : "ends"));
      }
    }
  }
}
EOF

run <<'EOF'
to: ends
enrich: ends
enrich with strategy: goes on
multicast: ends
loop: ends
doTry: ends
wireTap: goes on
split: goes on
split with strategy: ends
EOF
