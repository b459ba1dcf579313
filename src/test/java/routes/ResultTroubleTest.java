package routes;

import static org.assertj.core.api.Assertions.assertThat;

import covid.Run;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import local.LogLines;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

class ResultTroubleTest {
  private static final String CANNOT = "Results cannot be read";
  private static final String CAN = "Results can be read again";

  private final ResultTrouble trouble = new ResultTrouble();

  @Test
  void saysOnceThatARunCannotReadResultsAndOnceThatItCan() throws IOException {
    try (LogLines log = new LogLines()) {
      fails("r-1");
      fails("r-1");
      works("r-1");
      works("r-1");
      fails("r-1");

      assertThat(said(log)).containsExactly(CANNOT, CAN, CANNOT);
    }
  }

  @Test
  void beginsAnewWithEachRun() throws IOException {
    try (LogLines log = new LogLines()) {
      fails("r-1");
      works("r-2");
      fails("r-2");

      assertThat(said(log)).containsExactly(CANNOT, CANNOT);
    }
  }

  /** Without the reasons. */
  private static List<String> said(LogLines log) {
    return log.texts().stream()
        .filter(line -> line.startsWith("Results can"))
        .map(line -> line.split(":")[0])
        .toList();
  }

  private void fails(String run) {
    trouble.process(look(run));
    trouble.noteEnd(look(run));
  }

  private void works(String run) {
    trouble.noteEnd(look(run));
  }

  private static Exchange look(String run) {
    Exchange exchange = new DefaultExchange(new DefaultCamelContext());
    exchange.setVariable("run", Run.begin(run, "test", Instant.EPOCH));
    exchange.setProperty(Exchange.EXCEPTION_CAUGHT, new IOException("away"));
    return exchange;
  }
}
