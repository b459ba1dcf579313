package routes;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Date;
import java.util.TimeZone;
import org.apache.camel.ExchangeProperty;
import org.quartz.CronExpression;
import software.amazon.awssdk.services.s3.model.ListObjectsRequest;

/** When runs are due. */
public final class Schedule {
  private static final Duration FARTHEST = Duration.ofDays(366);

  private final CronExpression cron;
  private final Clock clock;
  private final String bucket;

  /**
   * @param cron the times
   * @param zone the time zone that they are meant in
   * @param clock tells what time it is
   * @param bucket where the run reports are
   */
  public Schedule(CronExpression cron, ZoneId zone, Clock clock, String bucket) {
    this.cron = new CronExpression(cron);
    this.cron.setTimeZone(TimeZone.getTimeZone(zone));
    this.clock = clock;
    this.bucket = bucket;
  }

  /**
   * When a run was due last; null if none was within a year.
   *
   * <p>Quartz only looks ahead: from ever farther back, until there is a time before now.
   */
  public Instant lastDue() {
    Instant now = clock.instant();
    for (Duration back = Duration.ofHours(1); ; back = back.multipliedBy(2)) {
      boolean farthest = back.compareTo(FARTHEST) >= 0;
      Instant since = now.minus(farthest ? FARTHEST : back);
      Date due = cron.getTimeAfter(Date.from(since));
      if (due != null && !due.toInstant().isAfter(now)) {
        return latest(due, now);
      }
      if (farthest) {
        return null;
      }
    }
  }

  private Instant latest(Date due, Instant now) {
    Date latest = due;
    Date next = cron.getTimeAfter(due);
    while (next != null && !next.toInstant().isAfter(now)) {
      latest = next;
      next = cron.getTimeAfter(next);
    }
    return latest.toInstant();
  }

  /** Asks for a report of a run that began since a time. */
  public ListObjectsRequest reportsSince(@ExchangeProperty("due") Instant due) {
    return ListObjectsRequest.builder()
        .bucket(bucket)
        .prefix(Bucket.REPORTS)
        .marker(Bucket.REPORTS + Runs.idPrefix(due))
        .maxKeys(1)
        .build();
  }
}
