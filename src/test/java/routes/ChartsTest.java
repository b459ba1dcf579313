package routes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import covid.ArchivedSet;
import covid.Series;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ChartsTest {
  private static final ArchivedSet OLD = set("\"old\"", 1);
  private static final ArchivedSet NEW = set("\"new\"", 2);

  private final DefaultCamelContext camel = new DefaultCamelContext();
  private final AtomicInteger drawn = new AtomicInteger();
  private final AtomicBoolean broken = new AtomicBoolean();
  private final Charts charts = new Charts(camel.createProducerTemplate());

  private static ArchivedSet set(String etag, long cases) {
    return new ArchivedSet(
        new Series(List.of(IngestTestBase.day("2020-01-22", cases, 0, 0))),
        "",
        etag,
        Instant.EPOCH);
  }

  @BeforeEach
  void start() throws Exception {
    camel.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("direct:draw-chart").errorHandler(noErrorHandler()).process(this::draw);
          }

          private void draw(Exchange exchange) {
            drawn.incrementAndGet();
            if (broken.get()) {
              throw new IllegalStateException("It cannot be drawn.");
            }
            Message message = exchange.getMessage();
            message.setBody(message.getBody(ArchivedSet.class).etag().getBytes(UTF_8));
          }
        });
    camel.start();
  }

  @AfterEach
  void stop() {
    camel.stop();
  }

  @Test
  void whoStillHasTheSetBeforeDoesNotHaveItDrawnAgain() throws Exception {
    charts.prepare(OLD);
    byte[] old = charts.png(OLD);
    byte[] current = charts.png(NEW);

    assertThat(charts.png(OLD)).isEqualTo(old).isEqualTo("\"old\"".getBytes(UTF_8));
    assertThat(charts.png(NEW)).isEqualTo(current).isEqualTo("\"new\"".getBytes(UTF_8));
    assertThat(drawn).hasValue(2);
  }

  @Test
  void whatCouldNotBeDrawnIsTriedAgain() throws Exception {
    broken.set(true);
    assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> charts.png(NEW));
    broken.set(false);

    assertThat(charts.png(NEW)).isEqualTo("\"new\"".getBytes(UTF_8));
    assertThat(drawn).hasValue(2);
  }

  @Test
  void theDrawingOfLinesIsOfTheSetAskedFor() {
    String old = charts.svg(OLD);

    assertThat(charts.svg(NEW)).isNotEqualTo(old);
    assertThat(charts.svg(OLD)).isSameAs(old);
  }
}
