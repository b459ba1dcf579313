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
 * When runs are due. The clock and the catch-up of a missed run go by the same {@link #cron()}, so
 * they cannot differ.
 */
public final class Schedule {
  private static final Duration FARTHEST = Duration.ofDays(366);

  private final CronExpression cron;
  private final ZoneId zone;
  private final Clock clock;

  /**
   * @param cron the times
   * @param zone the time zone of these times
   * @param clock the current time
   */
  public Schedule(CronExpression cron, ZoneId zone, Clock clock) {
    this.cron = in(zone, cron);
    this.zone = zone;
    this.clock = clock;
  }

  /** The same times in a time zone. */
  static CronExpression in(ZoneId zone, CronExpression cron) {
    CronExpression copy = new CronExpression(cron);
    copy.setTimeZone(timeZone(zone));
    return copy;
  }

  /** {@link TimeZone#getTimeZone} takes UTC-5, or an offset with seconds, for GMT. */
  private static TimeZone timeZone(ZoneId zone) {
    ZoneRules rules = zone.getRules();
    return rules.isFixedOffset()
        ? new SimpleTimeZone(rules.getOffset(Instant.EPOCH).getTotalSeconds() * 1_000, zone.getId())
        : TimeZone.getTimeZone(zone);
  }

  /** The times in their time zone. */
  CronExpression cron() {
    return cron;
  }

  /** When a run is due next; empty if never again. */
  public Optional<Instant> nextDue() {
    return after(clock.instant());
  }

  private Optional<Instant> after(Instant time) {
    return Optional.ofNullable(cron.getTimeAfter(Date.from(time))).map(Date::toInstant);
  }

  /**
   * When a run was due last; empty if none was within a year.
   *
   * <p>Quartz only looks ahead: from ever farther back, until there is a time before now.
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

  /** The next run that falls into the hour that clocks leave out; see {@link SkippedRun}. */
  public Optional<SkippedRun> nextSkipped() {
    return SkippedRun.next(cron, zone, clock.instant());
  }
}
