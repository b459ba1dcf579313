package routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.ParseException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.quartz.CronExpression;
import software.amazon.awssdk.services.s3.model.ListObjectsRequest;

class ScheduleTest {
  private static final String DAILY = "0 0 16 * * ?";

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "2026-07-01T19:59:59.999Z, 2026-06-30T20:00:00Z",
    "2026-07-01T20:00:00Z,     2026-07-01T20:00:00Z",
    "2026-07-01T20:00:00.001Z, 2026-07-01T20:00:00Z",
    "2026-07-01T21:00:00Z,     2026-07-01T20:00:00Z",
    "2026-07-02T03:00:00Z,     2026-07-01T20:00:00Z",
    "2026-12-31T20:59:59Z,     2026-12-30T21:00:00Z",
    "2026-12-31T21:00:00Z,     2026-12-31T21:00:00Z",
    // Clocks go forward on 8 March 2026 and back on 1 November.
    "2026-03-08T19:59:59Z,     2026-03-07T21:00:00Z",
    "2026-03-08T20:00:00Z,     2026-03-08T20:00:00Z",
    "2026-11-01T20:59:59Z,     2026-10-31T20:00:00Z",
    "2026-11-01T21:00:00Z,     2026-11-01T21:00:00Z",
  })
  void knowsWhenADailyRunWasDueLast(Instant now, Instant due) throws ParseException {
    assertThat(schedule(DAILY, "America/New_York", now).lastDue()).isEqualTo(due);
  }

  @ParameterizedTest(name = "{0} at {1}")
  @CsvSource({
    "0 * * * * ?,        2026-07-01T19:59:59.999Z, 2026-07-01T19:59:00Z",
    "0 * * * * ?,        2026-07-01T20:00:00Z,     2026-07-01T20:00:00Z",
    "* * * * * ?,        2026-07-01T20:00:00.500Z, 2026-07-01T20:00:00Z",
    "0 0 16 ? * MON,     2026-07-01T20:00:00Z,     2026-06-29T16:00:00Z",
    "0 0 16 1 * ?,       2026-07-31T20:00:00Z,     2026-07-01T16:00:00Z",
    "0 0 0 L * ?,        2026-07-30T20:00:00Z,     2026-06-30T00:00:00Z",
    "0 0 16 1 1 ?,       2026-01-01T15:59:59Z,     2025-01-01T16:00:00Z",
    "0 0 16 1 1 ?,       2026-06-01T00:00:00Z,     2026-01-01T16:00:00Z",
    "0 0 16 1 1 ?,       2026-12-20T00:00:00Z,     2026-01-01T16:00:00Z",
    "0 0 16 1 1 ? 2026,  2026-12-20T00:00:00Z,     2026-01-01T16:00:00Z",
  })
  void knowsWhenOtherRunsWereDueLast(String cron, Instant now, Instant due) throws ParseException {
    assertThat(schedule(cron, "UTC", now).lastDue()).isEqualTo(due);
  }

  @ParameterizedTest
  @CsvSource({"0 0 16 1 1 ? 2020", "0 0 16 1 1 ? 2099", "0 0 0 30 2 ?"})
  void looksBackNoFartherThanAYear(String cron) throws ParseException {
    assertThat(schedule(cron, "UTC", Instant.parse("2026-07-01T20:00:00Z")).lastDue()).isNull();
  }

  @Test
  void asksForOneReportOfARunThatBeganSince() throws ParseException {
    Instant due = Instant.parse("2026-07-01T20:00:00Z");
    assertThat(schedule(DAILY, "America/New_York", due).reportsSince(due))
        .isEqualTo(
            ListObjectsRequest.builder()
                .bucket("covid")
                .prefix("runs/")
                .marker("runs/2026-07-01T20-00-00Z")
                .maxKeys(1)
                .build());
  }

  private static Schedule schedule(String cron, String zone, Instant now) throws ParseException {
    return new Schedule(
        new CronExpression(cron), ZoneId.of(zone), Clock.fixed(now, ZoneOffset.UTC), "covid");
  }
}
