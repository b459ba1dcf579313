package routes;

import covid.Pulls;
import covid.Run;
import covid.RunFact;
import covid.RunMarker;
import covid.RunReport;
import covid.RunSummary;
import java.util.List;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.aws2.s3.AWS2S3Constants;
import org.apache.camel.model.ProcessorDefinition;
import web.Answer;
import web.Json;

/**
 * The markers of runs, once a run has ended and its message is sent, or could not be.
 *
 * <pre>
 *   note-waiting     S3 open-runs/: its own says that it waits for webhooks
 *     -> remove-named-markers   those of earlier runs, if the topic has the message
 *   remove-markers   S3 open-runs/: its own, and those of the unfinished runs that it names, if
 *                    what they had to report once is reported
 *   leave-marker     S3 open-runs/: its own keeps the message's first line for the next run, and
 *                    who did not get it
 *     -> save-report                                                            AnnounceRoutes
 *     -> remove-named-markers   those of earlier runs, if only a webhook did not get the message
 * </pre>
 */
public final class MarkerRoutes extends RouteBuilder {
  private final Runs runs;
  private final Json json;
  private final boolean queued;
  private final List<String> webhooks;

  /**
   * @param runs the runs of this process
   * @param json how markers are written
   * @param queued whether workers store the days, through a queue: then a report stays as it was
   *     put
   * @param webhooks their names
   */
  public MarkerRoutes(Runs runs, Json json, boolean queued, List<String> webhooks) {
    this.runs = runs;
    this.json = json;
    this.queued = queued;
    this.webhooks = List.copyOf(webhooks);
  }

  @Override
  public void configure() {
    from("direct:remove-markers")
        .routeId("remove-markers")
        .routeConfigurationId("best-effort")
        .removeHeaders(Redelivery.HEADERS)
        .split()
        .exchange(MarkerRoutes::markers)
        .to(Bucket.delete(Bucket.OPEN_RUNS + "${body}.json"));

    from("direct:note-waiting")
        .routeId("note-waiting")
        .routeConfigurationId("best-effort")
        .removeHeaders(Redelivery.HEADERS)
        .setBody(this::waiting)
        .id("waiting")
        .marshal(json.of(RunMarker.class))
        .setHeader(AWS2S3Constants.CONTENT_TYPE, constant(Answer.JSON))
        .to(Bucket.put(Bucket.OPEN_RUN))
        .filter(exchange -> isOnTopic(Runs.of(exchange)))
        .id("if-on-topic")
        .to("direct:remove-named-markers");

    ProcessorDefinition<?> leave =
        from("direct:leave-marker").routeId("leave-marker").routeConfigurationId("best-effort");
    leave
        .removeHeaders(Redelivery.HEADERS)
        .setBody(this::unannounced)
        .id("unannounced")
        .marshal(json.of(RunMarker.class))
        .setHeader(AWS2S3Constants.CONTENT_TYPE, constant(Answer.JSON))
        .to(Bucket.put(Bucket.OPEN_RUN));
    if (!queued) {
      // The report in the bucket does not say yet that the message could not be sent.
      leave.to("direct:save-report");
    }
    leave
        // With a webhook that never answers, each message would name all runs since.
        .filter(exchange -> MessageRoutes.isAnnouncedInPart(Runs.of(exchange)))
        .id("if-announced-in-part")
        .to("direct:remove-named-markers");

    from("direct:remove-named-markers")
        .routeId("remove-named-markers")
        .routeConfigurationId("best-effort")
        .removeHeaders("*")
        .split()
        .exchange(MarkerRoutes::settled)
        .to(Bucket.delete(Bucket.OPEN_RUNS + "${body}.json"));
  }

  /** The runs whose markers are no longer needed after the message is sent. */
  private static List<String> markers(Exchange exchange) {
    String run = AnnounceRoutes.report(exchange).id();
    return Stream.concat(Stream.of(run), settled(exchange).stream()).toList();
  }

  /**
   * The earlier runs that the message names, and of which there is no more to say. What one of them
   * had to report once, only a run that publishes reports in its place: until then it is named.
   */
  private static List<String> settled(Exchange exchange) {
    RunReport report = AnnounceRoutes.report(exchange);
    Pulls pulls = Runs.of(exchange).pulls();
    return report.unfinishedRuns().stream()
        .filter(run -> report.archive() != null || pulls.isReported(run))
        .map(RunMarker::id)
        .toList();
  }

  /** Whether the topic has the message, before any webhook is asked. */
  private static boolean isOnTopic(Run run) {
    return run.log().has(RunFact.Announced.class);
  }

  /** The marker of a run that waits for webhooks: this process may die until they answer. */
  private RunMarker waiting(Exchange exchange) {
    Run run = Runs.of(exchange);
    return runs.marker(run)
        .waiting(
            firstLine(WebhookRoutes.announcement(exchange).text()),
            run.log().has(RunFact.NotAnnounced.class) ? List.of(RunMarker.TOPIC) : List.of(),
            new RunMarker.Waiting(webhooks, isOnTopic(run)));
  }

  private static String firstLine(String text) {
    return text.lines().findFirst().orElse("");
  }

  /** The marker of a run whose message not all have got; it keeps the message's first line. */
  private RunMarker unannounced(Exchange exchange) {
    String text = RunSummary.of(AnnounceRoutes.report(exchange)).text();
    Run run = Runs.of(exchange);
    return runs.marker(run).left(firstLine(text), MessageRoutes.missedBy(run));
  }
}
