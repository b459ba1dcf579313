package routes;

import covid.RunHistory;
import java.time.Instant;
import java.util.Optional;
import org.apache.camel.builder.RouteBuilder;
import serve.PublishedReports;

/**
 * The automatic triggers of runs.
 *
 * <pre>
 *   ingest-daily    at schedule.cron in schedule.zone -> do-run
 *   ingest-missed   at start: was the last run missed? -> do-run
 *   recall-runs     at start: how did the last runs end?
 * </pre>
 *
 * In a cluster the first two belong to the leader, and start when it begins to lead, so a run that
 * was due without a leader is caught up. A run that a leader began and did not report counts as
 * missed too.
 */
public final class TriggerRoutes extends RouteBuilder {
  /** Enough to find the last successful run among some failed ones. */
  private static final int MOST_RECALLED = 10;

  private final Schedule schedule;
  private final PublishedReports reports;
  private final RunHistory history;
  private final String onLeader;
  private final String run;

  /**
   * @param schedule when runs are due
   * @param reports the reports of earlier runs
   * @param history receives the earlier runs
   * @param onLeader goes before the address of an endpoint that only the leader consumes from;
   *     empty without a cluster
   * @param queued whether workers store the days, through a queue: then a run waits for the end of
   *     one that is open, and may continue it
   */
  public TriggerRoutes(
      Schedule schedule,
      PublishedReports reports,
      RunHistory history,
      String onLeader,
      boolean queued) {
    this.schedule = schedule;
    this.reports = reports;
    this.history = history;
    this.onLeader = onLeader;
    this.run = queued ? "direct:run-or-continue" : "direct:do-run";
  }

  @Override
  public void configure() {
    // The trigger uses the same object as catch-up: as text, a + in the zone would be lost, and a
    // zone such as UTC-5 would be read as GMT.
    bindToRegistry("schedule", schedule.cron());
    from(onLeader
            + "quartz:ingest-daily?cron={{schedule.cron}}&trigger.cronExpression=#bean:schedule")
        .routeId("ingest-daily")
        .setBody(constant("schedule"))
        .to(run);

    from(onLeader + "timer:ingest-missed?repeatCount=1&delay=1000")
        .routeId("ingest-missed")
        .routeConfigurationId("catch-up")
        .setBody(exchange -> missed())
        .id("missed")
        .filter(simple("${body.isPresent}"))
        .log("No run has finished since ${body.get}: catching up")
        .setBody(constant("catch-up"))
        .to(run);

    from("timer:recall-runs?repeatCount=1&delay=0")
        .routeId("recall-runs")
        .routeConfigurationId("catch-up")
        .process(exchange -> reports.newest(MOST_RECALLED).forEach(history::recall))
        .id("recall");
  }

  /** When the last run was due, if none has finished since. */
  private Optional<Instant> missed() {
    return schedule.lastDue().filter(due -> !reports.hasAnySince(due));
  }
}
