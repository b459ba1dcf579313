package routes;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneRules;
import java.util.Date;
import java.util.Optional;
import java.util.SimpleTimeZone;
import java.util.TimeZone;
import org.quartz.CronExpression;

/**
 * When runs are due. Quartz and the catch-up of a missed run use the same {@link #cron()}, so they
 * cannot differ.
 */
public final class Schedule {
  private static final Duration FARTHEST = Duration.ofDays(366);

  private final CronExpression cron;
  private final ZoneId zone;
  private final Clock clock;

  /**
   * @param cron the cron expression
   * @param zone its time zone
   * @param clock the current time
   */
  public Schedule(CronExpression cron, ZoneId zone, Clock clock) {
    this.cron = in(zone, cron);
    this.zone = zone;
    this.clock = clock;
  }

  /** The same expression in a time zone. */
  static CronExpression in(ZoneId zone, CronExpression cron) {
    CronExpression copy = new CronExpression(cron);
    copy.setTimeZone(timeZone(zone));
    return copy;
  }

  /** {@link TimeZone#getTimeZone} would read UTC-5, or an offset with seconds, as GMT. */
  private static TimeZone timeZone(ZoneId zone) {
    ZoneRules rules = zone.getRules();
    return rules.isFixedOffset()
        ? new SimpleTimeZone(rules.getOffset(Instant.EPOCH).getTotalSeconds() * 1_000, zone.getId())
        : TimeZone.getTimeZone(zone);
  }

  /** The cron expression with its time zone. */
  CronExpression cron() {
    return cron;
  }

  /** When the next run is due; empty if never. */
  public Optional<Instant> nextDue() {
    return after(clock.instant());
  }

  private Optional<Instant> after(Instant time) {
    return Optional.ofNullable(cron.getTimeAfter(Date.from(time))).map(Date::toInstant);
  }

  /**
   * When the last run was due; empty if none was within a year.
   *
   * <p>Quartz only looks ahead, so this starts farther and farther back until there is a time
   * before now.
   */
  public Optional<Instant> lastDue() {
    Instant now = clock.instant();
    for (Duration back = Duration.ofHours(1); ; back = back.multipliedBy(2)) {
      boolean farthest = back.compareTo(FARTHEST) >= 0;
      Optional<Instant> due = after(now.minus(farthest ? FARTHEST : back));
      if (due.isPresent() && !due.get().isAfter(now)) {
        return Optional.of(latest(due.get(), now));
      }
      if (farthest) {
        return Optional.empty();
      }
    }
  }

  private Instant latest(Instant due, Instant now) {
    Instant latest = due;
    Optional<Instant> next = after(due);
    while (next.isPresent() && !next.get().isAfter(now)) {
      latest = next.get();
      next = after(latest);
    }
    return latest;
  }

  /** The next run that daylight saving time skips; see {@link SkippedRun}. */
  public Optional<SkippedRun> nextSkipped() {
    return SkippedRun.next(cron, zone, clock.instant());
  }
}
