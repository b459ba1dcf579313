package routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.ParseException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.quartz.CronExpression;

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
    assertThat(schedule(DAILY, "America/New_York", now).lastDue()).contains(due);
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
    assertThat(schedule(cron, "UTC", now).lastDue()).contains(due);
  }

  @ParameterizedTest
  @CsvSource({"0 0 16 1 1 ? 2020", "0 0 16 1 1 ? 2099", "0 0 0 30 2 ?"})
  void looksBackNoFartherThanAYear(String cron) throws ParseException {
    assertThat(schedule(cron, "UTC", Instant.parse("2026-07-01T20:00:00Z")).lastDue()).isEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "America/New_York, 2026-07-01T20:00:00Z",
    "Etc/GMT+5,        2026-07-01T21:00:00Z",
    "GMT+5,            2026-07-01T11:00:00Z",
    "GMT-05:00,        2026-07-01T21:00:00Z",
    "UTC-5,            2026-07-01T21:00:00Z",
    "UT+05:30,         2026-07-01T10:30:00Z",
    "-05:00,           2026-07-01T21:00:00Z",
    "+05:30,           2026-07-01T10:30:00Z",
    "+05:30:15,        2026-07-01T10:29:45Z",
    "Z,                2026-07-01T16:00:00Z",
  })
  void takesEveryFormOfAZone(String zone, Instant due) throws ParseException {
    Instant morning = Instant.parse("2026-07-01T06:00:00Z");
    Instant evening = Instant.parse("2026-07-01T22:00:00Z");

    assertThat(schedule(DAILY, zone, morning).nextDue()).contains(due);
    assertThat(schedule(DAILY, zone, evening).lastDue()).contains(due);
  }

  @ParameterizedTest(name = "{0} in {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "0 30 2 * * ?      | America/New_York    | schedule.cron has no run at 02:30 on 2027-03-14:"
            + " clocks in America/New_York go forward from 02:00 to 03:00",
        "0 0 2 * * ?       | America/New_York    | schedule.cron has no run at 02:00 on 2027-03-14:"
            + " clocks in America/New_York go forward from 02:00 to 03:00",
        "0 30 2,14 ? * SUN | America/New_York    | schedule.cron has no run at 02:30 on 2027-03-14:"
            + " clocks in America/New_York go forward from 02:00 to 03:00",
        "0 15 2 * * ?      | Australia/Lord_Howe | schedule.cron has no run at 02:15 on 2026-10-04:"
            + " clocks in Australia/Lord_Howe go forward from 02:00 to 02:30",
        // Its time is before or after, or the day is another.
        "0 59 1 * * ?      | America/New_York    |",
        "0 0 3 * * ?       | America/New_York    |",
        "0 30 2 ? * MON    | America/New_York    |",
        // The next run is soon.
        "0 30 * * * ?      | America/New_York    |",
        "0 */5 * * * ?     | America/New_York    |",
        // No clock is changed there.
        "0 30 2 * * ?      | UTC-5               |",
        "0 30 2 * * ?      | Asia/Tokyo          |",
      })
  void saysWhichRunIsSkippedWhenClocksGoForward(String cron, String zone, String sentence)
      throws ParseException {
    Schedule schedule = schedule(cron, zone, Instant.parse("2026-07-01T20:00:00Z"));

    assertThat(schedule.nextSkipped().map(SkippedRun::sentence))
        .isEqualTo(Optional.ofNullable(sentence));
  }

  /** Quartz itself skips it, which is why it is said. */
  @Test
  void hasNoRunInTheHourThatClocksLeaveOut() throws ParseException {
    Instant springDay = Instant.parse("2027-03-14T05:00:00Z");

    assertThat(schedule("0 30 2 * * ?", "America/New_York", springDay).nextDue())
        .contains(Instant.parse("2027-03-15T06:30:00Z"));
  }

  private static Schedule schedule(String cron, String zone, Instant now) throws ParseException {
    return new Schedule(
        new CronExpression(cron), ZoneId.of(zone), Clock.fixed(now, ZoneOffset.UTC));
  }
}
