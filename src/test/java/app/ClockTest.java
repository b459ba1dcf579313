package app;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import local.FeedServer;
import local.LocalCloud;
import local.LocalCloudExtension;
import org.apache.camel.component.quartz.QuartzEndpoint;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.quartz.CronTrigger;
import org.quartz.Trigger;

/** The clock of the running program: the scheduler's own trigger. */
@ExtendWith(LocalCloudExtension.class)
@Tag("slow")
class ClockTest {
  private final LocalCloud cloud;

  ClockTest(LocalCloud cloud) {
    this.cloud = cloud;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "America/New_York",
        "Etc/GMT+5",
        "GMT+5",
        "UTC-5",
        "-05:00",
        "+05:30",
        "+05:30:15"
      })
  void firesInTheZone(String zone) throws Exception {
    try (FeedServer feeds = TestApplication.feeds();
        TestApplication application = serve(feeds, "0 0 16 1 1 ?", zone)) {
      assertThat(trigger(application).getNextFireTime().toInstant())
          .isEqualTo(nextNewYear(ZoneId.of(zone)));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"0 0 16 ? * 6#3", "0 0/5 8-17 L-3 * ?", "0 0 16 ? JAN,MAR MON-FRI"})
  void firesAtTheTimesThatAreSet(String cron) throws Exception {
    try (FeedServer feeds = TestApplication.feeds();
        TestApplication application = serve(feeds, cron, "UTC-5")) {
      CronTrigger trigger = (CronTrigger) trigger(application);
      assertThat(trigger.getCronExpression()).isEqualTo(cron);
      assertThat(trigger.getTimeZone().getOffset(0)).isEqualTo(-5 * 3_600_000);
    }
  }

  private static Instant nextNewYear(ZoneId zone) {
    ZonedDateTime now = ZonedDateTime.now(zone);
    ZonedDateTime due = LocalDateTime.of(now.getYear(), 1, 1, 16, 0).atZone(zone);
    return (due.isAfter(now) ? due : due.plusYears(1)).toInstant();
  }

  private TestApplication serve(FeedServer feeds, String cron, String zone) throws Exception {
    return TestApplication.serve(
        cloud,
        feeds,
        "http.port",
        TestApplication.freePort(),
        "management.port",
        TestApplication.freePort(),
        "schedule.cron",
        cron,
        "schedule.zone",
        zone);
  }

  private static Trigger trigger(TestApplication application) throws Exception {
    QuartzEndpoint clock =
        (QuartzEndpoint) application.context().getRoute("ingest-daily").getEndpoint();
    return clock.getComponent().getScheduler().getTrigger(clock.getTriggerKey());
  }
}
