package routes;

import covid.Dataset;
import covid.Run;
import covid.RunFact;
import covid.RunMarker;
import covid.RunReport;
import covid.RunSummary;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.builder.Builder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.aws2.sns.Sns2Constants;
import org.apache.camel.model.ProcessorDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import webhooks.Announcement;

/**
 * The message of a run that has ended: to the topic, then to the webhooks. What fails does not keep
 * it from the others.
 *
 * <pre>
 *   send-summary         SNS; the next run reports a failure
 *     -> note-waiting    if webhooks are to follow                                  MarkerRoutes
 *        or note-waiting-run   with a queue                                          OwnerRoutes
 *     -> send-webhooks   if there are any                                          WebhookRoutes
 * </pre>
 */
public final class MessageRoutes extends RouteBuilder {
  private static final Logger LOG = LoggerFactory.getLogger("send-summary");

  private final Dataset dataset;
  private final boolean withRevisions;
  private final boolean withWebhooks;
  private final boolean queued;

  /**
   * @param dataset named in messages, unless it is the default one
   * @param withRevisions whether messages say what was revised in the published set
   * @param withWebhooks whether there are webhooks
   * @param queued whether workers store the days, through a queue: then another process may go on
   *     with the message
   */
  public MessageRoutes(
      Dataset dataset, boolean withRevisions, boolean withWebhooks, boolean queued) {
    this.dataset = dataset;
    this.withRevisions = withRevisions;
    this.withWebhooks = withWebhooks;
    this.queued = queued;
  }

  @Override
  public void configure() {
    // For errors.camel.yaml.
    bindToRegistry("notAnnounced", (Processor) MessageRoutes::notAnnounced);

    send(
        from("direct:send-summary")
            .routeId("send-summary")
            .routeConfigurationId("announce")
            .process(this::summary)
            .id("summary"),
        "note-sent-summary",
        withWebhooks,
        queued);
  }

  /**
   * Continues a route by sending the {@link #message}.
   *
   * @param sent the id of the step that notes that the topic has it
   * @param queued whether another process may go on with the message
   */
  static void send(
      ProcessorDefinition<?> route, String sent, boolean withWebhooks, boolean queued) {
    ProcessorDefinition<?> topic = route.filter(Builder.simple("'{{announce.topic}}' != ''"));
    topic
        .filter(exchange -> !OwnerRoutes.isOnTopic(exchange))
        .toD("aws2-sns:{{announce.topic}}")
        .end()
        .process(MessageRoutes::noteSent)
        .id(sent);
    if (!withWebhooks) {
      return;
    }
    // Webhooks take their time, in which this process may die.
    if (queued) {
      // They know a message by its id. Whether or not the topic has it, the note shows others that
      // this process is alive.
      route.to("direct:note-waiting-run");
    } else {
      route.to("direct:note-waiting");
    }
    route.to("direct:send-webhooks");
  }

  private void summary(Exchange exchange) {
    RunReport report = AnnounceRoutes.report(exchange);
    message(
        exchange,
        dataset,
        RunSummary.of(report, dataset.key(), withRevisions),
        new Ended("run." + report.status(), report.finishedAt(), report));
    exchange.getMessage().setHeader("status", report.status().toString());
    exchange.getMessage().setHeader("added", Integer.toString(report.added()));
  }

  /**
   * What webhooks get beside the summary.
   *
   * @param type what has ended and how
   * @param at when
   * @param report the record of it
   */
  record Ended(String type, Instant at, Object report) {}

  /** Makes the message from a summary, without anything else of the exchange. */
  static void message(Exchange exchange, Dataset dataset, RunSummary summary, Ended ended) {
    String run = Runs.of(exchange).id();
    Message message = exchange.getMessage();
    String subject =
        dataset.isDefault()
            ? summary.subject()
            : "%s (%s)".formatted(summary.subject(), dataset.name());
    message.removeHeaders("*");
    message.setHeader(Sns2Constants.SUBJECT, subject);
    if (!dataset.isDefault()) {
      message.setHeader("dataset", dataset.name());
    }
    message.setHeader("runId", run);
    message.setBody(summary.text());
    exchange.setVariable(
        WebhookRoutes.ANNOUNCEMENT,
        new Announcement(
            run,
            ended.type(),
            ended.at(),
            dataset.name(),
            subject,
            summary.text(),
            ended.report()));
  }

  /** Also a message that could not be sent comes here. */
  private static void noteSent(Exchange exchange) {
    Run run = Runs.of(exchange);
    if (!run.log().has(RunFact.NotAnnounced.class)) {
      run.note(new RunFact.Announced());
    }
  }

  /** Notes that the message could not be sent. */
  private static void notAnnounced(Exchange exchange) {
    Throwable error = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
    Run run = Runs.of(exchange);
    String step = exchange.getProperty(Exchange.FAILURE_ROUTE_ID, String.class);
    LOG.error("Run {}: no message was sent: {}", run.id(), Reason.forLog(error, step), error);
    run.note(new RunFact.NotAnnounced("The message could not be sent: " + Reason.of(error, step)));
  }

  /** Whether the message was sent to all, or none is needed. */
  static boolean isAnnounced(Run run) {
    return !run.log().has(RunFact.NotAnnounced.class) && !run.log().has(RunFact.NotPosted.class);
  }

  /** Whether only webhooks did not get it, so that those who read the topic know what it names. */
  static boolean isAnnouncedInPart(Run run) {
    return RunMarker.isTold(missedBy(run));
  }

  /**
   * The receivers that the message did not reach, if it reached others; empty if it reached none.
   */
  static List<String> missedBy(Run run) {
    if (!run.log().has(RunFact.Announced.class)) {
      return List.of();
    }
    Stream<String> topic =
        run.log().last(RunFact.NotAnnounced.class).stream().map(failed -> RunMarker.TOPIC);
    Stream<String> webhooks =
        run.facts().all(RunFact.NotPosted.class).map(RunFact.NotPosted::webhook);
    return Stream.concat(topic, webhooks).distinct().toList();
  }
}
