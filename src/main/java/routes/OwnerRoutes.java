package routes;

import chunks.OpenRun;
import covid.Run;
import covid.RunFact;
import covid.RunFailedException;
import covid.RunHistory;
import covid.RunMarker;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import web.Json;

/**
 * Which process is to end the open run. One that stood still for long may find that another one has
 * continued its run: then it neither reports nor announces it, and releases nothing.
 *
 * <pre>
 *   check-owner       S3 work/open-run.json: still this process? Is the message sent?
 *   note-on-topic     S3 work/open-run.json: the topic has the message
 *   note-announced    S3 work/open-run.json: the message is sent
 *   leave-to-owner    S3 runs/: the report of the other process, if it is there
 * </pre>
 */
public final class OwnerRoutes extends RouteBuilder {
  private static final Logger LOG = LoggerFactory.getLogger("check-owner");

  /** The variable with the {@link Owned} of the run; not set while the bucket does not say. */
  private static final String OWNED = "owned";

  private final Runs runs;
  private final RunHistory history;
  private final Json json;
  private final Clock clock;

  /** Whether this process is to end a run. */
  private enum Owned {
    /** It is. */
    HERE,
    /** It is, and the topic has the message. */
    HERE_ON_TOPIC,
    /** It is, and the message is sent. */
    HERE_ANNOUNCED,
    /** Another process is. */
    ELSEWHERE,
    /** Another process was, and has sent the message. */
    ELSEWHERE_ANNOUNCED,
    /** No process is: another one has ended the run. */
    BY_NOBODY
  }

  /**
   * @param runs the runs of this process
   * @param history receives the report of another process
   * @param json how objects are read
   * @param clock tells since when a run waits
   */
  public OwnerRoutes(Runs runs, RunHistory history, Json json, Clock clock) {
    this.runs = runs;
    this.history = history;
    this.json = json;
    this.clock = clock;
  }

  @Override
  public void configure() {
    // A bucket that does not answer keeps no message from being sent.
    from("direct:check-owner")
        .routeId("check-owner")
        .routeConfigurationId("best-effort")
        .removeHeaders(Redelivery.HEADERS)
        .process(exchange -> exchange.setVariable(OWNED, owned(exchange)))
        .id("who-is-to-end-the-run");

    from("direct:note-announced")
        .routeId("note-announced")
        .routeConfigurationId("best-effort")
        .removeHeaders(Redelivery.HEADERS)
        .process(exchange -> note(exchange, OpenRun::withMessage))
        .id("note-that-the-message-is-sent");

    from("direct:note-waiting-run")
        .routeId("note-waiting-run")
        .routeConfigurationId("best-effort")
        .removeHeaders(Redelivery.HEADERS)
        .process(this::noteWaiting)
        .id("note-that-the-run-waits");

    from("direct:leave-to-owner")
        .routeId("leave-to-owner")
        .routeConfigurationId("stages")
        .to("direct:take-report")
        .choice()
        .when(variable(AnnounceRoutes.REPORT).isNotNull())
        .process(exchange -> history.recall(AnnounceRoutes.report(exchange)))
        .id("recall-report")
        .otherwise()
        .process(OwnerRoutes::noteLost)
        .id("note-lost-run")
        .end()
        .to("direct:remove-late-marker")
        .setBody(AnnounceRoutes::report)
        .id("report-of-owner");

    from("direct:remove-late-marker")
        .routeId("remove-late-marker")
        .routeConfigurationId("best-effort")
        .filter(OwnerRoutes::hasEnded)
        .id("if-ended-elsewhere")
        .process(this::removeMarker)
        .id("remove-own-marker");
  }

  /** Whether another process is to end the run of an exchange, or has ended it. */
  static boolean isLost(Exchange exchange) {
    return switch (owned(exchange, Owned.HERE)) {
      case HERE, HERE_ON_TOPIC, HERE_ANNOUNCED -> false;
      case ELSEWHERE, ELSEWHERE_ANNOUNCED, BY_NOBODY -> true;
    };
  }

  /** Whether the message of the run of an exchange is sent. */
  static boolean isAnnounced(Exchange exchange) {
    return owned(exchange, Owned.HERE) == Owned.HERE_ANNOUNCED;
  }

  /** Whether the topic has the message of the run of an exchange, and a webhook may lack it. */
  static boolean isOnTopic(Exchange exchange) {
    return owned(exchange, Owned.HERE) == Owned.HERE_ON_TOPIC;
  }

  private void noteWaiting(Exchange exchange) throws RunFailedException {
    boolean isOnTopic = !Runs.of(exchange).log().has(RunFact.NotAnnounced.class);
    Instant now = clock.instant();
    note(exchange, run -> run.waiting(now, isOnTopic));
  }

  private void note(Exchange exchange, UnaryOperator<OpenRun> change) throws RunFailedException {
    OpenRunObject.of(exchange, json).note(Runs.of(exchange).id(), change);
  }

  private static Owned owned(Exchange exchange, Owned otherwise) {
    return exchange.getVariable(OWNED, otherwise, Owned.class);
  }

  private Owned owned(Exchange exchange) throws RunFailedException {
    Run run = Runs.of(exchange);
    Optional<OpenRun> open =
        OpenRunObject.of(exchange, json)
            .open()
            .filter(one -> one.isOf(run.id()))
            .map(OpenRunObject.Open::run);
    if (open.isEmpty()) {
      // One that could not be opened, since another run was, is to be reported.
      if (!run.log().has(RunFact.RunOpened.class)) {
        return Owned.HERE;
      }
      LOG.warn("Run {} is not open any more: another process has ended it", run.id());
      return Owned.BY_NOBODY;
    }
    boolean announced = open.get().announced();
    if (runs.isOwned(open.get())) {
      return announced
          ? Owned.HERE_ANNOUNCED
          : open.get().onTopic() ? Owned.HERE_ON_TOPIC : Owned.HERE;
    }
    RunMarker.Owner owner = open.get().owner();
    LOG.warn("Run {} is continued by process {} of {}", run.id(), owner.pid(), owner.host());
    return announced ? Owned.ELSEWHERE_ANNOUNCED : Owned.ELSEWHERE;
  }

  /** For the command that waits for the run: no report says so. */
  private static void noteLost(Exchange exchange) {
    Run run = Runs.of(exchange);
    run.note(
        new RunFact.RunFailed(
            "Another process has continued this run, and reports how it ends as runs/%s.json."
                .formatted(run.id())));
  }

  /** Whether the run needs no marker any more: one that is there was put too late. */
  private static boolean hasEnded(Exchange exchange) {
    return switch (owned(exchange, Owned.HERE)) {
      case HERE, HERE_ON_TOPIC, HERE_ANNOUNCED, ELSEWHERE -> false;
      case ELSEWHERE_ANNOUNCED -> true;
      case BY_NOBODY -> exchange.getVariable(AnnounceRoutes.REPORT) != null;
    };
  }

  private void removeMarker(Exchange exchange) throws IOException {
    RunMarker own = runs.marker(Runs.of(exchange));
    OpenRunObject.of(exchange, json).removeMarker(own.id(), own::equals);
  }
}
