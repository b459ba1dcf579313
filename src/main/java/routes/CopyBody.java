package routes;

import feeds.BodyCopy;
import feeds.Validators;
import java.io.IOException;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.util.IOHelper;

/**
 * Notes the validators of an answer, and has a copy made of its body while it is read, if this run
 * keeps bodies.
 *
 * @param bodies which are kept
 */
record CopyBody(RawBodies bodies) implements Processor {
  @Override
  public void process(Exchange exchange) throws IOException {
    Message answer = exchange.getMessage();
    exchange.setVariable(
        PullVariables.VALIDATORS,
        Validators.of(
            answer.getHeader("ETag", "", String.class),
            answer.getHeader("Last-Modified", "", String.class),
            answer.getHeader("Date", "", String.class)));
    if (bodies.keep().isEmpty() || exchange.getVariable(PullVariables.KEEPS) == null) {
      return;
    }
    BodyCopy copy = new BodyCopy();
    forgetBefore(exchange);
    exchange.setVariable(PullVariables.COPY, copy);
    PullVariables.closeAfter(exchange, copy);
    answer.setBody(copy.of(ReadRoutes.body(exchange)));
  }

  /** Removes the copy of an attempt before. */
  private static void forgetBefore(Exchange exchange) {
    BodyCopy before = exchange.getVariable(PullVariables.COPY, BodyCopy.class);
    if (before != null) {
      IOHelper.close(before);
    }
  }
}
