package routes;

import covid.Dataset;
import covid.Run;
import covid.RunFact;
import covid.RunReport;
import covid.RunSummary;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.aws2.sns.Sns2Constants;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The message of a run that has ended.
 *
 * <pre>
 *   send-summary   SNS
 * </pre>
 */
public final class MessageRoutes extends RouteBuilder {
  private static final Logger LOG = LoggerFactory.getLogger("announce-run");

  private final Dataset dataset;
  private final boolean withRevisions;

  /**
   * @param dataset named in messages, unless it is the default one
   * @param withRevisions whether messages say what was revised in the published set
   */
  public MessageRoutes(Dataset dataset, boolean withRevisions) {
    this.dataset = dataset;
    this.withRevisions = withRevisions;
  }

  @Override
  public void configure() {
    // For errors.camel.yaml.
    bindToRegistry("notAnnounced", (Processor) MessageRoutes::notAnnounced);

    from("direct:send-summary")
        .routeId("send-summary")
        .routeConfigurationId("announce")
        .process(this::summary)
        .id("summary")
        .filter(simple("'{{announce.topic}}' != ''"))
        .toD("aws2-sns:{{announce.topic}}");
  }

  private void summary(Exchange exchange) {
    RunReport report = AnnounceRoutes.report(exchange);
    message(exchange, dataset, RunSummary.of(report, dataset.key(), withRevisions));
    exchange.getMessage().setHeader("status", report.status().toString());
    exchange.getMessage().setHeader("added", Integer.toString(report.added()));
  }

  /** Makes the message for the topic from a summary, without anything else of the exchange. */
  static void message(Exchange exchange, Dataset dataset, RunSummary summary) {
    exchange.getMessage().removeHeaders("*");
    exchange.getMessage().setHeader(Sns2Constants.SUBJECT, summary.subject());
    if (!dataset.isDefault()) {
      exchange
          .getMessage()
          .setHeader(Sns2Constants.SUBJECT, "%s (%s)".formatted(summary.subject(), dataset.name()));
      exchange.getMessage().setHeader("dataset", dataset.name());
    }
    exchange.getMessage().setHeader("runId", Runs.of(exchange).id());
    exchange.getMessage().setBody(summary.text());
  }

  /** Notes that the message could not be sent. */
  private static void notAnnounced(Exchange exchange) {
    Throwable error = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
    Run run = Runs.of(exchange);
    String step = "send-summary";
    LOG.error("Run {}: no message was sent: {}", run.id(), Reason.forLog(error, step), error);
    run.note(new RunFact.NotAnnounced("The message could not be sent: " + Reason.of(error, step)));
  }

  /** Whether the message was sent, or none is needed. */
  static boolean isAnnounced(Run run) {
    return !run.log().has(RunFact.NotAnnounced.class);
  }
}
