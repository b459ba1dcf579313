package routes;

import covid.DayColumns;
import feeds.CsvFormats;
import feeds.SetBytes;
import feeds.SetFormat;
import feeds.SetText;
import java.io.IOException;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.RouteDefinition;

/**
 * The joined days as CSV.
 *
 * <pre>
 *   write-set    the text of the set
 * </pre>
 */
public final class SetRoutes extends RouteBuilder {
  private final SetFormat format;

  /**
   * @param format the form of the set
   */
  public SetRoutes(SetFormat format) {
    this.format = format;
  }

  @Override
  public void configure() {
    RouteDefinition write =
        from("direct:write-set").routeId("write-set").routeConfigurationId("stages");
    // A length that an object was read with would become that of the next one.
    write.removeHeaders("*");
    (format.isOfOnePlace()
            ? write
                .setBody(exchange -> format.records(Runs.of(exchange).joined().days()))
                .id("records")
                .marshal(CsvFormats.set(format))
                .convertBodyTo(byte[].class)
            // Of many places there are too many days for a map each.
            : write)
        .process(this::write)
        .id("write");
  }

  private void write(Exchange exchange) throws IOException {
    DayColumns days = Runs.of(exchange).joined().days();
    exchange
        .getMessage()
        .setBody(
            format.isOfOnePlace()
                ? SetText.of(days.get(0).place(), exchange.getMessage().getBody(byte[].class))
                : SetBytes.of(format, days));
  }
}
