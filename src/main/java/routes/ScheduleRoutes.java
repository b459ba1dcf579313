package routes;

import org.apache.camel.builder.RouteBuilder;

/**
 * What starts a run by itself.
 *
 * <pre>
 *   ingest-daily    at schedule.cron in schedule.zone -> ingest
 *   ingest-missed   at start: was the last time missed? -> ingest
 * </pre>
 */
public final class ScheduleRoutes extends RouteBuilder {
  private final Schedule schedule;

  /**
   * @param schedule when runs are due
   */
  public ScheduleRoutes(Schedule schedule) {
    this.schedule = schedule;
  }

  @Override
  public void configure() {
    from("quartz:ingest-daily?cron={{schedule.cron}}&trigger.timeZone={{schedule.zone}}")
        .routeId("ingest-daily")
        .setBody(constant("schedule"))
        .to("direct:ingest");

    from("timer:ingest-missed?repeatCount=1&delay=1000")
        .routeId("ingest-missed")
        .routeConfigurationId("catch-up")
        .setProperty("due", method(schedule, "lastDue"))
        .setBody(method(schedule, "reportsSince"))
        .to(Bucket.listRequest())
        .filter(simple("${body.isEmpty}"))
        .log("No run has finished since ${exchangeProperty.due}: catching up")
        .setBody(constant("catch-up"))
        .to("direct:ingest");
  }
}
