package routes;

import covid.RunHistory;
import java.time.Instant;
import java.util.Optional;
import org.apache.camel.builder.RouteBuilder;
import serve.PublishedReports;

/**
 * What starts a run by itself.
 *
 * <pre>
 *   ingest-daily    at schedule.cron in schedule.zone -> do-run
 *   ingest-missed   at start: was the last time missed? -> do-run
 *   recall-runs     at start: how did the last ones end?
 * </pre>
 *
 * In a cluster the first two are the leader's, and start when it begins to lead: so a run that was
 * due while nobody led is caught up. A run that a leader had begun and not reported counts as
 * missed too.
 */
public final class TriggerRoutes extends RouteBuilder {
  /** Enough to find the last good one among some bad ones. */
  private static final int MOST_RECALLED = 10;

  private final Schedule schedule;
  private final PublishedReports reports;
  private final RunHistory history;
  private final String onLeader;

  /**
   * @param schedule when runs are due
   * @param reports which runs there were
   * @param history learns how they ended
   * @param onLeader goes before the address of an endpoint that only the leader consumes from;
   *     empty without a cluster
   */
  public TriggerRoutes(
      Schedule schedule, PublishedReports reports, RunHistory history, String onLeader) {
    this.schedule = schedule;
    this.reports = reports;
    this.history = history;
    this.onLeader = onLeader;
  }

  @Override
  public void configure() {
    // The trigger takes the very object that catch-up reckons with: as text, a + in the zone would
    // be lost, and a zone such as UTC-5 would be read as GMT.
    bindToRegistry("schedule", schedule.cron());
    from(onLeader
            + "quartz:ingest-daily?cron={{schedule.cron}}&trigger.cronExpression=#bean:schedule")
        .routeId("ingest-daily")
        .setBody(constant("schedule"))
        .to("direct:do-run");

    from(onLeader + "timer:ingest-missed?repeatCount=1&delay=1000")
        .routeId("ingest-missed")
        .routeConfigurationId("catch-up")
        .setBody(exchange -> missed())
        .id("missed")
        .filter(simple("${body.isPresent}"))
        .log("No run has finished since ${body.get}: catching up")
        .setBody(constant("catch-up"))
        .to("direct:do-run");

    from("timer:recall-runs?repeatCount=1&delay=0")
        .routeId("recall-runs")
        .routeConfigurationId("catch-up")
        .process(exchange -> reports.newest(MOST_RECALLED).forEach(history::recall))
        .id("recall");
  }

  /** The last time that a run was due, if none has finished since. */
  private Optional<Instant> missed() {
    return schedule.lastDue().filter(due -> !reports.hasAnySince(due));
  }
}
