#!/usr/bin/env bash
# Camel 4.17.0: two parallel branches that meet an error of the same route at once are taken for a circle
#
# Source: Maven Central, org.apache.camel:camel-core-engine, camel-core-languages and camel-direct 4.17.0.
# Guess: each branch of a parallel split or multicast is an exchange of its own, so an error in it is handled as if
# it were alone, whatever the other branches do and whatever came before.
# Behaviour: a property of the exchange lists the routes that are handling an error, to find circles. The first
# onException with steps makes the list, and leaves it there when it ends. Branches are copies of the exchange
# that share the list: while one is handling an error, an error of the same route in another one is a
# "Circular error-handler detected" in the log, is not handled, and fails the caller. Where nothing was handled
# before, or by an onException without steps, each branch makes a list of its own and all are handled.
#
# Seen on 2026-11-30, JDK 17: the lines below. The second branch fails as soon as the first one is in its
# onException, which goes on when the second one is there too, or has ended.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
. "$(dirname "$0")/java.inc"
jars org.apache.camel:camel-core-engine:4.17.0 org.apache.camel:camel-core-languages:4.17.0 \
  org.apache.camel:camel-direct:4.17.0 org.slf4j:slf4j-nop:2.0.17

cat >"$dir/Finding.java" <<'EOF'
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

public class Finding extends RouteBuilder {
  @Override
  public void configure() {
    from("direct:nothing").setProperty("step").constant(true);
    from("direct:no-steps")
        .onException(IllegalStateException.class).continued(true).end()
        .throwException(new IllegalStateException("before"));
    from("direct:steps")
        .onException(IllegalStateException.class).continued(true).setProperty("step").constant(true).end()
        .throwException(new IllegalStateException("before"));

    from("direct:split")
        .toD("direct:${header.before}")
        .split(body()).parallelProcessing().stopOnException().to("direct:branch");
    from("direct:multicast")
        .toD("direct:${header.before}")
        .multicast().parallelProcessing().stopOnException().to("direct:branch", "direct:branch");
    from("direct:split-own-lists")
        .toD("direct:${header.before}")
        .split(body()).parallelProcessing().stopOnException()
        .onPrepare(branch -> branch.removeProperty(Exchange.FATAL_FALLBACK_ERROR_HANDLER))
        .to("direct:branch");

    from("direct:branch")
        .doTry().to("direct:failing").doFinally().process(branch -> branches(branch).both.countDown()).end();
    from("direct:failing")
        .onException(IllegalStateException.class)
          .continued(true)
          .process(branch -> branches(branch).handle())
        .end()
        .process(branch -> branches(branch).secondWaits())
        .throwException(new IllegalStateException("branch"));
  }

  static Branches branches(Exchange branch) {
    return branch.getMessage().getHeader("branches", Branches.class);
  }

  static class Branches {
    final AtomicInteger begun = new AtomicInteger();
    final AtomicInteger handled = new AtomicInteger();
    final CountDownLatch first = new CountDownLatch(1);
    final CountDownLatch both = new CountDownLatch(2);

    void secondWaits() throws InterruptedException {
      if (begun.incrementAndGet() == 2) {
        await(first);
      }
    }

    void handle() throws InterruptedException {
      handled.incrementAndGet();
      first.countDown();
      both.countDown();
      await(both);
    }

    private void await(CountDownLatch latch) throws InterruptedException {
      if (!latch.await(60, TimeUnit.SECONDS)) {
        System.out.println("the other branch did not come");
      }
    }
  }

  public static void main(String[] args) throws Exception {
    try (var camel = new DefaultCamelContext()) {
      camel.addRoutes(new Finding());
      camel.start();
      for (var before : List.of("nothing", "no-steps", "steps")) {
        for (var parallel : List.of("split", "multicast", "split-own-lists")) {
          var branches = new Branches();
          var ended =
              camel.createProducerTemplate().send("direct:" + parallel, exchange -> {
                exchange.getMessage().setBody(List.of("a", "b"));
                exchange.getMessage().setHeader("before", before);
                exchange.getMessage().setHeader("branches", branches);
              });
          var error = ended.getException();
          System.out.println(
              before + " before, " + parallel + ": " + branches.handled + " of 2 handled, "
                  + (error == null ? "no error" : "the caller fails: " + root(error).getMessage()));
        }
      }
    }
  }

  static Throwable root(Throwable error) {
    return error.getCause() == null ? error : root(error.getCause());
  }
}
EOF

run <<'EOF'
nothing before, split: 2 of 2 handled, no error
nothing before, multicast: 2 of 2 handled, no error
nothing before, split-own-lists: 2 of 2 handled, no error
no-steps before, split: 2 of 2 handled, no error
no-steps before, multicast: 2 of 2 handled, no error
no-steps before, split-own-lists: 2 of 2 handled, no error
steps before, split: 1 of 2 handled, the caller fails: branch
steps before, multicast: 1 of 2 handled, the caller fails: branch
steps before, split-own-lists: 2 of 2 handled, no error
EOF
