package local;

import app.Progress;
import covid.Dataset;
import covid.RunReport;
import covid.RunSummary;
import java.util.concurrent.Future;
import org.apache.camel.CamelConfiguration;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;
import routes.ContinueRoutes;
import routes.Runs;

/**
 * The first run of local mode, in the process that serves: so its metrics, its health and Hawtio
 * know it. Camel makes this by its name.
 */
public final class FirstRun implements CamelConfiguration {
  private static volatile String places = "";
  private static volatile boolean bar;

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

  /**
   * Has a terminal show a bar of all days, in place of lines of the log, which would tear it. It
   * has to be known before anything is logged.
   */
  static void showBar() {
    bar = Progress.isWanted() && System.getProperty("log.level") == null;
    if (bar) {
      System.setProperty("log.level", "WARN");
    }
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
                    .process(FirstRun::run)
                    .process(FirstRun::print);
              }
            });
  }

  private static void run(Exchange exchange) throws Exception {
    CamelContext context = exchange.getContext();
    Future<RunReport> run =
        context
            .createProducerTemplate()
            .asyncRequestBody(ContinueRoutes.begin(context), "command", RunReport.class);
    exchange
        .getMessage()
        .setBody(
            bar
                ? Progress.of(context.getRegistry().findSingleByType(Runs.class)).follow(run)
                : run.get());
    if (bar) {
      Configurator.setRootLevel(Level.INFO);
    }
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
