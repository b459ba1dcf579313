package simulator;

import java.time.Duration;
import java.util.function.Consumer;
import org.apache.camel.CamelContext;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.model.DelayDefinition;
import org.apache.camel.spi.InterceptStrategy;

/**
 * Has the delays of routes wait for the time of the simulation, and not for that of the machine.
 *
 * @param sleep lets time go by
 */
record Sleep(Consumer<Duration> sleep) implements InterceptStrategy {
  @Override
  public Processor wrapProcessorInInterceptors(
      CamelContext context, NamedNode definition, Processor target, Processor next) {
    if (!(definition instanceof DelayDefinition delay)) {
      return target;
    }
    if (!delay.getOutputs().isEmpty()) {
      throw new IllegalStateException("A delay has steps of its own: " + delay.getId());
    }
    return exchange ->
        sleep.accept(Duration.ofMillis(delay.getExpression().evaluate(exchange, Long.class)));
  }
}
