package routes;

import static org.assertj.core.api.Assertions.assertThat;

import app.SharedFactories;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;

class BranchesTest {
  /** As when a run has lost the race for the set, and its series are there already. */
  @Test
  void handleAnErrorOfTheSameRouteAtTheSameTime() throws Exception {
    CyclicBarrier both = new CyclicBarrier(2);
    CamelContext camel = new DefaultCamelContext();
    SharedFactories.in(camel);
    try {
      camel.addRoutes(
          new RouteBuilder() {
            @Override
            public void configure() {
              from("direct:whole")
                  .to("direct:failsBefore")
                  .split(body())
                  .parallelProcessing()
                  .onPrepare(Branches::prepare)
                  .stopOnException()
                  .to("direct:branch");

              from("direct:failsBefore")
                  .onException(IllegalStateException.class)
                  .continued(true)
                  .log("continued")
                  .end()
                  .throwException(new IllegalStateException("before"));

              from("direct:branch")
                  .onException(IllegalStateException.class)
                  .continued(true)
                  .process(exchange -> both.await(20, TimeUnit.SECONDS))
                  .end()
                  .throwException(new IllegalStateException("branch"));
            }
          });
      camel.start();

      Exchange ended =
          camel
              .createProducerTemplate()
              .send("direct:whole", exchange -> exchange.getMessage().setBody(List.of("a", "b")));

      assertThat(ended.getException()).isNull();
    } finally {
      camel.stop();
    }
  }
}
