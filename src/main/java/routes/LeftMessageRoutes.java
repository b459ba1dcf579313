package routes;

import aws.BucketKeys;
import covid.Run;
import covid.RunFact;
import covid.RunFailedException;
import covid.RunReport;
import java.io.IOException;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.aws2.s3.AWS2S3Constants;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import web.Json;

/**
 * A run that has a report, and lacks only its message: its owner sends it, be it of this process or
 * another one.
 *
 * <pre>
 *   announce-report
 *     -> check-owner        is this process still to end the run?                     OwnerRoutes
 *     -> send-summary       unless it is noted as sent                              MessageRoutes
 *     -> note-announced     S3 work/open-run.json: the message is sent                OwnerRoutes
 *     -> remove-markers     or leave-marker: the next run announces this one         MarkerRoutes
 *   take-report         the report that is there, or that it cannot be read: it fails no run
 *     -> find-report      S3 runs/: the report that another process has put
 * </pre>
 */
public final class LeftMessageRoutes extends RouteBuilder {
  private static final Logger LOG = LoggerFactory.getLogger("take-report");

  /** The variable with the reason why the report that is there cannot be read; absent otherwise. */
  private static final String UNREAD = "unreadReport";

  private final Json json;

  /**
   * @param json how reports are read
   */
  public LeftMessageRoutes(Json json) {
    this.json = json;
  }

  @Override
  public void configure() {
    from("direct:announce-report")
        .routeId("announce-report")
        .routeConfigurationId("stages")
        .to("direct:check-owner")
        .filter(exchange -> !OwnerRoutes.isLost(exchange))
        .id("unless-run-is-lost")
        .filter(exchange -> !OwnerRoutes.isAnnounced(exchange))
        .id("unless-announced")
        .to("direct:send-summary")
        .end()
        .choice()
        .when(exchange -> MessageRoutes.isAnnounced(Runs.of(exchange)))
        .to("direct:note-announced")
        .to("direct:remove-markers")
        .otherwise()
        // To fail took time, in which another process may have taken this one for dead.
        .to("direct:check-owner")
        .filter(exchange -> !OwnerRoutes.isLost(exchange))
        .id("unless-run-was-lost-meanwhile")
        .to("direct:leave-marker");

    from("direct:take-report")
        .routeId("take-report")
        .routeConfigurationId("stages")
        // An error policy calls it, too, and what fails there ends the run without a status.
        .enrich("direct:find-report", LeftMessageRoutes::take, true)
        .id("find-report-or-reason");

    from("direct:find-report")
        .routeId("find-report")
        .routeConfigurationId("published-set")
        .removeHeaders("*")
        .setBody(constant(""))
        .setHeader(AWS2S3Constants.KEY)
        .exchange(
            exchange ->
                Bucket.resolved(exchange, Bucket.PREFIX)
                    + BucketKeys.report(Runs.of(exchange).id()))
        .to(Bucket.get("-"))
        .filter(exchange -> !(exchange.getMessage().getBody() instanceof String))
        .process(Bucket::checkSize)
        .id("check-size-of-report")
        .process(this::read)
        .id("read-report")
        .setVariable(AnnounceRoutes.REPORT, body())
        .end()
        // The key in a header would be that of what later steps put.
        .removeHeaders("*");
  }

  /** Takes the report, if it is there, and the reason if it cannot be read. */
  private static Exchange take(Exchange exchange, Exchange found) {
    Exception error = found.getException();
    if (error != null) {
      String run = Runs.of(exchange).id();
      LogContext.during(
          exchange,
          () ->
              LOG.error(
                  "Run {}: its report cannot be read: {}",
                  run,
                  Reason.forLog(error, "find-report"),
                  error));
      exchange.setVariable(UNREAD, Reason.of(error, "find-report"));
    }
    Optional.ofNullable(found.getVariable(AnnounceRoutes.REPORT))
        .ifPresent(report -> exchange.setVariable(AnnounceRoutes.REPORT, report));
    return exchange;
  }

  /**
   * Whether the report that is in the bucket could not be read. What the message of the run is to
   * say, and to whom the run belongs, is not known then: it is neither sent nor closed here.
   */
  static boolean isUnread(Exchange exchange) {
    return exchange.getVariable(UNREAD) != null;
  }

  /** For the command that waits for the run: no report says so. */
  static void noteUnread(Exchange exchange) {
    Run run = Runs.of(exchange);
    run.note(
        new RunFact.RunFailed(
            "The report of this run is in the bucket already, as runs/%s.json, and cannot be read, so its message is left to the process that continues the run, or has ended it: %s"
                .formatted(run.id(), exchange.getVariable(UNREAD))));
  }

  /**
   * Reads a report.
   *
   * @throws RunFailedException if the object is not one, or is damaged
   */
  private void read(Exchange exchange) throws RunFailedException {
    String key = exchange.getMessage().getHeader(AWS2S3Constants.PRODUCED_KEY, String.class);
    byte[] object = exchange.getMessage().getBody(byte[].class);
    try {
      RunReport report = json.read(object, RunReport.class).orElseThrow();
      if (report.missing().isPresent()) {
        throw new NoSuchElementException(report.missing().get());
      }
      exchange.getMessage().setBody(report);
    } catch (IOException | NoSuchElementException e) {
      throw new RunFailedException(
          Bucket.foreign(
                  exchange,
                  key,
                  "is not the report of a run",
                  "remove it, and the run that is open is ended and reported")
              .forOperators());
    }
  }
}
