package local;

import covid.Dataset;
import covid.RunReport;
import covid.RunSummary;
import org.apache.camel.CamelConfiguration;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;

/**
 * The first run of local mode, in the process that serves: so its metrics, its health and Hawtio
 * know it. Camel makes this by its name.
 */
public final class FirstRun implements CamelConfiguration {
  private static volatile String places = "";

  /**
   * Has the application do a run as soon as it serves, and print what came of it.
   *
   * @param text is printed after that
   */
  static void prepare(String text) {
    places = text;
    System.setProperty("camel.main.configuration-classes", FirstRun.class.getName());
    // There is a run anyway, so none has to be caught up.
    System.setProperty("camel.main.route-filter-exclude-pattern", "ingest-missed");
  }

  @Override
  public void configure(CamelContext context) {
    context
        .getRegistry()
        .bind(
            "firstRun",
            new RouteBuilder() {
              @Override
              public void configure() {
                from("timer:first-run?repeatCount=1&delay=0")
                    .routeId("first-run")
                    .setBody(constant("command"))
                    .to("direct:do-run")
                    .process(FirstRun::print);
              }
            });
  }

  private static void print(Exchange exchange) {
    RunReport report = exchange.getMessage().getBody(RunReport.class);
    System.out.println(
        RunSummary.of(
                report, exchange.getContext().getRegistry().findSingleByType(Dataset.class).key())
            .text());
    System.out.println(places);
  }
}
